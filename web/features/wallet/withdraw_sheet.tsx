import { useQueryClient } from '@tanstack/react-query';
import { $api, useKey } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, Coins, ErrorNote, Facts, Note, Price, Sheet } from '../../ui/index.ts';
import { type Lot, useMarket } from './data.ts';

/** The second step of a withdrawal: what goes back, confirmed; then its receipt with content, date and time. */
export function WithdrawSheet({ lot, onClose }: { lot: Lot | null; onClose: () => void }) {
  const { t, locale } = useText();
  const format = useFormat();
  const market = useMarket();
  const queries = useQueryClient();
  const key = useKey();
  const withdraw = $api.useMutation('post', '/api/wallet/lots/{lot_id}/withdrawal', {
    onSettled: () => {
      for (const path of ['/api/wallet', '/api/wallet/history', '/api/wallet/lots']) {
        void queries.invalidateQueries({ queryKey: ['get', path] });
      }
    },
    onSuccess: key.renew,
  });
  const close = () => {
    withdraw.reset();
    key.renew();
    onClose();
  };
  const confirm = () => {
    if (!lot) return;
    withdraw.mutate({
      params: { path: { lot_id: lot.lot_id } },
      body: { coins: lot.unspent, amount: lot.refund },
      headers: { 'Idempotency-Key': key.value() },
    } as never);
  };
  const done = withdraw.data;
  return (
    <Sheet
      open={lot !== null}
      onClose={close}
      title={market?.contract.withdraw_step_1[locale] ?? ''}
      description={t('wallet.withdraw_text')}
    >
      {lot && !done && (
        <div className="grid gap-4">
          <ErrorNote error={withdraw.error} money />
          <Facts
            sum
            rows={[
              [t('wallet.bought_at'), format.dateTime(lot.bought_at)],
              [t('wallet.coins_back'), <Coins key="coins" amount={lot.unspent} />],
              [t('wallet.money_back'), <Price key="money" money={lot.refund} />],
            ]}
          />
          <Button tone="accent" size="lg" wide busy={withdraw.isPending} onClick={confirm}>
            {market?.contract.withdraw_step_2[locale]}
          </Button>
        </div>
      )}
      {done && (
        <div className="grid gap-4">
          <Note tone="good" icon="check">
            <p className="font-semibold">{t('wallet.withdrawn')}</p>
            <p>
              {t('wallet.withdrawn_text', {
                amount: format.money(done.amount),
                n: Number(done.coins),
                at: format.dateTime(done.withdrawn_at),
              })}
            </p>
            <p className="mt-1 break-all text-soft text-xs">{done.withdrawal_id}</p>
          </Note>
          <Button wide onClick={close}>
            {t('ui.close')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
