/** `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (Prometheus). */
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { App } from './http.ts';

export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export function mountHealth(app: App): void {
  const { db, metrics, config } = app.souk;
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await db.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  app.get('/metrics', async (request, reply) => {
    // Figures of operation are the operator's: in production only from the machine itself.
    if (config.production && request.ip !== '127.0.0.1' && request.ip !== '::1') return reply.callNotFound();
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}
