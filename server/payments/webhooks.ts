import { defineBatcher } from '../kernel/batcher.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { inBackground } from './desk.ts';
import { findAttemptPurpose } from './queries.ts';
import { readCharge, readRefund } from './sandbox.ts';
import type { SandboxEvent } from './sandbox_book.ts';
import { hearOfRefund, settle } from './settle.ts';
import { insertEvents, listUnprocessed, markProcessed, type RawEvent } from './webhook_queries.ts';

const PROVIDER = 'sandbox';

/** Stores raw events; answers whether each is new. */
const arrivals = defineBatcher({
  name: 'payment_webhooks',
  async run(tx: Tx, items: RawEvent[], ctx: Context): Promise<boolean[]> {
    const fresh = await insertEvents(tx, PROVIDER, items, ctx.clock.now());
    return items.map((item) => fresh.delete(item.event_id));
  },
});

/** Remembers which events are done with. */
const departures = defineBatcher({
  name: 'payment_webhooks_done',
  async run(tx: Tx, event_ids: string[], ctx: Context): Promise<boolean[]> {
    await markProcessed(tx, PROVIDER, event_ids, ctx.clock.now());
    return event_ids.map(() => true);
  },
});

/**
 * Takes in a verified event: stored first, processed after the answer (FAULTS C5). A replay changes nothing (C1, C3).
 */
export async function receiveWebhook(ctx: Context, event_id: string, body: string): Promise<void> {
  const fresh = await arrivals.submit(ctx, { event_id, body });
  if (fresh) void inBackground(ctx, processWebhook(ctx, { event_id, body }));
}

async function processWebhook(ctx: Context, { event_id, body }: RawEvent): Promise<void> {
  const event: SandboxEvent = JSON.parse(body);
  if (event.charge) await hearOfCharge(ctx, event);
  if (event.refund) {
    const purpose = await findAttemptPurpose(ctx.db.pool, event.refund.charge_reference);
    if (purpose) await hearOfRefund(ctx, purpose, readRefund(event.refund));
  }
  await departures.submit(ctx, event_id);
}

async function hearOfCharge(ctx: Context, event: SandboxEvent): Promise<void> {
  const charge = readCharge(event.charge!);
  const purpose = event.charge!.purpose ?? (await findAttemptPurpose(ctx.db.pool, charge.reference));
  if (purpose) await settle(ctx, purpose, { attempt_id: charge.reference, report: { charge } });
}

const PATIENCE_MS = 10_000;

/** Processes events that were stored and then lost in a crash. @returns how many */
export async function sweepWebhooks(ctx: Context, limit = 500): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS);
  const rows = await listUnprocessed(ctx.db.pool, before, limit);
  await Promise.all(rows.map((row) => inBackground(ctx, processWebhook(ctx, row))));
  return rows.length;
}
