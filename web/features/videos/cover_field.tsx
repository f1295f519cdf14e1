import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { FilmStrip } from './film_strip.tsx';
import { coverOf, seekTo } from './frames.ts';

interface CoverFieldProps {
  /** The player beside it: it shows the frame that is chosen. */
  player: RefObject<HTMLVideoElement | null>;
  url: string;
  duration_s: number;
  cover: Blob | null;
  onChange: (cover: Blob) => void;
}

/** Where people usually are in the picture already. */
const FIRST_SHARE = 0.12;

/** Chooses a frame of the video as its cover. */
export function CoverField({ player, url, duration_s, cover, onChange }: CoverFieldProps) {
  const { t } = useText();
  const format = useFormat();
  const id = useId();
  const [at, setAt] = useState(duration_s * FIRST_SHARE);
  const latest = useRef(0);

  const choose = async (next: number) => {
    const video = player.current;
    if (!video) return;
    latest.current += 1;
    const turn = latest.current;
    video.pause();
    await seekTo(video, next);
    // Only the last place of a finger that slides is drawn.
    if (turn === latest.current) onChange(await coverOf(video));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first cover is taken once for each file
  useEffect(() => {
    if (!cover) choose(at).catch(() => undefined);
  }, [url]);

  return (
    <div>
      <label htmlFor={id} className="mb-1.5 flex items-baseline justify-between gap-3 font-medium text-sm">
        {t('posting.cover')}
        <span className="tabular font-normal text-soft">{format.duration(at)}</span>
      </label>
      <FilmStrip url={url} duration_s={duration_s}>
        <input
          id={id}
          type="range"
          min={0}
          max={Math.max(0, duration_s - 0.05)}
          step={0.05}
          value={at}
          aria-valuetext={format.duration(at)}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => {
            const next = Number(target.value);
            setAt(next);
            choose(next).catch(() => undefined);
          }}
          className="film-range absolute inset-0 size-full cursor-pointer"
        />
      </FilmStrip>
      <p id={`${id}-note`} className="mt-1.5 text-soft text-sm">
        {t('posting.cover_hint')}
      </p>
    </div>
  );
}
