/** Who follows whom, who are friends, who asks to follow, whom one has muted: pages, the latest first. */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { closedTo, listTies, type TieList, tiesWith } from './friend_queries.ts';
import * as queries from './queries.ts';
import { acceptRequest, refuseRequest, removeFollower } from './requests.ts';
import { cardOf, tiedPerson } from './shapes.ts';
import { blockedPairs } from './tie_queries.ts';

const done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
const personParams = z.object({ person_id: wireId('person') });

async function pageOfTies(
  ctx: Context,
  list: TieList,
  person_id: string,
  me: Principal | null,
  query: z.output<typeof pageQuery>,
) {
  const after = query.after ? (decodeCursor(ctx.config, query.after) as [string, string]) : null;
  const viewer_id = me?.person_id ?? null;
  const rows = await listTies(ctx.db.pool, list, { person_id, viewer_id, limit: query.limit + 1, after });
  const page = toPage(ctx.config, rows, query.limit, (row) => [row.tied_at.toISOString(), row.person_id]);
  const ids = page.items.map((row) => row.person_id);
  const [people, ties] = await Promise.all([
    queries.findPeople(ctx.db.pool, ids),
    viewer_id === null ? new Map<string, never>() : tiesWith(ctx.db.pool, viewer_id, ids),
  ]);
  const known = new Map(people.map((person) => [person.person_id, person]));
  const items = ids.flatMap((id) => {
    const person = known.get(id);
    const own = id === viewer_id ? null : (ties.get(id) ?? null);
    return person ? [{ ...cardOf(person), is_private: person.is_private, ties: own }] : [];
  });
  return { items, next: page.next };
}

/** Refuses `not_found` across a block and `profile_private` where the ties are for followers. */
async function mustSeeTies(ctx: Context, me: Principal | null, person_id: string): Promise<void> {
  const q = ctx.db.pool;
  const [person] = await queries.findPeople(q, [person_id]);
  const [blocked] = me ? await blockedPairs(q, [[me.person_id, person_id]]) : [];
  if (!person || blocked) throw new Refusal('not_found');
  const closed = await closedTo(q, me?.person_id ?? null, [person_id]);
  if (closed.has(person_id)) throw new Refusal('profile_private');
}

export function mountTieLists(app: App): void {
  mountOpenLists(app);
  mountOwnLists(app);
  mountAnswers(app);
}

function mountOpenLists(app: App): void {
  const ctx = app.souk;
  for (const [list, summary] of [
    ['followers', 'Who follows a person'],
    ['following', 'Whom a person follows'],
  ] as const) {
    route(
      app,
      {
        method: 'GET',
        url: `/people/:person_id/${list}`,
        who: 'anyone',
        summary,
        params: personParams,
        query: pageQuery,
        response: { 200: pageOf(tiedPerson) },
        refusals: ['profile_private'],
      },
      async ({ me, params, query }) => {
        await mustSeeTies(ctx, me, params.person_id);
        return pageOfTies(ctx, list, params.person_id, me, query);
      },
    );
  }
}

function mountOwnLists(app: App): void {
  const ctx = app.souk;
  for (const [url, list, summary] of [
    ['/people/me/friends', 'friends', 'Whom one follows and is followed by'],
    ['/people/me/mutes', 'mutes', 'Whom one has muted'],
    ['/people/me/follow-requests', 'requests', 'Who asks to follow'],
    ['/people/me/follow-requests/sent', 'asked', 'Whom one has asked to follow'],
  ] as const) {
    route(
      app,
      { method: 'GET', url, who: 'person', summary, query: pageQuery, response: { 200: pageOf(tiedPerson) } },
      async ({ me, query }) => pageOfTies(ctx, list, me.person_id, me, query),
    );
  }
}

function mountAnswers(app: App): void {
  const ctx = app.souk;
  const answer = { who: 'person', params: personParams, response: { 200: done } } as const;
  for (const [method, url, summary, run] of [
    ['PUT', '/people/me/follow-requests/:person_id', 'Take somebody who asked as a follower', acceptRequest],
    ['DELETE', '/people/me/follow-requests/:person_id', 'Turn a request down; nobody is told', refuseRequest],
    ['DELETE', '/people/me/followers/:person_id', 'End another’s following of oneself; nobody is told', removeFollower],
  ] as const) {
    route(app, { ...answer, method, url, summary }, async ({ me, params }) => {
      await run(ctx, me, params.person_id);
      return DONE;
    });
  }
}
