import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { BOUNCES } from './bounce_queries.ts';
import { readReport, takeBounces } from './bounces.ts';

const report = z.object({
  address: z.string().min(3).max(320),
  kind: z.enum(BOUNCES),
  detail: z.string().max(2_000).default(''),
  /** The sender's own id of the report: the same one is counted once. */
  id: z.string().max(200).optional(),
});

const reports = z.union([z.object({ reports: z.array(report).min(1).max(500) }), z.string()]);
const MAX_REPORT = 200_000;
const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Reports of mail that came back: as JSON from a mail provider's webhook, or the returned mail itself as a mail server
 * pipes it. Whoever does not know the secret is turned away before a byte of the body is read (FAULTS C2).
 */
export function mountBounces(app: App): void {
  const ctx = app.souk;
  app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => {
      const { bounce_secret } = ctx.config;
      if (bounce_secret === null) throw new Refusal('not_found');
      const shown = request.headers.authorization ?? '';
      if (!timingSafeEqual(digest(shown), digest(`Bearer ${bounce_secret}`))) throw new Refusal('forbidden');
    });
    const mails = ['message/rfc822', 'message/delivery-status', 'multipart/report'];
    scope.addContentTypeParser(mails, { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.post(
      '/api/notices/bounces',
      { schema: { hide: true, body: reports }, bodyLimit: MAX_REPORT },
      async (request) => {
        const body = request.body as z.output<typeof reports>;
        const given = typeof body === 'string' ? readReport(body) : body.reports;
        return {
          taken: await takeBounces(
            ctx,
            given.map((one) => ({ ...one, id: one.id ?? mintId() })),
          ),
        };
      },
    );
  });
}
