import { useEffect, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, IconButton, TextArea, TextField } from '../../ui/index.ts';
import { type Cue, readTime, writeTime } from './cues.ts';

interface CueListProps {
  cues: readonly Cue[];
  faults: ReadonlyMap<number, string>;
  /** Where the picture stands. */
  now: () => number;
  duration_ms: number;
  onChange: (cues: Cue[]) => void;
  onShow: (ms: number) => void;
}

const NEW_MS = 2_000;

/** The captions one under the other, each with its times. */
export function CueList({ cues, faults, now, duration_ms, onChange, onShow }: CueListProps) {
  const { t } = useText();
  const set = (at: number, change: Partial<Cue>) =>
    onChange(cues.map((cue, i) => (i === at ? { ...cue, ...change } : cue)));
  const add = () => {
    const from_ms = Math.max(now(), cues.at(-1)?.to_ms ?? 0);
    const to_ms = Math.min(from_ms + NEW_MS, Math.max(duration_ms, from_ms + 100));
    onChange([...cues, { from_ms, to_ms, text: '' }]);
  };
  return (
    <div>
      <ol className="grid gap-4">
        {cues.map((cue, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cue is its place; its times change while they are typed
          <li key={i} className="grid grid-cols-[1fr_auto] gap-2 rounded-lg border border-line p-3">
            <div className="grid gap-2 sm:grid-cols-[7.5rem_7.5rem_1fr]">
              <TimeField label={t('posting.cue_from')} ms={cue.from_ms} onChange={(from_ms) => set(i, { from_ms })} />
              <TimeField label={t('posting.cue_to')} ms={cue.to_ms} onChange={(to_ms) => set(i, { to_ms })} />
              <TextArea
                label={t('posting.cue_text', { n: i + 1 })}
                rows={2}
                maxLength={400}
                value={cue.text}
                onChange={(text) => set(i, { text })}
                error={faults.has(i) ? t(`posting.cue_fault_${faults.get(i)}`) : null}
              />
            </div>
            <div className="flex flex-col gap-1">
              <IconButton icon="play" size="sm" label={t('posting.cue_show')} onClick={() => onShow(cue.from_ms)} />
              <IconButton
                icon="clock"
                size="sm"
                label={t('posting.cue_now')}
                onClick={() => set(i, { from_ms: now(), to_ms: Math.max(cue.to_ms, now() + 500) })}
              />
              <IconButton
                icon="trash"
                size="sm"
                label={t('posting.cue_remove')}
                onClick={() => onChange(cues.filter((_, at) => at !== i))}
              />
            </div>
          </li>
        ))}
      </ol>
      <Button icon="plus" className="mt-4" onClick={add}>
        {t('posting.cue_add')}
      </Button>
    </div>
  );
}

function TimeField({ label, ms, onChange }: { label: string; ms: number; onChange: (ms: number) => void }) {
  const { t } = useText();
  const [text, setText] = useState(writeTime(ms));
  useEffect(() => setText((was) => (readTime(was) === ms ? was : writeTime(ms))), [ms]);
  const read = readTime(text);
  return (
    <TextField
      label={label}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      error={read === null ? t('posting.cue_time_wrong') : null}
      onChange={(next) => {
        setText(next);
        const time = readTime(next);
        if (time !== null) onChange(time);
      }}
    />
  );
}
