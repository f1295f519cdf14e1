import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { type Money, useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, Card, ErrorNote, Note, Progress, Skeleton, TextField, toast } from '../../ui/index.ts';
import type { SpendingLimits } from './data.ts';

/** What was given today and this month, and one's own limits: narrower at once, wider after a day. */
export function LimitsTab() {
  const { me } = useSignedIn();
  const limits = $api.useQuery('get', '/api/wallet/limits', {}, { enabled: me !== null });
  if (limits.error) return <ErrorNote error={limits.error} onRetry={() => void limits.refetch()} />;
  if (!limits.data) return <Skeleton className="h-64 rounded-xl" />;
  return <Limits limits={limits.data} />;
}

function Limits({ limits }: { limits: SpendingLimits }) {
  const { t } = useText();
  const format = useFormat();
  const note = (of: { spent: Money; limit: Money }) =>
    t('wallet.spent_of', { spent: format.money(of.spent), limit: format.money(of.limit) });
  return (
    <div className="grid gap-5">
      <Card className="grid gap-5">
        {(['day', 'month'] as const).map((span) => (
          <Progress
            key={span}
            label={t(`wallet.gifts_${span}`)}
            value={Number(limits[span].spent.amount)}
            max={Math.max(1, Number(limits[span].limit.amount))}
            note={note(limits[span])}
          />
        ))}
      </Card>
      {limits.wider && (
        <Note icon="clock">
          {t('wallet.wider_waits', {
            at: format.dateTime(limits.wider.from_at),
            day: limits.wider.day ? format.money(limits.wider.day) : t('wallet.no_own_limit'),
            month: limits.wider.month ? format.money(limits.wider.month) : t('wallet.no_own_limit'),
          })}
        </Note>
      )}
      <OwnLimits limits={limits} />
    </div>
  );
}

const majorOf = (money: Money | null): string => (money ? String(BigInt(money.amount) / 100n) : '');

function OwnLimits({ limits }: { limits: SpendingLimits }) {
  const { t } = useText();
  const queries = useQueryClient();
  const { currency } = limits.day.limit;
  const [day, setDay] = useState(majorOf(limits.day.own));
  const [month, setMonth] = useState(majorOf(limits.month.own));
  const save = $api.useMutation('put', '/api/wallet/limits', {
    onSuccess: () => {
      toast({ title: t('wallet.limits_saved') });
      void queries.invalidateQueries({ queryKey: ['get', '/api/wallet/limits'] });
    },
  });
  const moneyOf = (text: string): Money | null =>
    text === '' ? null : { amount: String(BigInt(text) * 100n), currency };
  const valid = [day, month].every((text) => /^\d{0,7}$/.test(text));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) save.mutate({ body: { day: moneyOf(day), month: moneyOf(month) } });
  };
  const field = (label: string, value: string, set: (text: string) => void) => (
    <TextField
      label={label}
      value={value}
      onChange={set}
      inputMode="numeric"
      optional
      suffix={currency}
      autoComplete="off"
    />
  );
  return (
    <form onSubmit={submit} className="grid gap-4">
      <div>
        <h2 className="text-lg">{t('wallet.own_limits')}</h2>
        <p className="text-soft text-sm">{t('wallet.own_limits_text')}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {field(t('wallet.limit_day'), day, setDay)}
        {field(t('wallet.limit_month'), month, setMonth)}
      </div>
      <ErrorNote error={save.error} />
      <Button submit busy={save.isPending} disabled={!valid} className="justify-self-start">
        {t('wallet.save_limits')}
      </Button>
    </form>
  );
}
