import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { route } from '../kernel/route.ts';
import { acceptBattle, askForBattle, battleOf, stopBattle } from './battles.ts';

const side = z.object({
  room_id: z.string(),
  host: z.object({ name: z.string(), handle: z.string(), avatar_url: z.string().nullable() }),
  coins: z.string().describe('Counts back what is taken back or returned'),
});
const battle = z.object({
  battle_id: z.string(),
  phase: z.enum(['asked', 'coming', 'running', 'closing', 'over', 'off']),
  sides: z.array(side).describe('Who asked stands first'),
  lasts_s: z.int(),
  starts_at: z.string().nullable(),
  ends_at: z.string().nullable(),
  told_at: z.string().describe('The server’s clock: countdowns run on it'),
});

export function mountBattleRoutes(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/:room_id/battle',
      who: 'anyone',
      summary: 'The battle that a live is in, or was in a minute ago',
      params: z.object({ room_id: wireId('room') }),
      response: { 200: z.object({ battle: battle.nullable() }) },
    },
    async ({ params }) => ({ battle: await battleOf(ctx, params.room_id) }),
  );

  const response = { 201: z.object({ battle_id: wireId('battle') }) };
  route(
    app,
    {
      method: 'POST',
      url: '/rooms/:room_id/battle',
      who: 'person',
      key: 'required',
      summary: 'Ask another live for a battle; it has a minute to answer',
      params: z.object({ room_id: wireId('room') }),
      body: z.strictObject({ rival_id: wireId('room'), lasts_s: z.int().min(60).max(600) }),
      response,
      refusals: ['room_not_live', 'battle_busy', 'battle_refused', ...MAY_REFUSALS],
    },
    ({ me, params, body, key }) =>
      keyed(ctx, key, response, async (tx) => {
        const { battle_id } = await askForBattle(tx, ctx, me, { ...params, ...body });
        return { battle_id };
      }),
  );

  const own = {
    who: 'person',
    params: z.object({ battle_id: wireId('battle') }),
    response: { 200: z.object({}) },
  } as const;
  route(
    app,
    {
      ...own,
      method: 'PUT',
      url: '/battles/:battle_id/accept',
      summary: 'Accept: it starts in five seconds, in both lives at once',
      refusals: ['battle_over', ...MAY_REFUSALS],
    },
    async ({ me, params }) => {
      await acceptBattle(ctx, me, params.battle_id);
      return {};
    },
  );
  route(
    app,
    {
      ...own,
      method: 'DELETE',
      url: '/battles/:battle_id',
      summary: 'Decline, take back, or give up before the end',
      refusals: ['battle_over'],
    },
    async ({ me, params }) => {
      await stopBattle(ctx, me, params.battle_id);
      return {};
    },
  );
}
