import type { paths } from '@souk/sdk/openapi';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';

export type Order = paths['/api/orders/{order_id}']['get']['responses']['200']['content']['application/json'];
export type OrderState = Order['state'];
export type Quote = paths['/api/orders/quote']['post']['responses']['200']['content']['application/json'];
type Methods = paths['/api/payment-methods']['get']['responses']['200']['content']['application/json'];
export type DemoCard = Methods['demo_cards'][number]['card'];

export function useAddresses() {
  const { me } = useSignedIn();
  return $api.useQuery('get', '/api/addresses', {}, { enabled: me !== null });
}

export function useMethods() {
  const { me } = useSignedIn();
  return $api.useQuery('get', '/api/payment-methods', {}, { enabled: me !== null });
}

/** What one variant costs with everything, reckoned by the server. */
export const useQuote = (variant_id: string, quantity: number, enabled: boolean) =>
  $api.useQuery(
    'post',
    '/api/orders/quote',
    { body: { lines: [{ variant_id, quantity }] } },
    { enabled: enabled && variant_id !== '', staleTime: 0, placeholderData: (before) => before },
  );

const POLL_MS = 1_500;

/** Whether the provider or the buyer's bank still has something to say. */
export const isOpen = (order: Order): boolean =>
  order.state === 'unpaid' && order.payment.state !== 'declined' && order.payment.state !== 'expired';

/** An order as it stands, asked again while its payment is under way. */
export const useOrder = (order_id: string, first?: Order) =>
  $api.useQuery(
    'get',
    '/api/orders/{order_id}',
    { params: { path: { order_id } } },
    {
      enabled: order_id !== '',
      ...(first && { initialData: first }),
      // The bank's page stands in front while this goes on.
      refetchIntervalInBackground: true,
      refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? POLL_MS : false),
    },
  );
