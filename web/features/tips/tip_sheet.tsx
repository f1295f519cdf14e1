import { useCallback, useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Button,
  buttonClass,
  Choices,
  ErrorNote,
  Facts,
  Note,
  Price,
  Sheet,
  TextField,
  toast,
} from '../../ui/index.ts';
import { minorOf } from '../gifts/goal_section.tsx';
import { useMarket } from '../wallet/data.ts';
import { MethodChoice } from '../wallet/method_choice.tsx';
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
            onGive={() => order.give(subject, shown, method_id)}
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
          <BankStep tip={order.tip} />
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

function TipFoot(props: { quote: Quote; name: string; busy: boolean; ready: boolean; onGive: () => void }) {
  const { t, locale } = useText();
  const market = useMarket();
  const { amount, fee, total } = props.quote;
  return (
    <>
      <div className="mb-3">
        <Facts
          sum
          rows={[
            [t('tips.to_creator', { name: props.name }), <Price key="amount" money={amount} />],
            [t('tips.fee'), <Price key="fee" money={fee} />],
            [t('wallet.total'), <Price key="total" money={total} />],
          ]}
        />
      </div>
      <Button tone="accent" size="lg" wide busy={props.busy} disabled={!props.ready} onClick={props.onGive}>
        {market?.contract.order_button[locale] ?? t('wallet.order')}
      </Button>
    </>
  );
}

/** The payment waits for its payer, or for the provider; it can be left and found again. */
function BankStep({ tip }: { tip: Tip }) {
  const { t } = useText();
  const { action_url } = tip.payment;
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
