import type { BattleState } from '@souk/sdk/live';
import { type FormEvent, useState } from 'react';
import { $api, api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Choices, EmptyState, ErrorNote, Loading, Sheet } from '../../ui/index.ts';

const MINUTES = ['1', '3', '5', '10'];

/** The host asks another live for a battle, or gives up the one that runs. */
export function BattleButton({ room_id, battle }: { room_id: string; battle: BattleState | null | undefined }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const runs = battle && ['coming', 'running'].includes(battle.phase) ? battle : null;
  return (
    <>
      <Button icon="chart" onClick={() => setOpen(true)}>
        {t('battles.battle')}
      </Button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('battles.battle')} description={t('battles.text')}>
        {runs ? (
          <GiveUp battle={runs} onDone={() => setOpen(false)} />
        ) : (
          open && <Ask room_id={room_id} onDone={() => setOpen(false)} />
        )}
      </Sheet>
    </>
  );
}

function GiveUp({ battle, onDone }: { battle: BattleState; onDone: () => void }) {
  const { t } = useText();
  const stop = $api.useMutation('delete', '/api/battles/{battle_id}', { onSuccess: onDone });
  return (
    <div className="grid gap-4">
      <ErrorNote error={stop.error} />
      <p className="text-soft">{t('battles.give_up_text')}</p>
      <Button
        tone="danger"
        busy={stop.isPending}
        onClick={() => stop.mutate({ params: { path: { battle_id: battle.battle_id } } })}
      >
        {t('battles.give_up')}
      </Button>
    </div>
  );
}

function Ask({ room_id, onDone }: { room_id: string; onDone: () => void }) {
  const { t } = useText();
  const lives = $api.useQuery(
    'get',
    '/api/rooms',
    { params: { query: { state: 'live', limit: 30 } } },
    { staleTime: 0 },
  );
  const [rival, setRival] = useState('');
  const [minutes, setMinutes] = useState('3');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { rival_id: rival, lasts_s: Number(minutes) * 60 };
    const answer = await api.POST('/api/rooms/{room_id}/battle', { params: { path: { room_id } }, body });
    setBusy(false);
    setError(answer.error ?? null);
    if (!answer.error) onDone();
  };
  if (lives.isPending) return <Loading className="py-8" />;
  const others = (lives.data?.items ?? []).filter((room) => room.room_id !== room_id);
  if (others.length === 0)
    return <EmptyState icon="live" title={t('battles.nobody')} text={t('battles.nobody_text')} />;
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-5">
      <ErrorNote error={error ?? lives.error} />
      <Choices
        label={t('battles.with')}
        value={rival}
        onChange={setRival}
        choices={others.map((room) => ({ value: room.room_id, label: room.host.name, note: room.title }))}
      />
      <Choices
        label={t('battles.lasts')}
        look="chips"
        value={minutes}
        onChange={setMinutes}
        choices={MINUTES.map((n) => ({ value: n, label: t('battles.minutes', { n: Number(n) }) }))}
      />
      <Button tone="accent" submit busy={busy} disabled={rival === ''}>
        {t('battles.ask')}
      </Button>
    </form>
  );
}
