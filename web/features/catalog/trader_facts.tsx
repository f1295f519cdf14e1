import { useText } from '../../text.ts';
import { Facts } from '../../ui/index.ts';
import type { Merchant } from './data.ts';

/** Who sells: the law wants it at the product (DSA art. 30 and 31). */
export function TraderFacts({ merchant }: { merchant: Merchant }) {
  const { t } = useText();
  const address = [merchant.street, [merchant.postal_code, merchant.city].filter(Boolean).join(' '), merchant.country];
  const rows: [string, string | null][] = [
    [t('catalog.trader_name'), merchant.trader_name],
    [t('catalog.address'), address.filter(Boolean).join(', ')],
    [t('catalog.email'), merchant.email],
    [t('catalog.phone'), merchant.phone],
    [t('catalog.register'), merchant.register],
    [t('catalog.vat_id'), merchant.vat_id],
  ];
  const known = rows.filter((row): row is [string, string] => Boolean(row[1]));
  return (
    <div className="max-w-xl text-sm">
      <Facts rows={known} />
    </div>
  );
}
