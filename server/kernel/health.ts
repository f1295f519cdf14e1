/** `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (Prometheus). */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { countOutbox } from './events.ts';
import type { App } from './http.ts';

export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export function mountHealth(app: App): void {
  const { db, metrics, config } = app.souk;
  exposeOutbox(app);
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

/** A parked event is one that nobody could take: somebody has to look (FAULTS C8). */
function exposeOutbox({ souk: { db, metrics } }: App): void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [metrics] });
  const parked = gauge('souk_outbox_parked', 'Rows of events that were set aside after ten tries');
  new Gauge({
    name: 'souk_outbox_waiting',
    help: 'Rows of events that wait to be handed on',
    registers: [metrics],
    async collect() {
      const count = await countOutbox(db).catch(() => null);
      if (!count) return;
      this.set(count.waiting);
      parked.set(count.parked);
    },
  });
}
