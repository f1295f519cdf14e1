import { useState } from 'react';
import { useText } from '../../text.ts';
import { Avatar, Badge, ButtonLink, Link } from '../../ui/index.ts';
import { RemindButton } from '../rooms/remind_button.tsx';
import { shortTime } from '../rooms/when.ts';
import { type FeedItem, type PersonCard, useRoomNow } from './data.ts';
import type { ItemProps } from './feed_item.tsx';
import { Preview } from './preview.tsx';
import { HostGround, Marks } from './room_cards.tsx';

type Of<Kind> = Extract<FeedItem, { kind: Kind }>;

/** A live among the videos: its picture without sound, and the way in. */
export function LiveItem({ item: { room }, near }: ItemProps & { item: Of<'live'> }) {
  const { t } = useText();
  const now = useRoomNow(near ? room.room_id : undefined);
  return (
    <div className="relative h-full w-full overflow-hidden bg-black text-white md:rounded-2xl">
      <HostGround host={room.host} />
      {room.poster_url && <img src={room.poster_url} alt="" className="absolute inset-0 size-full object-cover" />}
      {near && <Preview url={now?.stream.live_url} className="absolute inset-0" />}
      <div className="absolute inset-x-0 top-15 px-2.5 md:top-0.5">
        <Marks room={room} />
      </div>
      <Foot host={room.host} title={room.title}>
        <ButtonLink to={`/live/${room.room_id}`} tone="accent" size="lg" icon="play">
          {t('feed.enter')}
        </ButtonLink>
      </Foot>
    </div>
  );
}

/** A planned live: its time, and the wish to be told. */
export function UpcomingItem({ item: { schedule } }: ItemProps & { item: Of<'upcoming'> }) {
  const { t, locale } = useText();
  const [now] = useState(() => new Date());
  return (
    <div className="relative h-full w-full overflow-hidden bg-black text-white md:rounded-2xl">
      <HostGround host={schedule.host} />
      {schedule.picture_url && (
        <img src={schedule.picture_url} alt="" className="absolute inset-0 size-full object-cover" />
      )}
      <div className="absolute inset-x-2.5 top-15 md:top-3">
        <Badge tone="glass" icon="clock">
          {shortTime(schedule, locale, now)}
        </Badge>
      </div>
      <Foot host={schedule.host} title={schedule.title}>
        <div className="flex flex-wrap gap-2">
          <RemindButton plan={schedule} size="lg" />
          <ButtonLink to={`/schedules/${schedule.schedule_id}`} tone="glass" size="lg">
            {t('feed.look')}
          </ButtonLink>
        </div>
      </Foot>
    </div>
  );
}

interface FootProps {
  host: PersonCard;
  title: string;
  children: React.ReactNode;
}

function Foot({ host, title, children }: FootProps) {
  return (
    <div className="absolute inset-x-0 bottom-0 z-1 bg-linear-to-t from-black/85 via-black/45 to-transparent px-4 pt-32 pb-6">
      <Link to={`/@${host.handle}`} className="flex min-w-0 items-center gap-2.5">
        <Avatar name={host.name} src={host.avatar_url} size="sm" />
        <span className="truncate font-semibold">{host.name}</span>
      </Link>
      <p className="mt-2 mb-4 line-clamp-3 font-extrabold text-2xl tracking-[-0.035em] [text-wrap:balance]">{title}</p>
      {children}
    </div>
  );
}
