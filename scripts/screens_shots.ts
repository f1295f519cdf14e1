/** What is photographed: who looks, at which page, and what they do there before the picture is taken. */
import type { Scene } from './screens_scene.ts';
import { handedOver, onAir, overlay, type Shot, shot } from './screens_ways.ts';

/** Presses what is called so. */
const press =
  (...ids: string[]): Shot['act'] =>
  async ({ page, t }) => {
    for (const id of ids) {
      await page
        .getByRole('button', { name: t(id) })
        .or(page.getByRole('tab', { name: t(id) }))
        .first()
        .click();
      await page.waitForTimeout(300);
    }
  };

const choose =
  (menu: string, item: string): Shot['act'] =>
  async ({ page, t }) => {
    await page
      .getByRole('button', { name: t(menu) })
      .last()
      .click();
    await page.getByRole('menuitem', { name: t(item) }).click();
  };

/** What nobody needs to sign in for, and how each place looks to who has not. */
const signedOut = (ids: Scene['ids']): Shot[] => [
  ...['/', '/live', '/shop', '/wallet', '/orders', '/me', '/studio', '/studio/live', '/seller', '/notices', '/settings']
    .concat(['/operate', '/reports', '/decisions', '/gifts', '/demo', '/nowhere', '/reset-password', '/verify-email'])
    .concat(['/change-email', '/studio/earnings', '/studio/schedules/new', '/settings/notices', '/studio/gifts'])
    .concat(['/legal/imprint', '/legal/privacy', '/legal/terms', '/legal/withdraw', '/legal/cancel'])
    .map((path) => shot(`out-${path.slice(1).replaceAll('/', '-') || 'home'}`, null, path)),
  shot('out-sign-up', null, '/me', async ({ page, t }) => {
    await page
      .locator('main')
      .getByRole('button', { name: t('shell.sign_in') })
      .click();
  }),
  shot('out-sign-in', null, '/me', async ({ page, t }) => {
    await page
      .locator('main')
      .getByRole('button', { name: t('shell.sign_in') })
      .click();
    await page.getByRole('button', { name: t('people.to_sign_in') }).click();
  }),
  shot('out-forgotten', null, '/me', async ({ page, t }) => {
    await page
      .locator('main')
      .getByRole('button', { name: t('shell.sign_in') })
      .click();
    await page.getByRole('button', { name: t('people.to_sign_in') }).click();
    await page.getByRole('button', { name: t('people.forgotten') }).click();
  }),
  shot('out-invite', null, `/invite/${ids.invite}`),
  shot('out-unsubscribe', null, `/unsubscribe#${ids.unsubscribe}`),
  shot('out-live-room', null, `/live/${ids.demo_room}`),
  shot('out-live-unknown', null, '/live/room_00000000000000000000000000'),
  shot('out-buy-sheet-new', null, `/products/${ids.own_product}`, press('catalog.buy')),
];

const ORDER_STATES = ['paid', 'shipped', 'delivered', 'refunded', 'cancelled', 'declined', 'unpaid'];

