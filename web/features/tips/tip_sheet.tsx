import { useCallback, useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Choices, ErrorNote, Note, Price, Sheet, TextField, toast } from '../../ui/index.ts';
import { minorOf } from '../gifts/goal_section.tsx';
import { useMarket } from '../wallet/data.ts';
import { MethodChoice } from '../wallet/method_choice.tsx';
import { BankStep, OrderFoot, type OrderFootProps } from '../wallet/pay_parts.tsx';
import { type Quote, type Subject, type Tip, useTip } from './use_tip.ts';

interface TipSheetProps {
  open: boolean;
  onClose: () => void;
  name: string;
  subject: Subject;
}

const OWN = 'own';

/** Money for a creator: how much, what the fee is, and the total directly above the button of the law. */
export function TipSheet({ open, onClose, name, subject }: TipSheetProps) {
  const { t } = useText();
  const format = useFormat();
  const market = useMarket();
  const [choice, setChoice] = useState('');
  const [own, setOwn] = useState('');
  const [method_id, setMethod] = useState('');
  const shortcuts = market?.tips.shortcuts ?? [];
  const picked = choice || shortcuts[1]?.amount || '';
  const amount = picked === OWN ? minorOf(own, 'money') : picked;
  const quote = $api.useQuery(
    'get',
    '/api/tips/quote',
    { params: { query: { amount: amount ?? '' } } },
    { enabled: open && Boolean(amount) },
  );
  const onPaid = useCallback(
    (tip: Tip) => {
      toast({ title: t('tips.given', { amount: format.money(tip.amount), name }), tone: 'good' });
      onClose();
    },
    [t, format, name, onClose],
  );
  const order = useTip(onPaid);
  const waits = order.tip?.state === 'unpaid';
  const close = () => {
    order.forget();
    onClose();
  };
  const shown = amount && !quote.error ? quote.data : undefined;
  return (
    <Sheet
      open={open}
      onClose={close}
      title={t('tips.title', { name })}
      description={t('tips.text', { name })}
      foot={
        shown &&
        !waits && (
          <TipFoot
            quote={shown}
            name={name}
            busy={order.busy}
            ready={method_id !== ''}
            onOrder={() => order.give(subject, shown, method_id)}
          />
        )
      }
    >
      <div className="grid gap-4">
        <ErrorNote error={order.error} money />
        {order.tip?.state === 'failed' && (
          <Note icon="alert">
            <p className="font-semibold">{t('tips.declined')}</p>
            <p>{t('problem.money_stayed')}</p>
          </Note>
        )}
        {waits && order.tip ? (
          <BankStep action_url={order.tip.payment.action_url} />
        ) : (
          <>
            <Choices
              label={t('tips.how_much')}
              look="chips"
              value={picked}
              onChange={setChoice}
              choices={[
                ...shortcuts.map((money) => ({ value: money.amount, label: format.money(money) })),
                { value: OWN, label: t('tips.own') },
              ]}
            />
            {picked === OWN && market && (
              <TextField
                label={t('tips.own_amount')}
                hint={t('tips.range', {
                  least: format.money(market.tips.minimum),
                  most: format.money(market.tips.maximum),
                })}
                inputMode="decimal"
                suffix={market.currency}
                value={own}
                onChange={setOwn}
              />
            )}
            {amount && <ErrorNote error={quote.error} />}
            <MethodChoice value={method_id} onChange={setMethod} />
          </>
        )}
      </div>
    </Sheet>
  );
}

function TipFoot({ quote, name, ...order }: { quote: Quote; name: string } & Omit<OrderFootProps, 'rows'>) {
  const { t } = useText();
  const { amount, fee, total } = quote;
  return (
    <OrderFoot
      {...order}
      rows={[
        [t('tips.to_creator', { name }), <Price key="amount" money={amount} />],
        [t('tips.fee'), <Price key="fee" money={fee} />],
        [t('wallet.total'), <Price key="total" money={total} />],
      ]}
    />
  );
}
