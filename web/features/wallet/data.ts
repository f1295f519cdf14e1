import type { paths } from '@souk/sdk/openapi';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';

type Get<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Market = Get<'/api/markets/{market}'>;
export type Quote = Get<'/api/wallet/quote'>;
export type Lot = Get<'/api/wallet/lots'>['items'][number];
export type Movement = Get<'/api/wallet/history'>['items'][number];
export type SpendingLimits = Get<'/api/wallet/limits'>;
export type TopUp = Get<'/api/wallet/top-ups/{top_up_id}'>;
export type Methods = Get<'/api/payment-methods'>;

/** The rules of one's own market; of the default one for who is signed out. */
export function useMarket(): Market | undefined {
  const { me } = useSignedIn();
  const market = me?.market ?? 'DE';
  return $api.useQuery(
    'get',
    '/api/markets/{market}',
    { params: { path: { market } } },
    { staleTime: Number.POSITIVE_INFINITY },
  ).data;
}

export const useWallet = () => {
  const { me } = useSignedIn();
  return $api.useQuery('get', '/api/wallet', {}, { enabled: me !== null });
};
