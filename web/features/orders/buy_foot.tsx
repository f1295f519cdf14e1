import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Facts, Skeleton } from '../../ui/index.ts';
import type { useContract } from '../catalog/data.ts';
import type { Quote } from './data.ts';

interface BuyFootProps {
  form: string;
  quote: Quote | undefined;
  error: unknown;
  busy: boolean;
  contract: ReturnType<typeof useContract>;
}

/** What, the full total with VAT and postage, and directly below it the market's order button (§ 312j BGB). */
export function BuyFoot({ form, quote, error, busy, contract }: BuyFootProps) {
  const { t } = useText();
  const format = useFormat();
  if (!quote) return error ? <ErrorNote error={error} money /> : <Skeleton className="h-36 rounded-md" />;
  const goods = quote.lines.map((line) => `${line.quantity} × ${[line.title, ...line.option_values].join(' · ')}`);
  const total = (
    <>
      {t('orders.total')}
      <span className="block font-normal text-soft text-xs">
        {t('orders.vat_within', { vat: format.money(quote.vat) })}
      </span>
    </>
  );
  return (
    <div className="grid gap-3">
      <ErrorNote error={error} money />
      <p className="text-soft text-xs">{contract.goods_terms}</p>
      <Facts
        sum
        rows={[
          [goods.join(', '), format.money(quote.goods)],
          [t('orders.postage'), format.money(quote.shipping)],
          [total, format.money(quote.total)],
        ]}
      />
      <Button
        form={form}
        submit
        tone="accent"
        size="lg"
        wide
        busy={busy}
        disabled={quote.short !== null || !contract.ready}
      >
        {quote.short ? t('catalog.sold_out') : contract.order_button}
      </Button>
    </div>
  );
}
