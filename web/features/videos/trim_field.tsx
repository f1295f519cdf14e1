import { useId } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { FilmStrip } from './film_strip.tsx';
import type { Cut } from './render.ts';

/** What is left must be a film still. */
export const SHORTEST_CUT_S = 1;
const STEP_S = 0.05;

interface TrimFieldProps {
  url: string;
  duration_s: number;
  cut: Cut;
  onChange: (cut: Cut) => void;
  /** Shows the place that is being moved. */
  onShow: (at_s: number) => void;
}

/** Where the film begins and ends: two handles on its strip. */
export function TrimField({ url, duration_s, cut, onChange, onShow }: TrimFieldProps) {
  const { t } = useText();
  const format = useFormat();
  const id = useId();
  const share = (at_s: number) => `${(at_s / duration_s) * 100}%`;
  const handle = (side: 'from_s' | 'to_s', label: string) => (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={format.duration(cut[side])}
      min={0}
      max={duration_s}
      step={STEP_S}
      value={cut[side]}
      onChange={({ target }) => {
        const at = Number(target.value);
        const next =
          side === 'from_s'
            ? { ...cut, from_s: Math.max(0, Math.min(at, cut.to_s - SHORTEST_CUT_S)) }
            : { ...cut, to_s: Math.min(duration_s, Math.max(at, cut.from_s + SHORTEST_CUT_S)) };
        onChange(next);
        onShow(next[side]);
      }}
      className="trim-range absolute inset-0 size-full"
    />
  );
  return (
    <fieldset aria-describedby={id}>
      <legend className="mb-1.5 font-medium text-sm">{t('posting.trim')}</legend>
      <FilmStrip url={url} duration_s={duration_s}>
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-0 rounded-l-md bg-black/65"
          style={{ width: share(cut.from_s) }}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-0 rounded-r-md bg-black/65"
          style={{ width: share(duration_s - cut.to_s) }}
        />
        {handle('from_s', t('posting.trim_from'))}
        {handle('to_s', t('posting.trim_to'))}
      </FilmStrip>
      <p id={id} className="tabular mt-1.5 flex justify-between text-soft text-sm">
        <span>{format.duration(cut.from_s)}</span>
        <span className="font-semibold text-ink">
          {t('posting.trim_left', { time: format.duration(cut.to_s - cut.from_s) })}
        </span>
        <span>{format.duration(cut.to_s)}</span>
      </p>
    </fieldset>
  );
}
