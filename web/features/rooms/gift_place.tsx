import type { Gift } from '@souk/sdk/live';
import { useEffect, useState } from 'react';
import { useText } from '../../text.ts';
import { Avatar } from '../../ui/index.ts';
import { useGiftNames } from './gift_names.ts';

const SHOWN_MS = 4_500;
const MOST = 3;

interface Banner {
  key: string;
  gift: Gift;
  count: number;
  until: number;
}

const keyOf = (gift: Gift) => (gift.combo_id === null ? gift.id : `${gift.by.person_id} ${gift.combo_id} ${gift.gift}`);

/** Counts up the banner of a running combo, or puts up another. */
function raised(banners: Banner[], gift: Gift, until: number): Banner[] {
  const key = keyOf(gift);
  const known = banners.find((banner) => banner.key === key);
  if (!known) return [...banners, { key, gift, count: gift.count, until }].slice(-MOST);
  return banners.map((banner) => (banner === known ? { ...banner, count: banner.count + gift.count, until } : banner));
}

/** Who gave what just now, over the left of the picture; a combo counts up in its place. */
export function GiftBanners({ gifts }: { gifts: Gift[] }) {
  const { t } = useText();
  const nameOf = useGiftNames();
  const [told, setTold] = useState({ last: null as string | null, banners: [] as Banner[] });
  const last = gifts.at(-1)?.id ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new last gift brings banners
  useEffect(() => {
    if (last === null || last === told.last) return;
    const fresh = gifts.slice(gifts.findIndex((gift) => gift.id === told.last) + 1);
    const until = performance.now() + SHOWN_MS;
    setTold(({ banners }) => ({ last, banners: fresh.reduce((up, gift) => raised(up, gift, until), banners) }));
  }, [last]);
  useEffect(() => {
    if (told.banners.length === 0) return;
    const first = Math.min(...told.banners.map((banner) => banner.until));
    const timer = setTimeout(
      () => setTold((now) => ({ ...now, banners: now.banners.filter(({ until }) => until > performance.now()) })),
      Math.max(50, first - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [told.banners]);

  return (
    <ul
      aria-hidden="true"
      className="pointer-events-none absolute top-[24%] left-3 z-10 grid gap-2 md:top-auto md:bottom-8 md:left-6"
    >
      {told.banners.map(({ key, gift, count }) => (
        <li
          key={key}
          className="flex animate-rise items-center gap-2.5 justify-self-start rounded-full bg-linear-to-r from-black/75 to-black/25 py-1 pr-4 pl-1 text-white"
        >
          <Avatar name={gift.by.name} src={gift.by.avatar_url} size="sm" />
          <span className="max-w-40 truncate text-sm leading-4">
            <b className="block truncate">{gift.by.name}</b>
            {t('rooms.gave', { gift: nameOf(gift.gift) })}
          </span>
          <b key={count} className="tabular animate-rise text-accent text-xl italic">
            ×{count}
          </b>
        </li>
      ))}
    </ul>
  );
}
