import { type CSSProperties, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useInstance } from '../../instance.ts';
import { useText } from '../../text.ts';
import { IconButton, Spinner } from '../../ui/index.ts';
import { type FeedItem, keyOf } from './data.ts';
import { Item } from './feed_item.tsx';
import { isWriting } from './use_item_keys.ts';
import { useViewing } from './viewing.ts';

interface FeedStageProps {
  /** What it is called, for screen readers. */
  name: string;
  items: FeedItem[];
  /** Which place to begin at, and where one is told to be. */
  at: number;
  onAt(place: number): void;
  /** Fetches more; null where there is no more. */
  onMore: (() => void) | null;
  busy: boolean;
  /** Over the upper edge. */
  top?: ReactNode;
  /** The last screen. */
  end: ReactNode;
}

/** With so many left, more is fetched. */
const NEARLY = 4;
/** The one that is watched, and the next two: no more players are alive. */
const AHEAD = 2;
/** Screens further away are empty. */
const DRAWN = 3;

const STEPS: Record<string, number> = { ArrowDown: 1, PageDown: 1, j: 1, ArrowUp: -1, PageUp: -1, k: -1 };

/** The feed: one thing a screen; swipe, wheel, keys and buttons go on. */
export function FeedStage({ name, items, at, onAt, onMore, busy, top, end }: FeedStageProps) {
  const { t } = useText();
  const note = useInstance()?.sandbox ? '1.5rem' : '0px';
  const { saver } = useViewing();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const shown = items.filter((item) => !gone.has(keyOf(item)));
  const [current, setCurrent] = useState(at);
  const list = useRef<HTMLElement>(null);
  const go = useGoing(list, shown.length);

  const told = useRef(onAt);
  told.current = onAt;
  const arrive = useCallback((place: number) => {
    setCurrent(place);
    told.current(place);
  }, []);
  useArrival(list, shown.length, arrive);
  useBeginning(list, at);

  const more = useRef(onMore);
  more.current = onMore;
  const nearly = current >= shown.length - NEARLY;
  useEffect(() => {
    if (nearly && !busy) more.current?.();
  }, [nearly, busy]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      const inSheet = event.target instanceof HTMLElement && event.target.closest('[role=dialog], [role=menu]');
      if (!step || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || inSheet) return;
      event.preventDefault();
      go(step);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [go]);

  return (
    <div
      style={{ '--note': note } as CSSProperties}
      className="relative h-[calc(100dvh-3.5rem-env(safe-area-inset-bottom))] bg-black md:h-[calc(100dvh-var(--note))] md:bg-ground"
    >
      {top && (
        <div className="absolute inset-x-0 top-0 z-20 bg-linear-to-b from-black/60 to-transparent pt-(--note) text-white md:right-auto md:left-4 md:bg-none md:pt-2 md:text-ink">
          {top}
        </div>
      )}
      <h1 className="sr-only">{name}</h1>
      <section
        ref={list}
        aria-label={name}
        aria-busy={busy}
        className="hide-scroll h-full snap-y snap-mandatory overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        {shown.map((item, place) => (
          <article
            key={keyOf(item)}
            aria-label={labelOf(item)}
            inert={place !== current}
            className="flex h-full snap-start snap-always justify-center md:py-4"
          >
            {Math.abs(place - current) <= DRAWN && (
              <div className="relative h-full w-full md:aspect-[9/16] md:w-auto md:max-w-[calc(100%-12rem)]">
                <Item
                  item={item}
                  active={place === current}
                  near={place >= current && place <= current + (saver ? 0 : AHEAD)}
                  onRefused={() => setGone((before) => new Set([...before, keyOf(item)]))}
                />
              </div>
            )}
          </article>
        ))}
        {/* Another element with every page: the browser would hold on to it and skip what came before it. */}
        <div key={shown.length} className="flex h-full snap-start items-center justify-center">
          {busy ? <Spinner className="size-8 text-soft" /> : end}
        </div>
      </section>
      <div className="absolute top-1/2 right-5 hidden -translate-y-1/2 flex-col gap-3 md:flex">
        <IconButton icon="up" label={t('feed.before')} onClick={() => go(-1)} disabled={current === 0} />
        <IconButton icon="down" label={t('feed.next')} onClick={() => go(1)} disabled={current >= shown.length} />
      </div>
    </div>
  );
}

function labelOf(item: FeedItem): string {
  if (item.kind === 'video') return `${item.video.person.name}: ${item.video.caption}`;
  if (item.kind === 'live') return `${item.room.host.name}: ${item.room.title}`;
  return `${item.schedule.host.name}: ${item.schedule.title}`;
}

type List = React.RefObject<HTMLElement | null>;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Goes on by a screen, or back. */
function useGoing(list: List, count: number): (step: number) => void {
  return useCallback(
    (step) => {
      const scroller = list.current;
      if (!scroller) return;
      const height = scroller.clientHeight;
      const place = Math.min(count, Math.max(0, Math.round(scroller.scrollTop / height) + step));
      scroller.scrollTo({ top: place * height, behavior: calm.matches ? 'instant' : 'smooth' });
    },
    [list, count],
  );
}

/** Tells on which screen the scroller came to rest, or nearly. */
function useArrival(list: List, count: number, onArrival: (place: number) => void): void {
  const last = useRef(-1);
  useEffect(() => {
    const scroller = list.current;
    if (!scroller) return;
    const look = () => {
      const place = Math.round(scroller.scrollTop / Math.max(1, scroller.clientHeight));
      if (place === last.current || place > count) return;
      last.current = place;
      onArrival(place);
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    return () => scroller.removeEventListener('scroll', look);
  }, [list, count, onArrival]);
}

/** Comes back to where one was. */
function useBeginning(list: List, at: number): void {
  const begun = useRef(false);
  useEffect(() => {
    const scroller = list.current;
    if (!scroller || begun.current) return;
    begun.current = true;
    if (at > 0) scroller.scrollTo({ top: at * scroller.clientHeight, behavior: 'instant' });
  }, [list, at]);
}
