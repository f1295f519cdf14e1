import { useText } from '../../text.ts';
import { Choices, Select } from '../../ui/index.ts';
import type { DemoCard, useMethods } from './data.ts';

const NEW = 'new';
type Method = NonNullable<ReturnType<typeof useMethods>['data']>['items'][number];

/** The sandbox's cards, in the order in which they are worth trying. */
export const DEMO_CARDS: DemoCard[] = [
  'ok',
  'bank_step',
  'declined',
  'insufficient_funds',
  'slow',
  'charged_500',
  'debit',
];

interface MethodChoiceProps {
  known: Method[];
  /** A method's id, or null for a new demo card. */
  value: string | null;
  onChange: (method_id: string | null) => void;
  card: DemoCard;
  onCard: (card: DemoCard) => void;
}

/** One of the stored ways to pay, or a demo card. No number of a card is ever typed here. */
export function MethodChoice({ known, value, onChange, card, onCard }: MethodChoiceProps) {
  const { t } = useText();
  return (
    <div className="grid gap-3">
      {known.length > 0 && (
        <Choices
          label={t('orders.pay_with')}
          value={value ?? NEW}
          onChange={(chosen) => onChange(chosen === NEW ? null : chosen)}
          choices={[
            ...known.map((method) => ({ value: method.method_id, label: `${method.brand} ·· ${method.last4}` })),
            { value: NEW, label: t('orders.new_card') },
          ]}
        />
      )}
      {value === null && (
        <Select
          label={known.length > 0 ? t('orders.new_card') : t('orders.pay_with')}
          hint={t('orders.demo_money')}
          value={card}
          onChange={onCard}
          choices={DEMO_CARDS.map((name) => ({ value: name, label: t(`orders.card_${name}`) }))}
        />
      )}
    </div>
  );
}
