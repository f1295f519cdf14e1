import type { Gift } from '@souk/sdk/live';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../text.ts';
import { Avatar, cx } from '../../ui/index.ts';
import { useCatalog } from './data.ts';
import { GiftArt } from './gift_art.tsx';

type Shown = { id: string; run: string; gift: Gift; count: number; class: 'chip' | 'banner' | 'stage'; until: number };

const LASTS_MS = { chip: 3_600, banner: 4_800, stage: 6_500 };
const MOST = { chip: 3, banner: 1, stage: 1 };

/**
 * Gifts over the picture of a live room: chips at its edge, banners above, and one at a time on the whole stage.
 * Pieces of one combo count up in place. Give it the room's gifts as they came; it shows each once.
 */
export function GiftStage({ gifts, className }: { gifts: readonly Gift[]; className?: string }) {
  const { t } = useText();
  const classOf = useGiftClass();
  const shown = useShown(gifts, classOf);
  const of = (kind: Shown['class']) => shown.filter((one) => one.class === kind).slice(-MOST[kind]);
  return (
    <div className={cx('pointer-events-none absolute inset-0 overflow-hidden', className)}>
      {of('stage').map((one) => (
        <StageGift key={one.run} one={one} />
      ))}
      <div className="absolute inset-x-0 top-[16%] flex flex-col items-center gap-2 px-3">
        {of('banner').map((one) => (
          <div
            key={one.run}
            className="gift-in-banner flex max-w-full items-center gap-3 rounded-full bg-black/60 py-1.5 pr-5 pl-2 text-white backdrop-blur-md"
          >
            <GiftArt gift={one.gift.gift} moving className="size-14 shrink-0" />
            <Words one={one} />
          </div>
        ))}
      </div>
      <div className="absolute bottom-[44%] left-3 grid max-w-[78%] gap-2 md:bottom-6">
        {of('chip').map((one) => (
          <div
            key={one.run}
            className="gift-in-chip flex w-fit max-w-full items-center gap-2 rounded-full bg-black/55 py-1 pr-4 pl-1 text-white backdrop-blur-md"
          >
            <Avatar name={one.gift.by.name} src={one.gift.by.avatar_url} size="sm" />
            <Words one={one} />
            <GiftArt gift={one.gift.gift} moving className="size-9 shrink-0" />
          </div>
        ))}
      </div>
      <p className="sr-only" aria-live="polite">
        {shown.length > 0 && t('gifts.announced', wordsOf(shown.at(-1) as Shown, t))}
      </p>
    </div>
  );
}

function wordsOf({ gift, count }: Shown, t: (id: string) => string) {
  return { by: gift.by.name, name: t(`gifts.name_${gift.gift}`), n: count };
}

function Words({ one }: { one: Shown }) {
  const { t } = useText();
  return (
    <span className="min-w-0 leading-tight">
      <span className="block truncate font-semibold text-sm">{one.gift.by.name}</span>
      <span className="block truncate text-white/80 text-xs">
        {t(`gifts.name_${one.gift.gift}`)}
        {one.count > 1 && (
          <b key={one.count} className="gift-count tabular ml-1.5 inline-block text-accent text-base">
            {t('gifts.combo', { n: one.count })}
          </b>
        )}
      </span>
    </span>
  );
}

const PETALS = Array.from({ length: 14 }, (_, at) => at);

function StageGift({ one }: { one: Shown }) {
  return (
    <div className="absolute inset-0 flex items-center justify-center">
      <div aria-hidden="true" className="gift-light absolute size-[min(120vw,90vh)] rounded-full" />
      {PETALS.map((at) => (
        <span
          key={at}
          aria-hidden="true"
          className="gift-petal absolute size-2.5 rounded-full bg-accent"
          style={{
            left: `${(at * 37) % 100}%`,
            top: `${(at * 23) % 45}%`,
            animationDelay: `${(at * 160) % 1_400}ms`,
            ['--drift' as string]: `${((at * 53) % 120) - 60}px`,
          }}
        />
      ))}
      <div className="gift-in-stage flex flex-col items-center text-white">
        <GiftArt gift={one.gift.gift} moving className="size-[min(62vw,42vh)] drop-shadow-2xl" />
        <div className="-mt-2 rounded-full bg-black/60 px-5 py-2 text-center backdrop-blur-md">
          <Words one={one} />
        </div>
      </div>
    </div>
  );
}

function useGiftClass(): (gift: string) => Shown['class'] {
  const { data } = useCatalog();
  return (gift) => data?.items.find((one) => one.gift === gift)?.class ?? 'chip';
}

/** What is on the stage now: later pieces of a combo raise its count and keep it there. */
function useShown(gifts: readonly Gift[], classOf: (gift: string) => Shown['class']): Shown[] {
  const seen = useRef(new Set<string>());
  const [shown, setShown] = useState<Shown[]>([]);
  useEffect(() => {
    const fresh = gifts.filter((gift) => !seen.current.has(gift.id));
    if (fresh.length === 0) return;
    for (const gift of fresh) seen.current.add(gift.id);
    setShown((before) => fresh.reduce((all, gift) => raise(all, gift, classOf(gift.gift)), before));
  }, [gifts, classOf]);
  useEffect(() => {
    if (shown.length === 0) return;
    const next = Math.min(...shown.map(({ until }) => until));
    const timer = window.setTimeout(
      () => setShown((before) => before.filter(({ until }) => until > performance.now())),
      Math.max(16, next - performance.now()),
    );
    return () => window.clearTimeout(timer);
  }, [shown]);
  return shown;
}

function raise(all: Shown[], gift: Gift, kind: Shown['class']): Shown[] {
  const run = gift.combo_id ? `${gift.by.person_id} ${gift.combo_id}` : gift.id;
  const until = performance.now() + LASTS_MS[kind];
  const known = all.find((one) => one.run === run);
  if (!known) return [...all, { id: gift.id, run, gift, count: gift.count, class: kind, until }].slice(-12);
  return all.map((one) => (one.run === run ? { ...one, count: one.count + gift.count, until } : one));
}
