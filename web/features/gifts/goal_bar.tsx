import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { CoinSign, cx, Icon } from '../../ui/index.ts';
import type { Goal } from './data.ts';

interface GoalBarProps {
  goal: Pick<Goal, 'title' | 'unit' | 'currency' | 'target' | 'progress' | 'reached'>;
  /** Over a picture. */
  glass?: boolean;
  className?: string;
}

/** How far a goal is. */
export function GoalBar({ goal, glass, className }: GoalBarProps) {
  const { t } = useText();
  const format = useFormat();
  const amount = (digits: string) =>
    goal.currency === null ? format.number(digits) : format.money({ amount: digits, currency: goal.currency });
  const share = Math.min(100, Number((100n * BigInt(goal.progress)) / BigInt(goal.target)));
  return (
    <div
      className={cx(
        'min-w-0 text-sm',
        glass && 'rounded-lg bg-black/50 px-2.5 py-1.5 text-white text-xs backdrop-blur-md',
        className,
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="min-w-0 grow truncate font-semibold">{goal.title}</span>
        <span className="tabular flex shrink-0 items-center gap-1">
          {goal.unit === 'coins' && <CoinSign className="size-3.5" />}
          {t('gifts.goal_of', { progress: amount(goal.progress), target: amount(goal.target) })}
          {goal.reached && <Icon name="check" className={cx('size-4', glass ? 'text-accent' : 'text-good')} />}
        </span>
      </p>
      <div
        role="progressbar"
        aria-label={goal.title}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        className={cx('mt-1.5 h-2 overflow-hidden rounded-full', glass ? 'bg-white/25' : 'bg-line')}
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-500 motion-reduce:transition-none"
          style={{ width: `${share}%` }}
        />
      </div>
    </div>
  );
}
