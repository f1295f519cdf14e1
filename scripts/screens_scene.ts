/** Sets the scene of a running demo: one of everything that a page can show, made through the routes all use. */
import { chat, enter, goLive, mailed, type Player, signUp } from './screens_player.ts';

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

export type Who = 'watch' | 'create' | 'sell' | 'run' | 'newcomer' | 'accused';

export interface Scene {
  players: Record<Who, Player>;
  /** Things by name, as they stand in addresses. */
  ids: Record<string, string>;
  /** Ends what was begun. */
  strike(): Promise<void>;
}

/** @returns the scene, after it was set */
export async function setScene(url: string): Promise<Scene> {
  const players: Record<Who, Player> = {
    watch: await enter(url, 'watch'),
    create: await enter(url, 'create'),
    sell: await enter(url, 'sell'),
    run: await enter(url, 'run'),
    newcomer: await signUp(url, 'Nora'),
    accused: await signUp(url, 'Ansgar'),
  };
  const ids: Record<string, string> = { demo_room: (await players.watch.call('GET', '/demo')).room_id };
  await rememberPeople(players, ids);
  await openEarlierLive(url, players, ids);
  await orderInEveryState(players, ids);
  await judge(url, players, ids);
  await settle(url, players, ids);
  const other = await goLive(url, players.sell, 'Linen, folded slowly');
  ids.sell_room = other.room_id;
  return {
    players,
    ids,
    async strike() {
      other.stop();
      await players.sell.call('POST', `/rooms/${other.room_id}/end`);
    },
  };
}

async function rememberPeople(players: Scene['players'], ids: Scene['ids']): Promise<void> {
  for (const who of Object.keys(players) as Who[]) {
    const { person } = await players[who].call('GET', '/people/me');
    ids[who] = person.person_id;
    ids[`${who}_handle`] = person.handle;
  }
}

/** A live with gifts, a pin, a poll, a question, a pinned message and chat, which has ended. */
async function openEarlierLive(url: string, { watch, create, newcomer }: Scene['players'], ids: Scene['ids']) {
  const { items } = await watch.call('GET', '/products?limit=20');
  const quote = await watch.call('GET', '/wallet/quote?coins=400');
  const method_id = await cardOf(watch, 'ok');
  await watch.call('POST', '/wallet/top-ups', { coins: '400', total: quote.total, method_id, confirmed: true });
  ids.product = items[0].product_id;
  await create.call('POST', '/gifts/goals', { title: 'New shoes for the winter', unit: 'coins', target: '500' });
  const air = await goLive(url, create, 'Intervals by the canal');
  const room = `/rooms/${air.room_id}`;
  ids.past_room = air.room_id;
  await watch.call('PUT', `/people/${ids.create}/follow`);
  await newcomer.call('PUT', `/people/${ids.create}/follow`);
  await create.call('PUT', `${room}/pin`, { thing: { type: 'product', id: ids.product } });
  await create.call('POST', `${room}/polls`, { question: 'Hills or flat?', options: ['Hills', 'Flat'], for_s: 30 });
  await watch.call('POST', `${room}/questions`, { text: 'How often do you run in a week, and how far?' });
  const gift = { gift: 'coffee', count: 2, room_id: air.room_id, confirmed: true };
  ids.gift = (await watch.call('POST', '/gifts', gift)).gift_id;
  await create.call('PUT', `${room}/note`, { text: 'Next Sunday we meet at nine, at the old bridge' });
  await chat(url, newcomer, air.room_id, ['Hello from Kassel', 'Which shoes are those?', 'I came late, sorry']);
  await chat(url, watch, air.room_id, ['Easy pace today']);
  await pause(6_000);
  air.stop();
  await create.call('POST', `${room}/end`);
}

const LAST4: Record<string, string> = { ok: '4242', bank_step: '3220', declined: '0002' };

/** A stored card of the sandbox; the one of an earlier visit is good again. */
async function cardOf(who: Player, card: string): Promise<string> {
  const { items } = await who.call('GET', '/payment-methods');
  const stored = items.find(({ last4 }: { last4: string }) => last4 === LAST4[card]);
  return (stored ?? (await who.call('POST', '/payment-methods', { card }))).method_id;
}

const LINE = (variant_id: string) => [{ variant_id, quantity: 1 }];

