import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, useKey } from '../../api.ts';
import type { Money } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import type { AddressDraft } from './address_fields.tsx';
import type { DemoCard, Order } from './data.ts';
import { freeHandleFrom, type NewcomerDraft } from './newcomer.ts';

/** Everything that an order needs; what is not stored yet is stored on the way. */
export interface Purchase {
  variant_id: string;
  quantity: number;
  /** What the buyer sees above the button. */
  total: Money;
  room_id: string | null;
  market: string;
  newcomer: NewcomerDraft | null;
  address: { address_id: string } | { draft: AddressDraft };
  method: { method_id: string } | { card: DemoCard };
}

async function must<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) throw error;
  return data;
}

/**
 * One deed from the button to the order: signs a newcomer up, stores address and card, orders. Trying again goes on
 * where it stopped, with the same key, so that nothing is bought twice.
 */
export function useCheckout(onOrdered: (order: Order) => void) {
  const { me, refresh } = useSignedIn();
  const { locale } = useText();
  const queries = useQueryClient();
  const key = useKey();
  const stored = useRef(new Map<string, string>());

  /** What was stored by an earlier try is taken again, unless it was written anew since. */
  async function once(body: object, store: () => Promise<string>): Promise<string> {
    const written = JSON.stringify(body);
    const id = stored.current.get(written) ?? (await store());
    stored.current.set(written, id);
    return id;
  }

  async function signUp({ newcomer, market }: Purchase): Promise<void> {
    if (me || !newcomer) return;
    const handle = freeHandleFrom(newcomer.name);
    const body = { ...newcomer, handle, market: market as 'DE' | 'US', locale };
    await must(api.POST('/api/people', { body }));
  }

  async function storeAddress({ address, market }: Purchase): Promise<string> {
    if ('address_id' in address) return address.address_id;
    const body = { ...address.draft, country: market as 'DE' | 'US' };
    return once(body, async () => (await must(api.POST('/api/addresses', { body }))).address_id);
  }

  async function storeMethod({ method }: Purchase): Promise<string> {
    if ('method_id' in method) return method.method_id;
    return once(method, async () => (await must(api.POST('/api/payment-methods', { body: method }))).method_id);
  }

  async function order(purchase: Purchase): Promise<Order> {
    await signUp(purchase);
    const address_id = await storeAddress(purchase);
    const method_id = await storeMethod(purchase);
    const { variant_id, quantity, total, room_id } = purchase;
    const body = { lines: [{ variant_id, quantity }], address_id, method_id, expected_total: total, room_id };
    return must(api.POST('/api/orders', { body, headers: { 'Idempotency-Key': key.value() } }));
  }

  return useMutation({
    mutationFn: order,
    onSuccess: (made) => {
      key.renew();
      stored.current.clear();
      onOrdered(made);
    },
    onSettled: async (_made, _error, purchase) => {
      if (purchase.newcomer) await refresh();
      else await queries.invalidateQueries();
    },
  });
}
