import type { ReactNode } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Badge, cx, Link } from '../../ui/index.ts';
import { Labels } from '../access/labels.tsx';
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

export function Marks({ room }: { room: RoomCard }) {
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
