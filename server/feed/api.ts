/** Routes of the feed. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { fromWire, wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { pageOf } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { visitOf } from '../videos/index.ts';
import { dial, mountBalance } from './balance_api.ts';
import { correct, correctionsOf, uncorrect } from './corrections.ts';
import { following } from './following.ts';
import { forYou } from './for_you.ts';
import { bare, feedItem, feedPage } from './shapes.ts';

const visit = z.string().max(300).optional().describe('The token of a page before; a new visit without one');
const paging = {
  limit: z.coerce.number().int().min(1).max(20).default(10),
  after: z.string().max(500).optional(),
};

export function mountFeedApi(app: App): void {
  mountPages(app);
  mountCorrections(app);
  mountBalance(app);
}

function mountPages(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/feed/for-you',
      who: 'anyone',
      summary: 'For You: ranked for this viewer, each item with why it is shown. Signed out too',
      query: z.object({ ...paging, visit, dial: dial.optional().describe('Of a guest: how much selling, 0–100') }),
      response: { 200: feedPage },
      refusals: ['visit_invalid'],
    },
    ({ me, query: { visit: token, ...wanted }, req }) => forYou(ctx, me, visitOf(ctx, me, req.ip, token), wanted),
  );
  route(
    app,
    {
      method: 'GET',
      url: '/feed/following',
      who: 'person',
      summary: 'What those whom you follow posted, the latest first',
      query: z.object(paging),
      response: { 200: pageOf(feedItem) },
    },
    async ({ me, query: { limit, after } }) => {
      const { videos, next } = await following(ctx, me, limit, after);
      const why = [bare('followed')];
      const items = videos.map((video) => ({
        kind: 'video' as const,
        video,
        links: [],
        replay: false,
        why,
        served_id: '',
      }));
      return { items, next };
    },
  );
}

const what = z.strictObject({
  video_id: wireId('video').optional().describe('Not this one again'),
  person_id: wireId('person').optional().describe('Less of this creator'),
  tag: z.string().min(1).max(60).optional(),
  sound_id: wireId('sound').optional(),
});

/** The page of `served_….3`. */
function pageOfServed(served: string | undefined): string | null {
  if (!served) return null;
  try {
    return fromWire('served', served.split('.')[0] as string);
  } catch {
    throw new Refusal('invalid_request', { errors: [{ path: 'body.served_id', message: 'must be a served_….n' }] });
  }
}

function mountCorrections(app: App): void {
  const ctx = app.souk;
  const said = z.object({ visit: z.string() });
  route(
    app,
    {
      method: 'POST',
      url: '/feed/not-interested',
      who: 'anyone',
      key: 'none',
      summary: 'Not this video again, or less of a creator, a tag or a sound. Signed out too, for the visit',
      body: what.extend({ served_id: z.string().max(60).optional(), visit }),
      response: { 200: said },
      refusals: ['visit_invalid'],
    },
    async ({ me, body: { served_id, visit: token, ...about }, req }) => {
      const found = visitOf(ctx, me, req.ip, token);
      await correct(ctx, me, found, about, pageOfServed(served_id));
      return { visit: found.token };
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/feed/not-interested',
      who: 'anyone',
      summary: 'Take one of these back',
      query: what.extend({ visit }),
      response: { 200: said },
      refusals: ['visit_invalid'],
    },
    async ({ me, query: { visit: token, ...about }, req }) => {
      const found = visitOf(ctx, me, req.ip, token);
      await uncorrect(ctx, me, found, about);
      return { visit: found.token };
    },
  );
  const correction = z.object({
    kind: z.enum(['video', 'creator', 'tag', 'sound']),
    what: z.string(),
    made_at: timeCodec,
  });
  route(
    app,
    {
      method: 'GET',
      url: '/feed/not-interested',
      who: 'person',
      summary: 'What you want less of, the latest first',
      response: { 200: z.object({ items: z.array(correction) }) },
    },
    async ({ me }) => ({ items: await correctionsOf(ctx, me) }),
  );
}
