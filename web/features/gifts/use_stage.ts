import type { Gift } from '@souk/sdk/live';
import { useEffect, useReducer, useRef } from 'react';
import { useCatalog } from './data.ts';
import { soundOf } from './gift_sound.ts';
import { type Act, advance, emptyStage, offer, type StageQueue, takeBack, told, without } from './stage_queue.ts';

type Kind = 'chip' | 'banner' | 'stage';
export type Shown = Act & { class: Exclude<Kind, 'stage'>; until: number };

export interface Stage {
  /** Chips and banners, the oldest first. */
  shown: Shown[];
  stage: StageQueue;
  latest: Act | null;
}

type Said =
  | { type: 'gift'; act: Act; class: Kind; now: number }
  | { type: 'back'; gift_id: string; now: number }
  | { type: 'time'; now: number }
  | { type: 'told' };

const LASTS_MS = { chip: 3_600, banner: 4_800 };
const MOST_SHOWN = 12;
const SKIPPED_SHOWN_MS = 8_000;

function reduce(view: Stage, said: Said): Stage {
  switch (said.type) {
    case 'gift':
      if (said.class === 'stage') return { ...view, stage: offer(view.stage, said.act, said.now), latest: said.act };
      return { ...view, shown: raise(view.shown, said.act, said.class, said.now), latest: said.act };
    case 'back':
      return {
        ...view,
        shown: view.shown.flatMap((one) => without(one, said.gift_id)),
        stage: takeBack(view.stage, said.gift_id, said.now),
      };
    case 'time':
      return {
        ...view,
        shown: view.shown.filter(({ until }) => until > said.now),
        stage: advance(view.stage, said.now),
      };
    case 'told':
      return { ...view, stage: told(view.stage) };
  }
}

function raise(all: Shown[], act: Act, kind: Shown['class'], now: number): Shown[] {
  const until = now + LASTS_MS[kind];
  const known = all.find((one) => one.run === act.run);
  if (!known) return [...all, { ...act, class: kind, until }].slice(-MOST_SHOWN);
  const more = { count: known.count + act.count, parts: [...known.parts, ...act.parts], until };
  return all.map((one) => (one === known ? { ...one, ...more } : one));
}

const actOf = (gift: Gift): Act => ({
  run: gift.combo_id ? `${gift.by.person_id} ${gift.combo_id} ${gift.gift}` : gift.id,
  gift: gift.gift,
  count: gift.count,
  by: gift.by,
  parts: gift.parts ?? [{ id: gift.id, count: gift.count }],
});

/** What of a room's gifts is to be seen now; each also sounds once, where the viewer allows it. */
export function useStage(gifts: readonly Gift[], returned: readonly string[] = [], silent = false): Stage {
  const { data } = useCatalog();
  const seen = useRef(new Set<string>());
  const [view, say] = useReducer(reduce, { shown: [], stage: emptyStage, latest: null });
  useEffect(() => {
    if (!data) return;
    const classOf = (gift: string): Kind => data.items.find((one) => one.gift === gift)?.class ?? 'chip';
    for (const gift of gifts) {
      if (seen.current.has(gift.id)) continue;
      seen.current.add(gift.id);
      const kind = classOf(gift.gift);
      say({ type: 'gift', act: actOf(gift), class: kind, now: performance.now() });
      if (!silent && kind !== 'stage') soundOf(gift.gift, kind === 'chip');
    }
  }, [gifts, data, silent]);

  useEffect(() => {
    for (const id of returned) {
      if (seen.current.has(`back ${id}`)) continue;
      seen.current.add(`back ${id}`);
      say({ type: 'back', gift_id: id, now: performance.now() });
    }
  }, [returned]);

  const playing = view.stage.playing?.run;
  const playing_gift = view.stage.playing?.gift;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each run that gets the stage
  useEffect(() => {
    if (playing_gift && !silent) soundOf(playing_gift, false);
  }, [playing]);

  const next = Math.min(...view.shown.map(({ until }) => until), view.stage.playing?.until ?? Number.POSITIVE_INFINITY);
  useEffect(() => {
    if (!Number.isFinite(next)) return;
    const wait = Math.max(16, next - performance.now());
    // A timer may come a fraction early; nothing would end then, and nothing would ask again.
    const timer = window.setTimeout(() => say({ type: 'time', now: Math.max(next, performance.now()) }), wait);
    return () => window.clearTimeout(timer);
  }, [next]);

  const skipped = Object.keys(view.stage.skipped).length > 0;
  useEffect(() => {
    if (!skipped) return;
    const timer = window.setTimeout(() => say({ type: 'told' }), SKIPPED_SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [skipped]);
  return view;
}