const viewer = (ids: Scene['ids']): Shot[] => [
  shot('home', 'watch', '/'),
  shot('live-directory', 'watch', '/live'),
  shot('live-nothing-found', 'watch', '/live', ({ page }) => page.getByRole('searchbox').fill('zzz')),
  shot('live-room', 'watch', `/live/${ids.demo_room}`),
  shot('live-gift-tray', 'watch', `/live/${ids.demo_room}`, press('rooms.give')),
  shot('live-tip-sheet', 'watch', `/live/${ids.demo_room}`, press('rooms.give', 'tips.instead')),
  shot('live-top-up', 'watch', `/live/${ids.demo_room}`, press('rooms.give', 'gifts.top_up')),
  shot('live-buy-sheet', 'watch', `/live/${ids.demo_room}`, async ({ page, t }) => {
    await page
      .getByRole('button', { name: t('catalog.buy') })
      .first()
      .click({ timeout: 60_000 });
  }),
  shot('live-menu', 'watch', `/live/${ids.demo_room}`, press('rooms.menu')),
  shot('live-report', 'watch', `/live/${ids.demo_room}`, choose('rooms.menu', 'rooms.report')),
  shot('live-questions', 'watch', `/live/${ids.demo_room}`, press('talk.questions')),
  shot('live-line', 'watch', `/live/${ids.demo_room}`, async ({ page }) => {
    await page.getByRole('log').getByRole('button').last().click({ timeout: 60_000 });
  }),
  shot('replay', 'watch', `/live/${ids.past_room}`),
  shot('schedule', 'watch', `/schedules/${ids.schedule}`),
  shot('profile', 'watch', `/@${ids.create_handle}`),
  shot('profile-shop', 'watch', `/@${ids.sell_handle}`),
  shot('profile-own', 'watch', '/me'),
  shot('profile-unknown', 'watch', '/@nobody.here'),
  shot('profile-block', 'watch', `/@${ids.create_handle}`, choose('people.more', 'people.block')),
  shot('shop', 'watch', '/shop'),
  shot('product', 'watch', `/products/${ids.own_product}`),
  shot('buy-sheet', 'watch', `/products/${ids.own_product}`, press('catalog.buy')),
  shot('merchant', 'watch', `/shops/${ids.shop}`),
  shot('orders', 'watch', '/orders'),
  ...ORDER_STATES.map((state) => shot(`order-${state}`, 'watch', `/orders/${ids[`order_${state}`]}`)),
  shot('order-cancel-dialog', 'watch', `/orders/${ids.order_paid}`, press('orders.cancel')),
  shot('gift-book', 'watch', '/gifts'),
  shot('gift-receipt', 'watch', `/gifts/${ids.gift}`),
  shot('wallet', 'watch', '/wallet'),
  shot('wallet-purchases', 'watch', '/wallet', press('wallet.purchases')),
  shot('wallet-limits', 'watch', '/wallet', press('wallet.limits')),
  shot('wallet-withdraw', 'watch', '/wallet', async (stand) => {
    await press('wallet.purchases')?.(stand);
    await stand.page.getByRole('tabpanel').getByRole('button').first().click();
  }),
  shot('wallet-receipt', 'watch', `/wallet/receipts/${ids.lot}`),
  shot('wallet-top-up', 'watch', '/wallet', async ({ page }) => {
    await page.locator('main .grid-cols-3 button').nth(1).click();
  }),
];

