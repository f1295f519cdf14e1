import type { ReactNode } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Badge, buttonClass, cx, Icon, Link, Price } from '../../ui/index.ts';
import { Labels } from '../access/labels.tsx';
import { cheapest, useProduct } from '../catalog/data.ts';
import { ProductPicture } from '../catalog/product_picture.tsx';
import { type PersonCard, type RoomCard, useRoomNow } from './data.ts';
import { Preview } from './preview.tsx';

const pathOf = (room: RoomCard): string => `/live/${room.room_id}`;

/** A ground of its own for each host, drawn from their name: shown until pictures move, and where there are none. */
export function HostGround({ host, small }: { host: PersonCard; small?: boolean }) {
  let hue = 0;
  for (const letter of host.handle) hue = (hue * 31 + letter.charCodeAt(0)) % 360;
  return (
    <span
      aria-hidden="true"
      className={cx(
        'absolute inset-0 flex justify-center overflow-hidden',
        small ? 'items-end' : 'pt-[15%] md:items-end md:pt-0',
      )}
      style={{ background: `linear-gradient(165deg, oklch(0.42 0.085 ${hue}), oklch(0.2 0.05 ${hue + 50}))` }}
    >
      <span
        className={cx(
          'arch flex items-center justify-center bg-black/22',
          small ? 'h-[62%] w-[58%]' : 'h-[44%] w-[56%] md:h-[64%]',
        )}
      >
        <Avatar name={host.name} src={host.avatar_url} size={small ? 'md' : 'xl'} />
      </span>
    </span>
  );
}

/** What is seen of a room before its picture moves: a still, or its host. */
function Still({ room, small }: { room: RoomCard; small?: boolean }) {
  return (
    <>
      <HostGround host={room.host} {...(small && { small })} />
      {room.poster_url && (
        <img src={room.poster_url} alt="" loading="lazy" className="absolute inset-0 size-full object-cover" />
      )}
    </>
  );
}

function Marks({ room }: { room: RoomCard }) {
  const { t } = useText();
  const format = useFormat();
  const live = room.state === 'live';
  return (
    <span className="absolute inset-x-2.5 top-2.5 flex flex-wrap items-center gap-1.5">
      {live ? (
        <Badge tone="accent">{t('feed.live')}</Badge>
      ) : (
        <Badge tone="glass" icon="play">
          {t('feed.replay')}
        </Badge>
      )}
      {(live || room.viewers > 0) && (
        <Badge tone="glass" icon="eye">
          {format.compact(room.viewers)}
          <span className="sr-only">{t('feed.viewers', { n: room.viewers })}</span>
        </Badge>
      )}
      <Labels labels={room.labels} />
      {room.is_demo && <Badge tone="glass">{t('feed.recorded_demo')}</Badge>}
    </span>
  );
}

function Host({ host, end }: { host: PersonCard; end?: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={host.name} src={host.avatar_url} size="xs" />
      <span className="min-w-0 grow truncate text-sm">{host.name}</span>
      {end}
    </span>
  );
}

/** The room that a first visitor sees playing. */
export function StageCard({ room }: { room: RoomCard }) {
  const { t } = useText();
  const now = useRoomNow(room.room_id);
  return (
    <Link
      to={pathOf(room)}
      className="group relative flex overflow-hidden rounded-2xl bg-black text-white max-md:aspect-[4/5] md:bg-linear-to-br md:from-surface md:to-accent-wash md:text-ink"
    >
      <span className="relative block w-full shrink-0 overflow-hidden md:aspect-[9/14] md:w-[min(38%,25rem)] md:rounded-2xl">
        <Still room={room} />
        <Preview url={now?.stream.live_url} className="absolute inset-0" />
        <span
          aria-hidden="true"
          className="absolute inset-x-0 bottom-0 h-2/3 bg-linear-to-t from-black/80 to-transparent md:hidden"
        />
        <Marks room={room} />
      </span>
      <span className="flex min-w-0 flex-col max-md:absolute max-md:inset-x-4 max-md:bottom-4 md:grow md:justify-center md:p-[clamp(1.5rem,4vw,4rem)]">
        <span className="flex min-w-0 items-center gap-2.5 md:mb-5">
          <Avatar name={room.host.name} src={room.host.avatar_url} size="sm" />
          <span className="min-w-0 truncate font-semibold md:text-lg">{room.host.name}</span>
        </span>
        <span className="mt-2 font-extrabold text-2xl tracking-[-0.035em] [text-wrap:balance] max-md:line-clamp-3 md:mt-0 md:text-3xl">
          {room.title}
        </span>
        <span className={cx(buttonClass('accent', 'lg'), 'mt-4 self-start md:mt-8')}>
          <Icon name="play" filled className="size-4" />
          {t('feed.enter')}
        </span>
        {now?.pinned?.type === 'product' && <ShownNow product_id={now.pinned.id} />}
      </span>
    </Link>
  );
}

/** What is pinned in the room now, where there is room to say it. */
function ShownNow({ product_id }: { product_id: string }) {
  const { t } = useText();
  const { data: product } = useProduct(product_id);
  const variant = product && cheapest(product);
  if (!variant) return null;
  return (
    <span className="mt-[clamp(1.5rem,4vw,3.5rem)] hidden max-w-sm items-center gap-3.5 border-line border-t pt-5 md:flex">
      <ProductPicture product={product} small className="size-16 shrink-0 rounded-md" />
      <span className="min-w-0">
        <span className="block text-soft text-sm">{t('feed.shown_now')}</span>
        <span className="block truncate font-semibold">{product.title}</span>
        <Price money={variant.price} className="text-sm" />
      </span>
    </span>
  );
}

/** A room among others: live or a replay. */
export function RoomTile({ room }: { room: RoomCard }) {
  const format = useFormat();
  const ago = room.ended_at && room.state === 'ended' ? format.ago(room.ended_at) : null;
  const now = useRoomNow(room.state === 'live' ? room.room_id : undefined);
  return (
    <li className="min-w-0">
      <Link to={pathOf(room)} className="group block rounded-xl">
        <span className="relative block aspect-[3/4] overflow-hidden rounded-xl bg-black text-white">
          <Still room={room} small />
          {room.state === 'live' && <Preview url={now?.stream.live_url} className="absolute inset-0" />}
          <Marks room={room} />
        </span>
        <span className="mt-2 block truncate font-semibold group-hover:text-accent-text">{room.title}</span>
        <span className="mt-1 block text-soft">
          <Host host={room.host} end={ago && <span className="shrink-0 text-xs">{ago}</span>} />
        </span>
      </Link>
    </li>
  );
}

export function RoomGrid({ rooms }: { rooms: RoomCard[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-5 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
      {rooms.map((room) => (
        <RoomTile key={room.room_id} room={room} />
      ))}
    </ul>
  );
}
