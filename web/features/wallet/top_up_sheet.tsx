import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { $api, useKey } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Coins, ErrorNote, Note, Price, type ProblemDocument, Sheet, Skeleton } from '../../ui/index.ts';
import { type Quote, type TopUp, useMarket } from './data.ts';
import { HalfDialog } from './half_dialog.tsx';
import { MethodChoice } from './method_choice.tsx';
import { BankStep, OrderFoot, type OrderFootProps } from './pay_parts.tsx';

interface TopUpSheetProps {
  open: boolean;
  onClose: () => void;
  /** Coins that something needs: exactly what is missing is offered. */
  need?: string;
  /** Exactly so many coins: a shortcut or an own quantity. */
  coins?: string;
  /** The coins are there. */
  onDone: () => void;
}

/** Buying coins: what, what it costs with its tax, what remains, and directly below it the button of the law. */
export function TopUpSheet({ open, onClose, need, coins, onDone }: TopUpSheetProps) {
  const { t } = useText();
  const what = coins ? { coins } : { need: need ?? '1' };
  const quote = $api.useQuery('get', '/api/wallet/quote', { params: { query: what } }, { enabled: open, staleTime: 0 });
  const [method_id, setMethod] = useState('');
  const order = useOrder(onDone);
  const shown = order.top_up;
  const waits = shown?.state === 'unpaid';
  const problem = order.error as ProblemDocument | null;
  const half = problem?.code === 'spending_half' ? problem : null;
  const close = () => {
    order.forget();
    onClose();
  };
  return (
    <Sheet
      open={open}
      onClose={close}
      title={t('wallet.top_up_title')}
      description={need ? t('wallet.top_up_need') : t('wallet.top_up_text')}
      foot={
        quote.data &&
        !waits && (
          <TopUpFoot
            quote={quote.data}
            busy={order.busy}
            ready={method_id !== ''}
            onOrder={() => order.place(quote.data, method_id)}
          />
        )
      }
    >
      <div className="grid gap-4">
        <ErrorNote error={quote.error} onRetry={() => void quote.refetch()} />
        {!half && <ErrorNote error={order.error} money />}
        <HalfDialog
          problem={half}
          confirm={t('wallet.half_confirm')}
          busy={order.busy}
          onConfirm={() => quote.data && order.place(quote.data, method_id, true)}
          onClose={order.forget}
        />
        {shown?.state === 'failed' && <Declined top_up={shown} />}
        {waits ? (
          <BankStep action_url={shown.payment.action_url} />
        ) : (
          <MethodChoice value={method_id} onChange={setMethod} />
        )}
        {quote.isPending && <Skeleton className="h-40" />}
        {quote.data && !waits && <QuoteTerms quote={quote.data} />}
      </div>
    </Sheet>
  );
}

function useOrder(onDone: () => void) {
  const queries = useQueryClient();
  const key = useKey();
  const [top_up, setTopUp] = useState<TopUp | null>(null);
  const create = $api.useMutation('post', '/api/wallet/top-ups');
  const waiting = top_up?.state === 'unpaid' ? top_up.top_up_id : null;
  const again = $api.useQuery(
    'get',
    '/api/wallet/top-ups/{top_up_id}',
    { params: { path: { top_up_id: waiting ?? '' } } },
    { enabled: waiting !== null, refetchInterval: 1_500 },
  );
  const latest = waiting !== null && again.data ? again.data : top_up;
  useEffect(() => {
    if (latest && latest !== top_up) setTopUp(latest);
    if (latest?.state !== 'paid') return;
    setTopUp(null);
    key.renew();
    for (const path of ['/api/wallet', '/api/wallet/history', '/api/wallet/lots']) {
      void queries.invalidateQueries({ queryKey: ['get', path] });
    }
    onDone();
  }, [latest, top_up, key, queries, onDone]);
  return {
    top_up: latest,
    busy: create.isPending || latest?.state === 'paid',
    error: create.error,
    place: (quote: Quote, method_id: string, confirmed = false) => {
      // A declined order is over: another try is another order.
      if (top_up?.state === 'failed') key.renew();
      setTopUp(null);
      const body = { coins: quote.coins, total: quote.total, method_id, confirmed };
      create.mutate({ body, headers: { 'Idempotency-Key': key.value() } } as never, {
        onSuccess: (made) => setTopUp(made as TopUp),
      });
    },
    forget: () => {
      setTopUp(null);
      create.reset();
      key.renew();
    },
  };
}

function QuoteTerms({ quote }: { quote: Quote }) {
  const { t, locale } = useText();
  const market = useMarket();
  return (
    <>
      {quote.raised && <Note>{t('wallet.raised', { n: Number(quote.remains) })}</Note>}
      {market && <p className="text-soft text-sm">{market.contract.coins_terms[locale]}</p>}
    </>
  );
}

function TopUpFoot({ quote, ...order }: { quote: Quote } & Omit<OrderFootProps, 'rows'>) {
  const { t, locale } = useText();
  const format = useFormat();
  const market = useMarket();
  const { coins, total, vat, vat_bps } = quote;
  const tax = t('wallet.vat_within', { name: market?.tax.name[locale] ?? '', rate: format.percent(vat_bps) });
  return (
    <OrderFoot
      {...order}
      rows={[
        [t('wallet.coins'), <Coins key="coins" amount={coins} />],
        [tax, <Price key="vat" money={vat} />],
        [t('wallet.total'), <Price key="total" money={total} />],
      ]}
    />
  );
}

function Declined({ top_up }: { top_up: TopUp }) {
  const { t, has } = useText();
  const code = `wallet.declined_${top_up.payment.decline_code ?? ''}`;
  return (
    <Note icon="alert">
      <p className="font-semibold">{has(code) ? t(code) : t('wallet.declined')}</p>
      <p>{t('problem.money_stayed')}</p>
    </Note>
  );
}