const account = (ids: Scene['ids']): Shot[] => [
  shot('notices', 'watch', '/notices'),
  shot('notice-settings', 'watch', '/settings/notices'),
  shot('report-receipt', 'watch', `/reports/${ids.report_open}`),
  shot('report-decided', 'watch', `/reports/${ids.report_decided}`),
  shot('settings', 'watch', '/settings'),
  shot('second-factor', 'newcomer', '/settings', async ({ page, t, snap }) => {
    await page
      .getByRole('button', { name: t('people.switch_on') })
      .first()
      .click();
    await snap('second-factor-password');
    await page
      .getByLabel(t('people.current_password'))
      .or(page.getByLabel(t('people.password')))
      .last()
      .fill('a quiet market');
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.waitForTimeout(900);
  }),
  shot('wallet-empty', 'newcomer', '/wallet'),
  shot('wallet-half-of-limit', 'newcomer', '/wallet', async ({ page, t }) => {
    await page.getByLabel(t('wallet.own_quantity')).fill('500');
    await page.getByRole('button', { name: t('wallet.continue') }).click();
    await page.getByRole('dialog').getByRole('button', { name: ORDER }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  shot('orders-empty', 'newcomer', '/orders'),
  shot('notices-empty', 'newcomer', '/notices'),
  shot('seller-empty', 'newcomer', '/seller'),
  shot('studio-empty', 'newcomer', '/studio'),
  shot('earnings-empty', 'newcomer', '/studio/earnings'),
  shot('studio-gifts-empty', 'newcomer', '/studio/gifts'),
  shot('own-decisions', 'accused', '/decisions'),
  shot('suspended-home', 'accused', '/'),
];

const ORDER = /zahlungspflichtig|obligation to pay/i;

const creator = (ids: Scene['ids']): Shot[] => [
  shot('studio', 'create', '/studio'),
  shot('studio-rules', 'create', '/studio/live', press('chat.rules')),
  shot('studio-words', 'create', '/studio/live', press('chat.rules', 'chat.words')),
  shot('studio-muted', 'create', '/studio/live', press('chat.rules', 'chat.muted')),
  shot('studio-helpers', 'create', '/studio/live', press('chat.rules', 'chat.moderators')),
  shot('earnings', 'create', '/studio/earnings', async ({ page }) => {
    await page.getByRole('main').locator('button[aria-expanded]').first().click({ timeout: 3_000 });
  }),
  shot('studio-gifts', 'create', '/studio/gifts'),
  shot('live-summary', 'create', `/studio/lives/${ids.past_room}`),
  shot('schedule-new', 'create', '/studio/schedules/new'),
  shot('schedule-edit', 'create', `/studio/schedules/${ids.schedule}`),
  shot('schedule-own', 'create', `/schedules/${ids.schedule}`),
  shot('profile-creator', 'create', '/me'),
];

const seller = (ids: Scene['ids']): Shot[] => [
  shot('seller', 'sell', '/seller'),
  shot('seller-order', 'sell', '/seller', press('seller.open_order')),
  shot('seller-products', 'sell', '/seller', press('seller.products')),
  shot('seller-shop', 'sell', '/seller', press('seller.shop')),
  shot('seller-product', 'sell', `/seller/products/${ids.own_product}`),
  shot('seller-product-new', 'sell', '/seller/products/new'),
];

const staff = (ids: Scene['ids']): Shot[] => [
  shot('operate', 'run', '/operate'),
  shot('operate-reports', 'run', '/operate/reports'),
  shot('operate-case', 'run', '/operate/reports', press('moderation.judge')),
  shot('operate-decided', 'run', '/operate/reports', press('moderation.decided_tab')),
  shot('operate-appeals', 'run', '/operate/reports', press('moderation.appeals')),
  shot('operate-appeal', 'run', '/operate/reports', press('moderation.appeals', 'moderation.judge')),
  shot('operate-newcomers', 'run', '/operate/reports', press('moderation.newcomers')),
  shot('operate-log', 'run', '/operate/reports', press('moderation.audit')),
  shot('operate-roles', 'run', `/@${ids.newcomer_handle}`, choose('people.more', 'people.roles')),
  shot('operate-decide-person', 'run', `/@${ids.newcomer_handle}`, choose('people.more', 'moderation.decide')),
  shot('operate-refunds', 'run', '/operate/refunds'),
  shot('operate-invites', 'run', '/operate/invites'),
  shot('operate-ledger', 'run', '/operate/ledger'),
  shot('operate-ledger-kind', 'run', '/operate/ledger/kinds/COIN/coins'),
  shot('operate-ledger-account', 'run', '/operate/ledger/kinds/COIN/coins', async ({ page }) => {
    await page.locator('main a[href*="/ledger/accounts/"]').first().click();
    await page.waitForTimeout(900);
  }),
  shot('operate-ledger-ref', 'run', `/operate/ledger/ref/${ids.gift}`),
];

export const shotsOf = ({ ids }: Scene): Shot[] => [
  ...signedOut(ids),
  ...viewer(ids),
  ...account(ids),
  ...creator(ids),
  ...seller(ids),
  ...staff(ids),
  onAir,
  handedOver,
  overlay,
];
