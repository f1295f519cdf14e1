import type { paths } from '@souk/sdk/openapi';
import { $api } from '../../api.ts';
import { type Locale, useText } from '../../text.ts';

export type Product = paths['/api/products/{product_id}']['get']['responses']['200']['content']['application/json'];
export type Variant = Product['variants'][number];
export type Merchant = paths['/api/merchants/{merchant_id}']['get']['responses']['200']['content']['application/json'];

export const useProduct = (product_id: string) =>
  $api.useQuery('get', '/api/products/{product_id}', { params: { path: { product_id } } });

export const useMerchant = (merchant_id: string | undefined) =>
  $api.useQuery(
    'get',
    '/api/merchants/{merchant_id}',
    { params: { path: { merchant_id: merchant_id ?? '' } } },
    { enabled: merchant_id !== undefined },
  );

/** The market's own words: the order button, terms, how tax is told. */
export function useContract(market: string | undefined) {
  const { locale } = useText();
  const { data } = $api.useQuery(
    'get',
    '/api/markets/{market}',
    { params: { path: { market: market ?? 'DE' } } },
    { staleTime: 3_600_000 },
  );
  const told = (text: Record<Locale, string> | undefined) => text?.[locale] ?? '';
  return {
    order_button: told(data?.contract.order_button),
    goods_terms: told(data?.contract.goods_terms),
    price_includes_tax: told(data?.contract.price_includes_tax),
    ready: data !== undefined,
  };
}

export const unitsOf = (product: Product): number =>
  product.variants.reduce((sum, variant) => sum + variant.available, 0);

/** The cheapest variant: what a card shows. */
export const cheapest = (product: Product): Variant | undefined =>
  product.variants.toSorted((a, b) => Number(BigInt(a.price.amount) - BigInt(b.price.amount)))[0];

export const variantName = (variant: Pick<Variant, 'option_values'>): string => variant.option_values.join(' · ');
