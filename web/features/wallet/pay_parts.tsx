import type { ReactNode } from 'react';
import { useText } from '../../text.ts';
import { Button, buttonClass, Facts, Note } from '../../ui/index.ts';
import { useMarket } from './data.ts';

export interface OrderFootProps {
  /** What is paid for, line by line; the total last. */
  rows: readonly (readonly [label: ReactNode, value: ReactNode])[];
  busy: boolean;
  ready: boolean;
  onOrder: () => void;
}

/** The full total, and below it the button in the words that the market's law asks for. */
export function OrderFoot({ rows, busy, ready, onOrder }: OrderFootProps) {
  const { t, locale } = useText();
  const market = useMarket();
  return (
    <>
      <div className="mb-3">
        <Facts sum rows={rows} />
      </div>
      <Button tone="accent" size="lg" wide busy={busy} disabled={!ready} onClick={onOrder}>
        {market?.contract.order_button[locale] ?? t('wallet.order')}
      </Button>
    </>
  );
}

/** The payment waits for its payer, or for the provider; it can be left and found again. */
export function BankStep({ action_url }: { action_url: string | null }) {
  const { t } = useText();
  if (!action_url) return <Note icon="clock">{t('wallet.under_way')}</Note>;
  return (
    <div className="grid gap-3">
      <Note icon="shield">{t('wallet.bank_step')}</Note>
      <a href={action_url} target="_blank" rel="noreferrer" className={buttonClass('accent', 'lg', true)}>
        {t('wallet.to_bank')}
      </a>
    </div>
  );
}
