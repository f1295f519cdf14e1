/** The log: who did what and why. Staff writes it with the deed; what is done in rooms is told by events. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { Event } from '../kernel/events.ts';
import { type Audit, insertAudits } from './audit_queries.ts';
import type { SubjectKind } from './subjects.ts';

/** Deeds of those who keep order in a room, and what their event's subject is. */
export const ROOM_DEEDS: Record<string, SubjectKind> = {
  'room.muted': 'person',
  'room.unmuted': 'person',
  'room.line_removed': 'line',
  'room.moderator_named': 'person',
  'room.moderator_dismissed': 'person',
  'room.chat_rules_set': 'person',
};

export function keepLog(ctx: Context): void {
  ctx.relay.on('person.changed', 'moderation: log', (events) => write(ctx, events.map(changeOf)));
  for (const [type, kind] of Object.entries(ROOM_DEEDS)) {
    ctx.relay.on(type, 'moderation: log', (events) =>
      write(
        ctx,
        events.map((event) => deedOf(event, kind)),
      ),
    );
  }
}

const write = (ctx: Context, rows: Audit[]): Promise<void> => inTx(ctx.db, (tx) => insertAudits(tx, rows));

const deedOf = ({ id, actor, type, subject, data, at }: Event, subject_kind: SubjectKind): Audit => ({
  audit_id: id,
  actor_id: actor,
  action: type,
  subject_kind,
  subject_id: subject,
  reason: '',
  data,
  happened_at: new Date(at),
});

const changeOf = (event: Event): Audit => ({
  ...deedOf(event, 'person'),
  action: `people.${String(event.data.field)}_changed`,
  data: {},
});
