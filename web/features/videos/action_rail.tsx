import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, cx, Icon, type IconName, Link, type MenuItem } from '../../ui/index.ts';
import { RailFollow } from './rail_follow.tsx';
import { useDeeds, type VideoView } from './use_deeds.ts';

const CommentSheet = lazy(() => import('./comment_sheet.tsx'));
const ReportSheet = lazy(() =>
  import('../moderation/report_sheet.tsx').then(({ ReportSheet }) => ({ default: ReportSheet })),
);
const RailMenu = lazy(() => import('./rail_menu.tsx'));
const ShareSheet = lazy(() => import('../sharing/share_sheet.tsx'));

type RailSheet = 'comments' | 'share' | 'report' | null;

interface ActionRailProps {
  video: VideoView;
  /** Watched now: its keys work (L like, C comment, S share, B save). */
  active: boolean;
  /** Between the comments and the rest: the gift. */
  children?: ReactNode;
  /** What the surface adds to the menu: "not interested", "why this". */
  items?: readonly MenuItem[];
  /** A sheet is open: the video may go on, the swipe may not. */
  onSheet?: (open: boolean) => void;
}

/** What one can do with a video, along its right edge. */
export function ActionRail({ video, active, children, items = [], onSheet }: ActionRailProps) {
  const { t } = useText();
  const format = useFormat();
  const { me } = useSignedIn();
  const deeds = useDeeds(video);
  const [linked] = useState(() => linkedComment(video));
  const [sheet, setSheet] = useState<RailSheet>(linked ? 'comments' : null);
  const open = (next: RailSheet) => {
    setSheet(next);
    onSheet?.(next !== null);
  };
  useKeys(active && sheet === null, {
    l: () => deeds.toggle('like'),
    b: () => deeds.toggle('save'),
    c: () => open('comments'),
    s: () => open('share'),
  });
  const own = me?.person_id === video.person.person_id;
  const close = () => open(null);
  const { likes, comments, saves, shares } = deeds.counts;
  return (
    <div className="flex flex-col items-center gap-3.5 text-white [filter:drop-shadow(0_1px_3px_rgb(0_0_0/0.55))]">
      <span className="relative mb-2">
        <Link to={`/@${video.person.handle}`} aria-label={video.person.name} className="block rounded-full">
          <Avatar name={video.person.name} src={video.person.avatar_url} className="border-2 border-white" />
        </Link>
        {!own && <RailFollow person={video.person} active={active} />}
      </span>
      <RailButton
        icon="heart"
        on={deeds.liked}
        tint="text-accent"
        name={t(deeds.liked ? 'videos.unlike' : 'videos.like')}
        count={format.compact(likes)}
        onPress={() => deeds.toggle('like')}
      />
      <RailButton
        icon="chat"
        name={t('videos.comments_open')}
        count={format.compact(comments)}
        onPress={() => open('comments')}
      />
      {children}
      <RailButton
        icon="bookmark"
        on={deeds.saved}
        tint="text-accent"
        name={t(deeds.saved ? 'videos.unsave' : 'videos.save')}
        count={format.compact(saves)}
        onPress={() => deeds.toggle('save')}
      />
      <RailButton icon="share" name={t('videos.share')} count={format.compact(shares)} onPress={() => open('share')} />
      <Suspense fallback={<Icon name="more" className="size-6" />}>
        <RailMenu
          items={[
            ...items,
            ...(own
              ? [{ label: t('videos.edit'), icon: 'edit' as const, to: '/studio/posts' }]
              : [{ label: t('videos.report'), icon: 'flag' as const, onSelect: () => open('report') }]),
          ]}
        />
      </Suspense>
      <Suspense fallback={null}>
        {sheet === 'comments' && <CommentSheet video={video} comment_id={linked} onClose={close} />}
        {sheet === 'share' && (
          <ShareSheet thing={{ kind: 'video', id: video.video_id, title: titleOf(video) }} onClose={close} />
        )}
        {sheet === 'report' && <ReportSheet subject={video.video_id} name={titleOf(video)} open onClose={close} />}
      </Suspense>
    </div>
  );
}

/** The comment that the address names: somebody follows a link to it. */
const linkedComment = ({ video_id }: VideoView): string | null =>
  location.pathname === `/videos/${video_id}` ? new URLSearchParams(location.search).get('comment') : null;

const titleOf = ({ caption, person }: VideoView): string => caption.split('\n')[0]?.slice(0, 80) || person.name;

interface RailButtonProps {
  icon: IconName;
  name: string;
  /** A count below the sign. */
  count?: string;
  on?: boolean;
  tint?: string;
  onPress: () => void;
}

/** A sign over the picture with its count below. */
export function RailButton({ icon, name, count, on, tint, onPress }: RailButtonProps) {
  return (
    <button
      type="button"
      aria-label={count === undefined ? name : `${name} · ${count}`}
      aria-pressed={on}
      onClick={onPress}
      className="flex min-h-11 min-w-12 flex-col items-center justify-center gap-0.5 rounded-lg"
    >
      <Icon
        name={icon}
        filled={on}
        className={cx('size-8 transition-transform duration-150 active:scale-85', on && tint)}
      />
      {count !== undefined && <span className="tabular font-semibold text-xs">{count}</span>}
    </button>
  );
}

/** Keys of the page itself: not while one writes, and not under a sheet. */
function useKeys(active: boolean, deeds: Record<string, () => void>): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      const writes = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]');
      if (writes || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (document.querySelector('[role="dialog"]')) return;
      const deed = latest.current[event.key.toLowerCase()];
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [active]);
}
