import { useState } from 'react';
import { $api, useKey } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Choices, ErrorNote, Section, Skeleton, TextField, toast } from '../../ui/index.ts';
import { type Goal, useGoals } from './data.ts';
import { GoalBar } from './goal_bar.tsx';

/** The goals of a creator: of the profile and, while one is live, of the room. */
export function GoalSection({ person_id }: { person_id: string }) {
  const { t } = useText();
  const goals = useGoals(person_id);
  const live = $api.useQuery('get', '/api/rooms', {
    params: { query: { state: 'live', host_id: person_id, limit: 1 } },
  });
  const room = live.data?.items[0];
  const [asked, setAsked] = useState(false);
  const end = $api.useMutation('delete', '/api/gifts/goals', { onSuccess: () => void goals.refetch() });
  const endOne = (goal: Goal) => end.mutate({ params: { query: goal.room_id ? { room_id: goal.room_id } : {} } });
  const items = goals.data?.items ?? [];
  return (
    <Section title={t('gifts.goals')} text={t('gifts.goals_text')}>
      <ErrorNote error={goals.error ?? end.error} onRetry={() => void goals.refetch()} />
      {goals.isPending && <Skeleton className="h-20 rounded-xl" />}
      <ul className="grid gap-4">
        {items.map((goal) => (
          <li key={goal.goal_id} className="rounded-lg border border-line/70 bg-surface p-4">
            <GoalBar goal={goal} />
            <div className="mt-2 flex items-center gap-3 text-soft text-sm">
              <span className="grow">{t(goal.room_id ? 'gifts.goal_of_room' : 'gifts.goal_of_profile')}</span>
              <Button size="sm" tone="quiet" busy={end.isPending} onClick={() => endOne(goal)}>
                {t('gifts.goal_end')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asked ? (
        <GoalForm
          {...(room && { room_id: room.room_id })}
          onDone={() => {
            setAsked(false);
            void goals.refetch();
          }}
        />
      ) : (
        goals.data && (
          <Button icon="plus" className="mt-4" onClick={() => setAsked(true)}>
            {t('gifts.goal_new')}
          </Button>
        )
      )}
    </Section>
  );
}

function GoalForm({ room_id, onDone }: { room_id?: string; onDone: () => void }) {
  const { t } = useText();
  const key = useKey();
  const [title, setTitle] = useState('');
  const [unit, setUnit] = useState<'coins' | 'money'>('coins');
  const [place, setPlace] = useState<'room' | 'profile'>(room_id ? 'room' : 'profile');
  const [target, setTarget] = useState('');
  const set = $api.useMutation('post', '/api/gifts/goals', {
    onSuccess: () => {
      key.renew();
      toast({ title: t('gifts.goal_set'), tone: 'good' });
      onDone();
    },
  });
  const digits = minorOf(target, unit);
  return (
    <form
      className="mt-4 grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (digits === null) return;
        const where = place === 'room' && room_id ? { room_id } : {};
        set.mutate({ body: { title, unit, target: digits, ...where }, headers: { 'Idempotency-Key': key.value() } });
      }}
    >
      <ErrorNote error={set.error} />
      <TextField
        label={t('gifts.goal_title')}
        hint={t('gifts.goal_title_hint')}
        maxLength={80}
        value={title}
        onChange={setTitle}
      />
      <Choices
        label={t('gifts.goal_unit')}
        look="chips"
        value={unit}
        onChange={setUnit}
        choices={[
          { value: 'coins', label: t('gifts.goal_coins') },
          { value: 'money', label: t('gifts.goal_money') },
        ]}
      />
      <TextField
        label={t(unit === 'coins' ? 'gifts.goal_target_coins' : 'gifts.goal_target_money')}
        inputMode={unit === 'coins' ? 'numeric' : 'decimal'}
        value={target}
        onChange={setTarget}
        {...(target !== '' && digits === null && { error: t('gifts.goal_target_wrong') })}
      />
      {room_id && (
        <Choices
          label={t('gifts.goal_place')}
          look="chips"
          value={place}
          onChange={setPlace}
          choices={[
            { value: 'room', label: t('gifts.goal_of_room') },
            { value: 'profile', label: t('gifts.goal_of_profile') },
          ]}
        />
      )}
      <Button
        submit
        tone="accent"
        className="justify-self-start"
        busy={set.isPending}
        disabled={!title.trim() || digits === null}
      >
        {t('gifts.goal_save')}
      </Button>
    </form>
  );
}

/** Digits as they travel: coins as they stand, money in minor units. Null: that is no amount. */
export function minorOf(text: string, unit: 'coins' | 'money'): string | null {
  const plain = text.trim();
  if (unit === 'coins') return /^[1-9]\d{0,11}$/.test(plain) ? plain : null;
  const found = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const minor = BigInt(found[1] as string) * 100n + BigInt((found[2] ?? '').padEnd(2, '0'));
  return minor > 0n ? String(minor) : null;
}
