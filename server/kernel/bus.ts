/** The bus: what one process tells the others (and itself). In process until `SOUK_BUS_URL` names NATS. */
import type { Logger } from './log.ts';

export interface Bus {
  publish(subject: string, payload: unknown): void;
  /** @returns a function that ends the subscription */
  subscribe(subject: string, receive: (payload: unknown) => void): () => void;
}

export function createBus(log: Logger): Bus {
  const receivers = new Map<string, Set<(payload: unknown) => void>>();
  return {
    publish(subject, payload) {
      for (const receive of receivers.get(subject) ?? []) {
        try {
          receive(payload);
        } catch (error) {
          log.error({ error, subject }, 'a receiver on the bus failed');
        }
      }
    },
    subscribe(subject, receive) {
      const set = receivers.get(subject) ?? new Set();
      receivers.set(subject, set.add(receive));
      return () => set.delete(receive);
    },
  };
}
