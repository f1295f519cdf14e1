import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Choices, ErrorNote, Select, Skeleton } from '../../ui/index.ts';

interface MethodChoiceProps {
  value: string;
  onChange: (method_id: string) => void;
}

/** Stored ways to pay, and the sandbox's cards: each plays what a real card does on some bad day. */
export function MethodChoice({ value, onChange }: MethodChoiceProps) {
  const { t } = useText();
  const queries = useQueryClient();
  const methods = $api.useQuery('get', '/api/payment-methods');
  const store = $api.useMutation('post', '/api/payment-methods', {
    onSuccess: async (method) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/payment-methods'] });
      onChange(method.method_id);
    },
  });
  const items = methods.data?.items;
  const first = items?.[0]?.method_id;
  useEffect(() => {
    if (first && value === '') onChange(first);
  }, [first, value, onChange]);
  if (methods.error) return <ErrorNote error={methods.error} onRetry={() => void methods.refetch()} />;
  if (!items) return <Skeleton className="h-24" />;
  const cards = methods.data?.demo_cards ?? [];
  const cardName = (card: string) => t(`wallet.card_${card}`);
  return (
    <div className="grid gap-3">
      {items.length > 0 && (
        <Choices
          label={t('wallet.method')}
          value={value}
          onChange={onChange}
          choices={items.slice(0, 4).map(({ method_id, brand, last4 }) => ({
            value: method_id,
            label: t('wallet.card', { brand, last4 }),
          }))}
        />
      )}
      <Select
        label={items.length > 0 ? t('wallet.add_method') : t('wallet.method')}
        hint={t('wallet.demo_cards_hint')}
        value=""
        onChange={(card) => card && store.mutate({ body: { card: card as 'ok' } })}
        choices={[
          { value: '', label: t('wallet.choose_card') },
          ...cards.map(({ card, brand, last4 }) => ({
            value: card,
            label: `${t('wallet.card', { brand, last4 })} · ${cardName(card)}`,
          })),
        ]}
      />
      <ErrorNote error={store.error} />
    </div>
  );
}
