/** Routes of staff: the log, and who is new here. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { route } from '../kernel/route.ts';
import { avatarUrl, networkOf, personCard } from '../people/index.ts';
import { cardsOf } from './api.ts';
import { listAudit } from './audit_queries.ts';
import { newcomers } from './raids.ts';
import { hashed } from './reports.ts';
import { subjectId } from './subjects.ts';

const auditItem = z.object({
  audit_id: wireId('audit'),
  actor: personCard.nullable(),
  action: z.string(),
  subject: subjectId,
  /** Of a person, who it is. */
  person: personCard.nullable(),
  reason: z.string(),
  happened_at: timeCodec,
});

export function mountStaff(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/audit',
      who: 'moderator',
      summary: 'What staff and those who keep order in rooms did and why, newest first; nothing can be changed in it',
      query: pageQuery.extend({ of: z.enum(['staff', 'rooms']).optional(), actor_id: wireId('person').optional() }),
      response: { 200: pageOf(auditItem) },
    },
    async ({ query: { limit, of = null, actor_id = null, after } }) => {
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await listAudit(ctx.db.pool, { of, actor_id }, limit + 1, seen);
      const page = toPage(ctx.config, rows, limit, (row) => [row.happened_at.toISOString(), row.audit_id]);
      const about = (row: { subject_kind: string; subject_id: string }) =>
        row.subject_kind === 'person' ? row.subject_id : null;
      const cards = await cardsOf(
        ctx,
        page.items.flatMap((row) => [row.actor_id, about(row)]),
      );
      const items = page.items.map((row) => ({
        ...row,
        actor: cards.get(row.actor_id ?? '') ?? null,
        subject: { kind: row.subject_kind, id: row.subject_id },
        person: cards.get(about(row) ?? '') ?? null,
      }));
      return { ...page, items };
    },
  );
  mountNewcomers(app);
}

const newcomer = z.object({
  person: personCard,
  created_at: timeCodec,
  suspended_until: timeCodec.nullable(),
  /** The same for accounts of one line, and nothing else can be read from it; empty where it is not known. */
  line: z.string(),
});

function mountNewcomers(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/moderation/newcomers',
      who: 'moderator',
      summary: 'The newest accounts, or those of them who wrote in a room',
      query: pageQuery.extend({
        room_id: wireId('room').optional(),
        hours: z.coerce.number().int().min(1).max(720).default(24),
      }),
      response: { 200: pageOf(newcomer) },
    },
    async ({ query: { limit, room_id = null, hours, after } }) => {
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const rows = await newcomers(ctx, { room_id, hours }, limit + 1, seen);
      const page = toPage(ctx.config, rows, limit, (row) => [row.created_at.toISOString(), row.person_id]);
      const items = page.items.map(({ person_id, handle, name, avatar, created_at, suspended_until, address }) => ({
        person: { person_id, handle, name, avatar_url: avatarUrl(avatar) },
        created_at,
        suspended_until,
        line: address === null ? '' : hashed(ctx, networkOf(address)).slice(0, 6),
      }));
      return { ...page, items };
    },
  );
}
