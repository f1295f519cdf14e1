import type { GoalReached, GoalState, MomentumState } from '@souk/sdk/live';
import { type ReactNode, useEffect, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { cx, Icon } from '../../ui/index.ts';
import { GoalBar } from './goal_bar.tsx';

/** What a room has told of it; undefined: nothing yet. */
export interface Support {
  goals?: GoalState[] | undefined;
  momentum?: MomentumState | null | undefined;
  celebrated: GoalReached | null;
}

interface RoomSupportProps {
  room_id: string;
  told: Support;
  className?: string;
  /** Stands above them. */
  children?: ReactNode;
}

/** Goals and momentum of a live room: as it stands at first, then as the room tells it. */
export function RoomSupport({ room_id, told, className, children }: RoomSupportProps) {
  const first = $api.useQuery('get', '/api/gifts/rooms/{room_id}', { params: { path: { room_id } } });
  const goals = told.goals ?? first.data?.goals ?? [];
  const momentum = told.momentum === undefined ? (first.data?.momentum ?? null) : told.momentum;
  const { me } = useSignedIn();
  const wants = $api.useQuery('get', '/api/gifts/settings', {}, { enabled: me !== null, staleTime: 60_000 });
  return (
    <SupportView
      goals={goals}
      momentum={wants.data?.momentum_for_me === false ? null : momentum}
      celebrated={told.celebrated}
      className={className}
    >
      {children}
    </SupportView>
  );
}

interface SupportViewProps {
  goals: readonly GoalState[];
  momentum: MomentumState | null;
  celebrated: GoalReached | null;
  className?: string;
  children?: ReactNode;
}

export function SupportView({ goals, momentum, celebrated, className, children }: SupportViewProps) {
  return (
    <div className={cx('grid w-64 max-w-[calc(100%-1.5rem)] gap-1.5', className)}>
      {children}
      {goals.slice(0, 2).map((goal) => (
        <GoalBar key={goal.goal_id} goal={goal} glass />
      ))}
      {momentum && <Momentum key={momentum.until} momentum={momentum} />}
      {celebrated && <Celebration key={celebrated.id} reached={celebrated} />}
    </div>
  );
}

/** Shown without a countdown: it goes when it is over. */
function Momentum({ momentum }: { momentum: MomentumState }) {
  const { t } = useText();
  const over = usePassed(Date.parse(momentum.until));
  if (over) return null;
  return (
    <p className="flex w-fit items-center gap-2 rounded-full bg-black/50 py-1 pr-3 pl-2 text-white text-xs backdrop-blur-md">
      <span className="flex gap-0.5" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((level) => (
          <span
            key={level}
            className={cx('h-3 w-1 rounded-full', level <= momentum.level ? 'bg-accent' : 'bg-white/25')}
          />
        ))}
      </span>
      {t('gifts.momentum', { level: momentum.level, n: momentum.supporters })}
    </p>
  );
}

function usePassed(at: number): boolean {
  const [passed, setPassed] = useState(() => Date.now() > at);
  useEffect(() => {
    const timer = window.setTimeout(() => setPassed(true), Math.max(0, at - Date.now()));
    return () => window.clearTimeout(timer);
  }, [at]);
  return passed;
}

const CELEBRATED_MS = 7_000;

function Celebration({ reached }: { reached: GoalReached }) {
  const { t } = useText();
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setGone(true), CELEBRATED_MS);
    return () => window.clearTimeout(timer);
  }, []);
  if (gone) return null;
  return (
    <p
      role="status"
      className="gift-in-banner flex items-center gap-2 rounded-lg bg-accent px-3 py-2 font-semibold text-accent-ink text-sm shadow-lift"
    >
      <Icon name="check" className="size-5 shrink-0" />
      <span className="min-w-0 break-words">{t('gifts.goal_reached', { title: reached.title })}</span>
    </p>
  );
}
