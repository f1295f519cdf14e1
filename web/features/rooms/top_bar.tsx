import type { PersonCard, Role } from '@souk/sdk/live';
import { useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, Badge, Icon, Link, Menu, toast } from '../../ui/index.ts';
import { Labels } from '../access/labels.tsx';
import { CohostPill } from '../cohosts/index.ts';
import { DecisionSheet } from '../moderation/decision_sheet.tsx';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import { useProfile } from '../people/data.ts';
import { FollowButton } from '../people/follow_button.tsx';
import { ChatRulesSheet } from './chat_rules_sheet.tsx';
import type { RoomPageData } from './data.ts';

interface TopBarProps {
  room: RoomPageData;
  viewers: number;
  likes: number;
  live: boolean;
  /** What the reader is in this room: the host and who helps keep order in the chat. */
  my_role?: Role;
  /** Who is in the picture beside the host. */
  cohost?: PersonCard | undefined;
  /** Asks to be taken into it. */
  onJoin?: (() => void) | undefined;
}

/** Whose room this is, how many are in it, and what one can do about both. */
export function TopBar({ room, viewers, likes, live, my_role = 'viewer', cohost, onJoin }: TopBarProps) {
  const { t } = useText();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-col gap-2">
          <HostPill room={room} likes={likes} />
        </div>
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <RoomMenu room={room} my_role={my_role} onJoin={onJoin} />
          <Link
            to="/"
            aria-label={t('rooms.leave')}
            className="flex size-11 items-center justify-center rounded-full bg-black/45 text-white backdrop-blur-md hover:bg-black/60"
          >
            <Icon name="close" />
          </Link>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        {live ? <Badge tone="accent">{t('rooms.live')}</Badge> : <Badge tone="glass">{t('rooms.replay')}</Badge>}
        <Badge tone="glass" icon="eye">
          {format.compact(viewers)}
          <span className="sr-only">{t('rooms.viewers', { n: viewers })}</span>
        </Badge>
        <Labels labels={room.labels} />
        {cohost && <CohostPill person={cohost} />}
        {room.is_demo && <Badge tone="glass">{t('rooms.recorded_demo')}</Badge>}
      </div>
    </div>
  );
}

function HostPill({ room, likes }: { room: RoomPageData; likes: number }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const format = useFormat();
  const { host } = room;
  const profile = useProfile(host.handle);
  const mine = me?.person_id === host.person_id;
  return (
    <div className="flex min-w-0 max-w-full items-center gap-2 self-start rounded-full bg-black/45 py-1 pr-1 pl-1 backdrop-blur-md">
      <Link to={`/@${host.handle}`} className="flex min-w-0 items-center gap-2 rounded-full pr-1">
        <Avatar name={host.name} src={host.avatar_url} size="sm" />
        <span className="min-w-0">
          <span className="block truncate font-semibold text-sm leading-4">{host.name}</span>
          <span className="tabular block truncate text-white/80 text-xs leading-4">
            {t('rooms.likes', { n: likes, shown: format.compact(likes) })}
          </span>
        </span>
      </Link>
      {!mine && profile.data && !profile.data.ties?.following && (
        // On a phone the sign alone, its name for screen readers: the host's name needs the room.
        <span className="shrink-0 max-md:[&_button]:size-9 max-md:[&_button]:gap-0 max-md:[&_button]:px-0 max-md:[&_button]:text-[0px]">
          <FollowButton person={profile.data} size="sm" />
        </span>
      )}
    </div>
  );
}

interface RoomMenuProps {
  room: RoomPageData;
  my_role: Role;
  onJoin: (() => void) | undefined;
}

function RoomMenu({ room, my_role, onJoin }: RoomMenuProps) {
  const { t } = useText();
  const [reports, setReports] = useState(false);
  const [orders, setOrders] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const { me } = useSignedIn();
  const keeps = my_role !== 'viewer';
  const staff = me?.roles.some((role) => role === 'moderator' || role === 'operator');
  const share = async () => {
    const url = location.href;
    if (navigator.share) return navigator.share({ title: room.title, url }).catch(() => undefined);
    await navigator.clipboard.writeText(url);
    toast({ title: t('rooms.link_copied'), tone: 'good' });
  };
  return (
    <>
      <Menu
        label={t('rooms.menu')}
        className="bg-black/45 text-white backdrop-blur-md hover:bg-black/60 data-popup-open:bg-black/60"
        items={[
          { label: t('rooms.share'), icon: 'share', onSelect: () => void share() },
          ...(onJoin ? [{ label: t('cohosts.ask'), icon: 'users' as const, onSelect: onJoin }] : []),
          ...(keeps ? [{ label: t('chat.rules'), icon: 'shield' as const, onSelect: () => setOrders(true) }] : []),
          { label: t('rooms.report'), icon: 'flag', onSelect: () => setReports(true) },
          ...(staff
            ? [
                {
                  label: t('moderation.decide_live'),
                  icon: 'stop' as const,
                  danger: true,
                  onSelect: () => setDeciding(true),
                },
              ]
            : []),
        ]}
      />
      <ChatRulesSheet
        host_id={room.host.person_id}
        hosts={my_role === 'host'}
        open={orders}
        onClose={() => setOrders(false)}
      />
      {staff && (
        <DecisionSheet subject={room.room_id} name={room.title} open={deciding} onClose={() => setDeciding(false)} />
      )}
      <ReportSheet subject={room.room_id} name={room.title} open={reports} onClose={() => setReports(false)} />
    </>
  );
}
