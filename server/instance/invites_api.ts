import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { listInvites } from './invite_queries.ts';
import { makeInvite, revokeInvite } from './invites.ts';

const invite = z.object({
  invite_id: wireId('invite'),
  code: z.string(),
  label: z.string(),
  most_uses: z.int(),
  uses: z.int(),
  expires_at: timeCodec.nullable(),
  revoked_at: timeCodec.nullable(),
  made_at: timeCodec,
});

export function mountInvites(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/instance/invites',
      who: 'operator',
      summary: 'Invitations, the latest first',
      query: pageQuery,
      response: { 200: pageOf(invite) },
    },
    async ({ query: { limit, after } }) => {
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await listInvites(ctx.db.pool, limit + 1, seen);
      return toPage(ctx.config, rows, limit, (row) => [row.made_at.toISOString(), row.invite_id]);
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/instance/invites',
      who: 'operator',
      key: 'required',
      summary: 'Make an invitation for one or many',
      body: z.object({
        label: z.string().trim().max(80).default(''),
        most_uses: z.int().min(1).max(10_000).default(1),
        expires_days: z.int().min(1).max(365).nullable().default(14),
      }),
      response: { 201: invite },
    },
    async ({ me, body, key }) => keyed(ctx, key, { 201: invite }, (tx) => makeInvite(ctx, tx, me, body)),
  );
  const done = z.object({ done: z.literal(true) });
  route(
    app,
    {
      method: 'DELETE',
      url: '/instance/invites/:invite_id',
      who: 'operator',
      summary: 'Take an invitation back; who came by it stays',
      params: z.object({ invite_id: wireId('invite') }),
      response: { 200: done },
    },
    async ({ params }) => {
      await revokeInvite(ctx, params.invite_id);
      return { done: true } as const;
    },
  );
}
