import type { BattleState } from '@souk/sdk/live';
import { useEffect, useState } from 'react';
import { $api } from '../../api.ts';

/** The battle of a live: as it stands, then as the room tells it; asked for again where a phase ends unsaid. */
export function useBattle(room_id: string, told: BattleState | null | undefined): BattleState | null {
  const first = $api.useQuery('get', '/api/rooms/{room_id}/battle', { params: { path: { room_id } } });
  const [newer, setNewer] = useState<BattleState | null | undefined>(undefined);
  useEffect(() => setNewer(told), [told]);
  const battle = newer === undefined ? ((first.data?.battle as BattleState | null | undefined) ?? null) : newer;
  const { refetch } = first;
  const next = battle && nextChange(battle);
  useEffect(() => {
    if (next === null) return;
    const timer = window.setTimeout(async () => {
      const { data } = await refetch();
      if (data) setNewer(data.battle as BattleState | null);
    }, next);
    return () => window.clearTimeout(timer);
  }, [next, refetch]);
  return battle;
}

const ASKED_MS = 60_000;
const CLOSING_MS = 10_000;
const SLACK_MS = 400;

/** Milliseconds until a battle is another thing than what was told; null when it stays as it is. */
function nextChange({ phase, starts_at, ends_at, told_at }: BattleState): number | null {
  const told = Date.parse(told_at);
  const until = (time: string | null, more = 0) => (time ? Date.parse(time) + more - told + SLACK_MS : null);
  if (phase === 'asked') return ASKED_MS + SLACK_MS;
  if (phase === 'coming') return until(starts_at);
  if (phase === 'running') return until(ends_at);
  if (phase === 'closing') return until(ends_at, CLOSING_MS);
  return null;
}

/** Whole seconds until an instant of the server's clock. */
export function useSecondsUntil(time: string | null, told_at: string): number {
  const [offset, setOffset] = useState(() => Date.parse(told_at) - Date.now());
  const [now, setNow] = useState(Date.now);
  useEffect(() => setOffset(Date.parse(told_at) - Date.now()), [told_at]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return time === null ? 0 : Math.max(0, Math.ceil((Date.parse(time) - now - offset) / 1_000));
}
