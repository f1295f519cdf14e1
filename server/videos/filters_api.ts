/** Routes of what one holds back below one's own videos. */
import * as z from 'zod';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { plain } from '../kernel/plain.ts';
import { route } from '../kernel/route.ts';
import { findFilter, upsertFilter } from './filter_queries.ts';

const filter = z.object({
  /** Found however they are disguised; `arsch*` also where a longer word begins so. */
  words: z.array(z.string().max(40).overwrite(plain).min(2)).max(200),
  holds_links: z.boolean(),
  holds_all: z.boolean(),
});

export function mountFilters(app: App): void {
  const ctx = app.souk;
  const spec = { url: '/videos/comments/filter', who: 'person', response: { 200: filter } } as const;
  route(app, { ...spec, method: 'GET', summary: 'Which comments wait until one has read them' }, async ({ me }) =>
    findFilter(ctx.db.pool, me.person_id),
  );
  route(
    app,
    { ...spec, method: 'PUT', summary: 'Choose which comments wait until one has read them', body: filter },
    async ({ me, body }) => {
      const wanted = { ...body, words: [...new Set(body.words)] };
      await inTx(ctx.db, (tx) => upsertFilter(tx, me.person_id, wanted, ctx.clock.now()));
      return wanted;
    },
  );
}