/** One order in each state, of the shop behind the third door. */
async function orderInEveryState({ watch, sell }: Scene['players'], ids: Scene['ids']): Promise<void> {
  const { items } = await sell.call('GET', '/me/merchant/products?limit=20');
  const product = items[0];
  ids.own_product = product.product_id;
  ids.shop = (await sell.call('GET', '/me/merchant')).merchant.merchant_id;
  const { variant_id } = product.variants[0];
  const address_id = (await watch.call('GET', '/addresses')).items[0].address_id;
  const cards: Record<string, string> = {};
  for (const card of ['declined', 'bank_step', 'ok']) {
    cards[card] = await cardOf(watch, card);
  }
  const { total } = await watch.call('POST', '/orders/quote', { lines: LINE(variant_id) });
  const order = async (card: string): Promise<string> => {
    const body = { lines: LINE(variant_id), address_id, method_id: cards[card], expected_total: total };
    return (await watch.call('POST', '/orders', body)).order_id;
  };
  for (const state of ['paid', 'shipped', 'delivered', 'refunded', 'cancelled'])
    ids[`order_${state}`] = await order('ok');
  ids.order_declined = await order('declined');
  ids.order_unpaid = await order('bank_step');
  await pause(1_500);
  for (const state of ['shipped', 'delivered', 'refunded']) {
    await sell.call('POST', `/orders/${ids[`order_${state}`]}/ship`, { tracking: 'DE-4711-0815' });
  }
  await sell.call('POST', `/orders/${ids.order_delivered}/deliver`, {});
  await sell.call('POST', `/orders/${ids.order_refunded}/refund`, { reason: 'The seam was open' });
  await watch.call('POST', `/orders/${ids.order_cancelled}/cancel`, {});
}

/** Reports, a decision, an appeal, a second judge. */
async function judge(url: string, players: Scene['players'], ids: Scene['ids']): Promise<void> {
  const { watch, run, newcomer, accused } = players;
  const report = (who: Player, subject: string, reason: string, details: string) =>
    who.call('POST', '/reports', { subject, reason, details });
  ids.report_open = (
    await report(watch, ids.sell as string, 'scam', 'Asked me to pay outside of the shop, twice.')
  ).report_id;
  await report(newcomer, ids.own_product as string, 'scam', 'The picture shows something else.');
  ids.report_decided = (await report(watch, ids.accused as string, 'harassment', 'In three rooms.')).report_id;
  const judge = await signUp(url, 'Judith');
  const { person } = await judge.call('GET', '/people/me');
  await run.call('PUT', `/people/${person.person_id}/roles`, { roles: ['moderator'], reason: 'Helps on weekends' });
  const reason = 'You wrote the same insult to three people. Here we speak to each other as guests.';
  const decision = { subject: ids.accused, outcome: 'violation', suspend_days: 3, reason };
  const { decision_id } = await judge.call('POST', '/moderation/decisions', decision);
  await accused.call('POST', '/moderation/appeals', { decision_id, reasoning: 'It was a joke between friends.' });
}

/** What stands in settings: invitations, chat rules, mutes, limits, an overlay, links of mails. */
async function settle(url: string, players: Scene['players'], ids: Scene['ids']): Promise<void> {
  const { create, run, newcomer } = players;
  const invite = { label: 'The pottery class', most_uses: 12, expires_days: 30 };
  ids.invite = (await run.call('POST', '/instance/invites', invite)).code;
  const rules = {
    slow_s: 5,
    followers_for_s: null,
    min_account_age_s: 0,
    subscribers_only: false,
    links_refused: true,
    block_words: ['idiot', 'casino*', 'gratis'],
  };
  await create.call('PUT', `/rooms/hosts/${ids.create}/chat-rules`, rules);
  await create.call('PUT', `/rooms/${ids.past_room}/mutes/${ids.newcomer}`, { for_s: 3_600 });
  await create.call('PUT', `/rooms/moderators/${ids.watch}`);
  ids.overlay = (await create.call('POST', '/gifts/overlay')).secret;
  await newcomer.call('POST', '/payment-methods', { card: 'ok' });
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  await newcomer.call('PUT', '/wallet/limits', { day: eur('1000'), month: null });
  ids.schedule = (await create.call('GET', `/schedules?host_id=${ids.create}`)).items[0].schedule_id;
  const { items } = await players.watch.call('GET', '/wallet/lots');
  ids.lot = items[0].lot_id;
  ids.unsubscribe = await mailed(url, '', /unsubscribe\?token=(\S+)/);
}
