import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { route } from '../kernel/route.ts';
import { budgetAt, dialOf, readBalance, setDial } from './balance.ts';

/** As it stands in an address: an empty one is a mistake, not 0. */
export const dial = z
  .string()
  .regex(/^(100|[1-9]?\d)$/, 'must be a whole number from 0 to 100')
  .transform(Number);

const dialShape = z.object({
  dial: z.int().describe('0: nothing that sells, 100: as much as the budget allows'),
  most: z.int().describe('How many of a window of items may sell'),
});

const day = z.string().describe('A day in UTC, YYYY-MM-DD');
const balanceShape = z.object({
  window: z.int().describe('Over so many consecutive items the budget holds'),
  budgets: z.array(z.object({ dial: z.int(), most: z.int() })),
  dial: z.int().describe('Where the dial of those stands who never moved it'),
  served: z.array(z.object({ day, items: z.int(), sold: z.int() })),
  health: z.array(
    z.object({
      day,
      views: z.int(),
      reports: z.int(),
      blocks: z.int(),
      comments: z.int(),
      replies: z.int(),
      returning: z.int().describe('People who commented, and had in the seven days before'),
    }),
  ),
});

export function mountBalance(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/feed/balance',
      who: 'anyone',
      summary: 'The budget of selling in the feed, what was served of it day by day, and how the community fared',
      response: { 200: balanceShape },
    },
    () => readBalance(ctx),
  );
  const spec = { url: '/feed/dial', who: 'person', response: { 200: dialShape } } as const;
  const tell = (me: Parameters<typeof budgetAt>[0], at: number) => ({ dial: at, most: budgetAt(me, at) });
  route(app, { ...spec, method: 'GET', summary: 'How much selling one wants to see' }, async ({ me }) =>
    tell(me, await dialOf(ctx, me, undefined)),
  );
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      summary: 'Set how much selling one wants to see; it holds from the next page on',
      body: z.strictObject({ dial: z.int().min(0).max(100) }),
    },
    async ({ me, body }) => {
      await setDial(ctx, me, body.dial);
      return tell(me, body.dial);
    },
  );
}
