/** How planned lives look on the wire. */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import { toWire, wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import type { Hub } from './hub.ts';
import { plainText, thingRef, title } from './messages.ts';
import { findRoom } from './queries.ts';
import { countReminders, findStartOf, type Schedule } from './schedule_queries.ts';
import { roomCard, shapeAll } from './shapes.ts';

export const scheduleParams = z.object({ schedule_id: wireId('schedule') });

export const scheduleWish = z.object({
  title,
  about: plainText(1_000).default(''),
  language: z.enum(['de', 'en']),
  /** `2026-11-24T19:00`: what the clock on the host's wall shows. */
  local_time: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must be like 2026-11-24T19:00'),
  /** IANA: `Europe/Berlin`. */
  zone: z.string().min(1).max(60),
  repeat: z.enum(['none', 'daily', 'weekly']).default('none'),
  /** What will be shown. */
  things: z.array(thingRef).max(20).default([]),
});

export const scheduleCard = z.object({
  schedule_id: wireId('schedule'),
  host: personCard,
  title: z.string(),
  about: z.string(),
  language: z.string(),
  state: z.enum(['planned', 'over', 'cancelled']),
  /** The next time. */
  starts_at: timeCodec,
  local_time: z.string(),
  zone: z.string(),
  repeat: z.enum(['none', 'daily', 'weekly']),
  picture_url: z.string().nullable(),
  things: z.array(thingRef),
  /** How many asked to be reminded, and whether the viewer did. */
  reminders: z.int(),
  reminded: z.boolean(),
});

export const schedulePage = scheduleCard.extend({
  /** The server's clock, for the countdown. */
  now: timeCodec,
  calendar_url: z.string(),
  /** The newest room that was opened from it. */
  room: roomCard.nullable(),
});

export const pictureUrl = (picture: string | null): string | null => picture && `/schedule-pictures/${picture}`;

/** Plans of people who are still here. */
export async function shapeSchedules(ctx: Context, viewer: Principal | null, found: Schedule[]) {
  const ids = found.map(({ schedule_id }) => schedule_id);
  const [hosts, reminders] = await Promise.all([
    findPeople(ctx.db.pool, [...new Set(found.map(({ host_id }) => host_id))]),
    countReminders(ctx.db.pool, ids, viewer?.person_id ?? null),
  ]);
  const byId = new Map(hosts.map((host) => [host.person_id, host]));
  return found.flatMap((schedule) => {
    const host = byId.get(schedule.host_id);
    if (!host) return [];
    const { reminders: n, reminded } = reminders.get(schedule.schedule_id) ?? { reminders: 0, reminded: false };
    return [{ ...schedule, host: cardOf(host), picture_url: pictureUrl(schedule.picture), reminders: n, reminded }];
  });
}

/** @returns null where its host is gone */
export async function shapePage(ctx: Context, hub: Hub, viewer: Principal | null, schedule: Schedule) {
  const [[card], start] = await Promise.all([
    shapeSchedules(ctx, viewer, [schedule]),
    findStartOf(ctx.db.pool, schedule.schedule_id),
  ]);
  if (!card) return null;
  const opened = start && (await findRoom(ctx.db.pool, start.room_id));
  const shown = opened && opened.state !== 'preparing' && opened.started_at ? opened : null;
  const [room = null] = shown ? await shapeAll(ctx, hub, viewer, [shown]) : [];
  const calendar_url = `/api/schedules/${toWire('schedule', schedule.schedule_id)}/calendar`;
  return { ...card, now: ctx.clock.now(), calendar_url, room };
}
