import type { Gift } from '@souk/sdk/live';
import { useText } from '../../text.ts';
import { Avatar, cx } from '../../ui/index.ts';
import { GiftArt } from './gift_art.tsx';
import type { Act } from './stage_queue.ts';
import { StageScene } from './stage_scene.tsx';
import { useStage } from './use_stage.ts';

const MOST = { chip: 3, banner: 1 };

interface GiftStageProps {
  /** The room's gifts as they came; each is shown once. */
  gifts: readonly Gift[];
  /** Ids of gifts that were taken back. */
  returned?: readonly string[];
  /** Plays no sounds: another part of the page does, or it is a picture of the past. */
  silent?: boolean;
  className?: string;
}

/**
 * Gifts over the picture of a live room: chips at its edge, banners above, and one at a time on the whole stage, in a
 * fair order. Pieces of one combo count up in place.
 */
export function GiftStage({ gifts, returned, silent, className }: GiftStageProps) {
  const { t } = useText();
  const { shown, stage, latest } = useStage(gifts, returned, silent);
  const of = (kind: 'chip' | 'banner') => shown.filter((one) => one.class === kind).slice(-MOST[kind]);
  return (
    <div className={cx('pointer-events-none absolute inset-0 overflow-hidden', className)}>
      {stage.playing && (
        <StageScene key={stage.playing.run} gift={stage.playing.gift}>
          <Words one={stage.playing} />
        </StageScene>
      )}
      <Waiting stage={stage} />
      <div className="absolute inset-x-0 top-[29%] flex md:top-[18%] flex-col items-center gap-2 px-3">
        {of('banner').map((one) => (
          <div
            key={one.run}
            className="gift-in-banner flex max-w-full items-center gap-3 rounded-full bg-black/60 py-1.5 pr-5 pl-2 text-white backdrop-blur-md"
          >
            <GiftArt gift={one.gift} moving className="size-14 shrink-0" />
            <Words one={one} />
          </div>
        ))}
      </div>
      <div className="absolute bottom-[44%] left-3 grid max-w-[78%] gap-2 md:bottom-6">
        {of('chip').map((one) => (
          <div
            key={one.run}
            className="gift-in-chip flex w-fit max-w-full items-center gap-2 rounded-full bg-black/55 py-1 pr-4 pl-1 text-white backdrop-blur-md"
          >
            <Avatar name={one.by.name} src={one.by.avatar_url} size="sm" />
            <Words one={one} />
            <GiftArt gift={one.gift} moving className="size-9 shrink-0" />
          </div>
        ))}
      </div>
      <p className="sr-only" aria-live="polite">
        {latest && t('gifts.announced', { by: latest.by.name, name: t(`gifts.name_${latest.gift}`), n: latest.count })}
      </p>
    </div>
  );
}

function Words({ one }: { one: Pick<Act, 'by' | 'gift' | 'count'> }) {
  const { t } = useText();
  return (
    <span className="block min-w-0 leading-tight">
      <span className="block truncate font-semibold text-sm">{one.by.name}</span>
      <span className="block truncate text-white/80 text-xs">
        {t(`gifts.name_${one.gift}`)}
        {one.count > 1 && (
          <b key={one.count} className="gift-count tabular ml-1.5 inline-block text-accent text-base">
            {t('gifts.combo', { n: one.count })}
          </b>
        )}
      </span>
    </span>
  );
}

/** Great gifts that wait for the stage, and those that found no place in the line. */
function Waiting({ stage }: { stage: ReturnType<typeof useStage>['stage'] }) {
  const { t } = useText();
  const skipped = Object.entries(stage.skipped);
  if (stage.waiting.length === 0 && skipped.length === 0) return null;
  return (
    <div className="absolute top-[38%] right-3 flex flex-col items-end gap-1.5 text-white">
      {stage.waiting.slice(0, 3).map((act) => (
        <span key={act.run} className="rounded-full bg-black/45 p-1">
          <GiftArt gift={act.gift} className="size-6" />
        </span>
      ))}
      {skipped.length > 0 && (
        <p className="rounded-full bg-black/60 px-3 py-1 text-xs">
          {t('gifts.also', {
            gifts: skipped.map(([gift, n]) => `${n} × ${t(`gifts.name_${gift}`)}`).join(', '),
          })}
        </p>
      )}
    </div>
  );
}
