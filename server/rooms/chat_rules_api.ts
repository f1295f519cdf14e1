/** Routes of what a host sets for their chat: its rules, and who helps to keep order. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { cardOf, findPeople, personCard } from '../people/index.ts';
import { findRules, setModerator, setRules } from './order.ts';
import { moderatorsOf } from './order_queries.ts';
import { subscribersKnown } from './ports.ts';
import { mustHavePower } from './power.ts';

const personParams = z.object({ person_id: wireId('person') });
const hostParams = z.object({ host_id: wireId('person') });
const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

export function mountChatRules(app: App): void {
  mountRules(app);
  mountModerators(app);
}

const SECONDS_OF_YEAR = 31_536_000;
const rules = z.object({
  /** Seconds between two lines of one person; 0 is off. */
  slow_s: z.int().min(0).max(3_600),
  /** Only those who have followed so long; null is off, 0 any follower. */
  followers_for_s: z.int().min(0).max(SECONDS_OF_YEAR).nullable(),
  /** Only accounts at least so old; 0 is off. */
  min_account_age_s: z.int().min(0).max(SECONDS_OF_YEAR),
  subscribers_only: z.boolean(),
  links_refused: z.boolean(),
  /** Whole words; a star before or after it takes in longer ones. */
  block_words: z.array(z.string().max(60)).max(200),
});
const rulesShown = rules.extend({
  /** Whether there are subscriptions here: without them `subscribers_only` cannot be chosen. */
  subscribers_known: z.boolean(),
  changed_at: timeCodec.nullable(),
  changed_by: personCard.nullable(),
});

function mountRules(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/rooms/hosts/:host_id/chat-rules', who: 'person', params: hostParams } as const;
  route(
    app,
    {
      ...spec,
      method: 'GET',
      summary: 'What a host has set for the chat of their rooms, block words included',
      response: { 200: rulesShown },
      refusals: ['not_a_moderator'],
    },
    async ({ me, params: { host_id } }) => {
      await mustHavePower(ctx, me, host_id, 'set_chat_rules');
      const { changed_at = null, changed_by, ...found } = await findRules(ctx, host_id);
      const [by] = changed_by ? await findPeople(ctx.db.pool, [changed_by]) : [];
      return { ...found, subscribers_known: subscribersKnown(ctx), changed_at, changed_by: by ? cardOf(by) : null };
    },
  );
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      summary: 'Set the rules of a chat: they hold from the next line on',
      body: rules,
      response: { 200: done },
      refusals: ['not_a_moderator', 'mode_unavailable', 'block_word_invalid'],
    },
    async ({ me, params: { host_id }, body }) => {
      await setRules(ctx, me, host_id, body);
      return DONE;
    },
  );
}

function mountModerators(app: App): void {
  const ctx = app.souk;
  const spec = {
    url: '/rooms/moderators/:person_id',
    who: 'person',
    params: personParams,
    response: { 200: done },
  } as const;
  route(
    app,
    {
      method: 'GET',
      url: '/rooms/moderators',
      who: 'person',
      summary: "Whom one has named to keep order in one's rooms",
      response: { 200: z.object({ items: z.array(personCard) }) },
    },
    async ({ me }) => {
      const ids = await moderatorsOf(ctx.db.pool, me.person_id);
      return { items: (await findPeople(ctx.db.pool, ids)).map(cardOf) };
    },
  );
  for (const [method, named, summary] of [
    ['PUT', true, "Name a moderator of all one's rooms"],
    ['DELETE', false, 'Dismiss a moderator'],
  ] as const) {
    route(app, { ...spec, method, summary }, async ({ me, params: { person_id } }) => {
      await setModerator(ctx, me, person_id, named);
      return DONE;
    });
  }
}
