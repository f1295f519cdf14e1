import type { BattleState } from '@souk/sdk/live';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, Link, toast, useProblemText } from '../../ui/index.ts';
import { useBattle, useSecondsUntil } from './use_battle.ts';

interface BattleBarProps {
  room_id: string;
  told: BattleState | null | undefined;
  /** The host of this room is asked, and may take back. */
  is_host?: boolean;
}

/** Two lives against each other: who leads, and for how long. An invitation is seen by its two hosts only. */
export function BattleBar({ room_id, told, is_host = false }: BattleBarProps) {
  const battle = useBattle(room_id, told);
  if (!battle || battle.phase === 'off') return null;
  if (battle.phase === 'asked') return is_host ? <Invitation battle={battle} room_id={room_id} /> : null;
  return <Score battle={battle} room_id={room_id} />;
}

function Score({ battle, room_id }: { battle: BattleState; room_id: string }) {
  const { t } = useText();
  const format = useFormat();
  const { phase, starts_at, ends_at, told_at } = battle;
  const seconds = useSecondsUntil(phase === 'coming' ? starts_at : ends_at, told_at);
  const mine = battle.sides.find((side) => side.room_id === room_id);
  const other = battle.sides.find((side) => side.room_id !== room_id);
  if (!mine || !other) return null;
  const [us, them] = [Number(mine.coins), Number(other.coins)];
  const share = us + them === 0 ? 50 : Math.min(92, Math.max(8, (us / (us + them)) * 100));
  const winner = us === them ? null : us > them ? mine : other;
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <section
      aria-label={t('battles.battle')}
      className="grid w-64 max-w-full gap-1.5 rounded-lg bg-black/55 p-2 text-white text-xs backdrop-blur-md"
    >
      <p className="flex items-baseline justify-between gap-2 font-semibold">
        <span className="min-w-0 truncate">{mine.host.name}</span>
        <span role="timer" className="tabular shrink-0">
          {phase === 'coming' && t('battles.begins_in', { n: seconds })}
          {phase === 'running' && clock}
          {phase === 'closing' && t('battles.closing')}
          {phase === 'over' && t('battles.over')}
        </span>
        <Link
          to={`/live/${other.room_id}`}
          className="pointer-events-auto min-w-0 truncate underline underline-offset-2"
        >
          {other.host.name}
        </Link>
      </p>
      <div aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-full">
        <span className="bg-accent transition-[width] duration-300" style={{ width: `${share}%` }} />
        <span className="flex-1 bg-white/45" />
      </div>
      <p className="tabular flex justify-between gap-2">
        <span>{t('battles.coins', { n: us, shown: format.number(us) })}</span>
        <span>{t('battles.coins', { n: them, shown: format.number(them) })}</span>
      </p>
      {phase === 'over' && (
        <p role="status" className="text-center font-bold text-sm">
          {winner ? t('battles.wins', { name: winner.host.name }) : t('battles.draw')}
        </p>
      )}
    </section>
  );
}

function Invitation({ battle, room_id }: { battle: BattleState; room_id: string }) {
  const { t } = useText();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const [by, asked] = battle.sides;
  if (!by || !asked) return null;
  const am_asked = asked.room_id === room_id;
  const params = { path: { battle_id: battle.battle_id } };
  const run = async (work: () => Promise<{ error?: unknown }>) => {
    setBusy(true);
    const { error } = await work();
    setBusy(false);
    if (error) toast({ title: problemText(error), tone: 'bad' });
  };
  const minutes = battle.lasts_s / 60;
  return (
    <section
      aria-label={t('battles.battle')}
      role="status"
      className="pointer-events-auto grid w-64 max-w-full gap-2 rounded-lg bg-surface p-3 text-ink text-sm shadow-lift"
    >
      <p>
        {am_asked
          ? t('battles.asks_you', { name: by.host.name, n: minutes })
          : t('battles.you_asked', { name: asked.host.name })}
      </p>
      <div className="flex flex-wrap gap-2">
        {am_asked && (
          <Button
            size="sm"
            tone="accent"
            busy={busy}
            onClick={() => void run(() => api.PUT('/api/battles/{battle_id}/accept', { params }))}
          >
            {t('battles.accept')}
          </Button>
        )}
        <Button
          size="sm"
          disabled={busy}
          onClick={() => void run(() => api.DELETE('/api/battles/{battle_id}', { params }))}
        >
          {t(am_asked ? 'battles.decline' : 'battles.take_back')}
        </Button>
      </div>
    </section>
  );
}
