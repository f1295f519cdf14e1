import { useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Button, Card, Coins, cx, ErrorNote, Note, Page, Skeleton, Tabs, TextField, toast } from '../../ui/index.ts';
import { useCoinPrice } from './coin_price.ts';
import { useMarket, useWallet } from './data.ts';
import { HistoryTab } from './history_tab.tsx';
import { LimitsTab } from './limits_tab.tsx';
import { PurchasesTab } from './purchases_tab.tsx';
import { TopUpSheet } from './top_up_sheet.tsx';

/** `/wallet`: coins with their value, buying, history, purchases and limits. */
export default function WalletPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  if (!me && !loading) {
    return (
      <Page title={t('wallet.title')} width="narrow">
        <SignedOut icon="wallet" title={t('wallet.signed_out')} text={t('wallet.signed_out_text')} />
      </Page>
    );
  }
  return (
    <Page title={t('wallet.title')} intro={t('wallet.intro')}>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,21rem)_minmax(0,1fr)]">
        <Purse />
        <Tabs
          label={t('wallet.title')}
          tabs={[
            { value: 'history', label: t('wallet.history'), panel: <HistoryTab /> },
            { value: 'purchases', label: t('wallet.purchases'), panel: <PurchasesTab /> },
            { value: 'limits', label: t('wallet.limits'), panel: <LimitsTab /> },
          ]}
        />
      </div>
    </Page>
  );
}

/** The balance, shortcuts, and any quantity at all: a coin has one price. */
function Purse() {
  const { t } = useText();
  const priceOf = useCoinPrice();
  const wallet = useWallet();
  const market = useMarket();
  const [coins, setCoins] = useState<string | null>(null);
  const done = () => {
    setCoins(null);
    toast({ title: t('wallet.bought') });
  };
  return (
    <div className="grid content-start gap-4">
      <Card className="bg-linear-to-br from-accent-wash to-surface">
        <p className="text-soft text-sm">{t('wallet.balance')}</p>
        {wallet.error && <ErrorNote error={wallet.error} onRetry={() => void wallet.refetch()} />}
        {wallet.data ? (
          <>
            <Coins amount={wallet.data.coins} className="font-bold text-2xl" />
            <p className="text-soft text-sm">{t('wallet.worth', { price: priceOf(wallet.data.coins) })}</p>
          </>
        ) : (
          !wallet.error && <Skeleton className="mt-1 h-14" />
        )}
      </Card>
      <div>
        <h2 className="text-lg">{t('wallet.buy')}</h2>
        <p className="mb-3 text-soft text-sm">{t('wallet.one_price', { price: priceOf('1') })}</p>
        <div className="grid grid-cols-3 gap-2">
          {market?.coins.shortcuts.slice(0, 6).map((quantity) => (
            <button
              key={quantity}
              type="button"
              onClick={() => setCoins(quantity)}
              className={cx(
                'rounded-lg border border-line bg-surface px-1 py-3 transition-colors hover:border-accent-text hover:bg-accent-wash',
              )}
            >
              <Coins amount={quantity} money={priceOf(quantity)} stacked />
            </button>
          ))}
        </div>
        <OwnQuantity onBuy={setCoins} />
      </div>
      <TopUpSheet open={coins !== null} coins={coins ?? undefined} onClose={() => setCoins(null)} onDone={done} />
    </div>
  );
}

function OwnQuantity({ onBuy }: { onBuy: (coins: string) => void }) {
  const { t } = useText();
  const market = useMarket();
  const priceOf = useCoinPrice();
  const [text, setText] = useState('');
  const least = BigInt(market?.coins.minimum_coins ?? 0);
  const valid = /^[1-9]\d{0,7}$/.test(text) && BigInt(text) >= least;
  const error = text !== '' && !valid ? t('wallet.at_least', { n: Number(least) }) : null;
  return (
    <form
      className="mt-4 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onBuy(text);
      }}
    >
      <TextField
        label={t('wallet.own_quantity')}
        value={text}
        onChange={setText}
        inputMode="numeric"
        autoComplete="off"
        hint={valid ? priceOf(text) : t('wallet.own_quantity_hint', { n: Number(least) })}
        error={error}
      />
      <Button submit disabled={!valid}>
        {t('wallet.continue')}
      </Button>
      <Note className="mt-1">{t('wallet.return_hint', { days: market?.contract.withdrawal_days ?? 14 })}</Note>
    </form>
  );
}
