import type { Gift, GoalReached } from '@souk/sdk/live';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Icon } from '../../ui/index.ts';
import type { OverlayFeed } from './data.ts';
import { setGiftVolume } from './gift_sound.ts';
import { GiftStage } from './gift_stage.tsx';
import { SupportView } from './room_support.tsx';

const ASK_MS = 1_000;
/** A gift younger than this that is gone was taken back; an older one has left the feed. */
const KEPT_MS = 45_000;
const SALE_MS = 8_000;

/** For OBS: a transparent page that shows gifts, goals and sales of one's own live. `?sound=60` lets gifts sound. */
export default function OverlayPage() {
  const { secret = '' } = useParams({ strict: false });
  const feed = useFeed(secret);
  const { gifts, returned, sales, celebrated } = useHappenings(feed);
  useClearPage();
  useEffect(() => {
    const wanted = Number(new URLSearchParams(location.search).get('sound') ?? 0);
    setGiftVolume(Number.isFinite(wanted) ? Math.min(100, Math.max(0, wanted)) / 100 : 0);
  }, []);
  if (!feed) return null;
  return (
    <div className="fixed inset-0 overflow-hidden bg-transparent text-white">
      <GiftStage gifts={gifts} returned={returned} />
      <div className="absolute top-6 left-6">
        <SupportView
          goals={feed.goals}
          momentum={feed.momentum}
          celebrated={celebrated}
          className="w-72 origin-top-left scale-150"
        />
      </div>
      <div className="absolute right-6 bottom-6 grid gap-2">
        {sales.map((sale) => (
          <Sale key={sale.id} product_id={sale.thing.id} />
        ))}
      </div>
    </div>
  );
}

/** What the overlay shows; null while there is nothing to show, and at once when the address is dead. */
function useFeed(secret: string): OverlayFeed | null {
  const query = useQuery({
    queryKey: ['overlay', secret],
    queryFn: async (): Promise<OverlayFeed | null> => {
      const answer = await fetch('/api/gifts/overlay/feed', { headers: { 'x-overlay-secret': secret } });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`the feed answered ${answer.status}`);
      return answer.json();
    },
    refetchInterval: ASK_MS,
    refetchIntervalInBackground: true,
    retry: false,
  });
  return query.data ?? null;
}

/** What is new since the page was opened. */
function useHappenings(feed: OverlayFeed | null) {
  const known = useRef<Map<string, number> | null>(null);
  const reached = useRef<Set<string> | null>(null);
  const [gifts, setGifts] = useState<Gift[]>([]);
  const [returned, setReturned] = useState<string[]>([]);
  const [sales, setSales] = useState<
    (Extract<OverlayFeed['events'][number], { type: 'purchase' }> & { until: number })[]
  >([]);
  const [celebrated, setCelebrated] = useState<GoalReached | null>(null);
  useEffect(() => {
    if (!feed) return;
    const now = performance.now();
    const first = known.current === null;
    known.current ??= new Map();
    const seen = known.current;
    const fresh = feed.events.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.set(id, now);
    const here = new Set(feed.events.map(({ id }) => id));
    const gone = [...seen].filter(([id, at]) => !here.has(id) && now - at < KEPT_MS).map(([id]) => id);
    for (const id of gone) seen.delete(id);
    const full = feed.goals.filter((goal) => goal.reached);
    const news = full.find(({ goal_id }) => reached.current && !reached.current.has(goal_id));
    reached.current = new Set(full.map(({ goal_id }) => goal_id));
    if (news)
      setCelebrated({ type: 'goal.reached', id: news.goal_id, at: '', goal_id: news.goal_id, title: news.title });
    if (first) return;
    setGifts((before) => [...before, ...fresh.filter((event) => event.type === 'gift')].slice(-60));
    setReturned((before) => [...before, ...gone].slice(-60));
    setSales((before) => [
      ...before.filter(({ until }) => until > now),
      ...fresh.filter((event) => event.type === 'purchase').map((event) => ({ ...event, until: now + SALE_MS })),
    ]);
  }, [feed]);
  return useMemo(() => ({ gifts, returned, sales, celebrated }), [gifts, returned, sales, celebrated]);
}

function Sale({ product_id }: { product_id: string }) {
  const { t } = useText();
  const product = $api.useQuery('get', '/api/products/{product_id}', { params: { path: { product_id } } });
  if (!product.data) return null;
  return (
    <p className="gift-in-chip flex items-center gap-2 rounded-full bg-black/60 py-2 pr-5 pl-3 font-semibold text-lg">
      <Icon name="bag" className="size-6 text-accent" />
      {t('gifts.sold', { title: product.data.title })}
    </p>
  );
}

/** The page itself is clear: only what happens is seen. */
function useClearPage(): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.background = 'transparent';
    document.body.style.background = 'transparent';
    return () => {
      style.background = '';
      document.body.style.background = '';
    };
  }, []);
}
