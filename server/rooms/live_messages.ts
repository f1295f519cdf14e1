/** What is told of lives: that one begins, that a planned one moved or was cancelled. To each person once. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { type Message, tell } from '../notices/index.ts';
import { findPeople, followersOf, hiddenFrom } from '../people/index.ts';
import { findRoom } from './queries.ts';
import * as queries from './schedule_queries.ts';

const PAGE = 1_000;

type Reader = Parameters<Message['text']>[0];
type Texts = (reader: Reader) => { subject: string; body: string };

/** Hangs the messages about lives into the notices room. */
export function tellOfLives(ctx: Context): void {
  tell(ctx, 'room.announced', 'live.started', async (event) => {
    const room = await findRoom(ctx.db.pool, event.subject);
    const [host] = room ? await findPeople(ctx.db.pool, [room.host_id]) : [];
    if (!room || !host) return [];
    const schedule_id = event.data.schedule_id as string | null;
    const reminded = schedule_id ? await queries.remindedOf(ctx.db.pool, schedule_id) : [];
    const people = await withoutHidden(ctx, room.host_id, [...(await allFollowers(ctx, room.host_id)), ...reminded]);
    const link = `${ctx.config.public_url}/live/${toWire('room', room.room_id)}`;
    const text: Texts = ({ locale, name }) => ({
      subject: locale === 'de' ? `${host.name} ist live: ${room.title}` : `${host.name} is live: ${room.title}`,
      body: letter(locale, name, locale === 'de' ? 'es hat gerade begonnen.' : 'it has just begun.', link),
    });
    return people.map((person_id) => ({ person_id, text }));
  });
  tell(ctx, 'schedule.moved', 'schedule.moved', (event) =>
    ofSchedule(ctx, event, (title, when, locale) =>
      locale === 'de'
        ? [`Neue Zeit: ${title}`, `der Live, an den du erinnert werden willst, beginnt jetzt ${when('de')}.`]
        : [`New time: ${title}`, `the live that you asked to be reminded of now begins ${when('en')}.`],
    ),
  );
  tell(ctx, 'schedule.cancelled', 'schedule.cancelled', (event) =>
    ofSchedule(ctx, event, (title, _when, locale) =>
      locale === 'de'
        ? [`Abgesagt: ${title}`, 'der Live, an den du erinnert werden willst, findet nicht statt.']
        : [`Cancelled: ${title}`, 'the live that you asked to be reminded of will not take place.'],
    ),
  );
}

type Words = (title: string, when: (locale: 'de' | 'en') => string, locale: 'de' | 'en') => [string, string];

async function ofSchedule(ctx: Context, event: Event, words: Words): Promise<Message[]> {
  const schedule = await queries.findSchedule(ctx.db.pool, event.subject);
  if (!schedule) return [];
  const starts_at = new Date(event.data.starts_at as string);
  const when = (locale: 'de' | 'en') =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone: schedule.zone }).format(
      starts_at,
    );
  const link = `${ctx.config.public_url}/schedules/${toWire('schedule', schedule.schedule_id)}`;
  const text: Texts = ({ locale, name }) => {
    const [subject, said] = words(schedule.title, when, locale);
    return { subject, body: letter(locale, name, said, link) };
  };
  const reminded = await queries.remindedOf(ctx.db.pool, schedule.schedule_id);
  return (await withoutHidden(ctx, schedule.host_id, reminded)).map((person_id) => ({ person_id, text }));
}

const letter = (locale: 'de' | 'en', name: string, said: string, link: string): string =>
  `${locale === 'de' ? 'Hallo' : 'Hello'} ${name},\n\n${said}\n\n${link}\n`;

async function allFollowers(ctx: Context, host_id: string): Promise<string[]> {
  const all: string[] = [];
  for (let page: string[] | null = null; page === null || page.length === PAGE; ) {
    page = await followersOf(ctx.db.pool, host_id, page?.at(-1) ?? null, PAGE);
    all.push(...page);
  }
  return all;
}

/** Each once; never the host, never who has a block with them. */
async function withoutHidden(ctx: Context, host_id: string, people: string[]): Promise<string[]> {
  const hidden = new Set([host_id, ...(await hiddenFrom(ctx.db.pool, host_id))]);
  return [...new Set(people)].filter((person_id) => !hidden.has(person_id));
}
