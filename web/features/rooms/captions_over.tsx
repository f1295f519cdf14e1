import type { Caption } from '@souk/sdk/live';
import { useState, useSyncExternalStore } from 'react';
import { useText } from '../../text.ts';
import { Checkbox, Choices, cx, IconButton, Sheet } from '../../ui/index.ts';

const KEY = 'souk.captions';
const SIZES = { s: 'text-sm', m: 'text-base md:text-lg', l: 'text-xl md:text-2xl' } as const;

interface CaptionChoice {
  on: boolean;
  size: keyof typeof SIZES;
  ground: 'dark' | 'none';
}

function storedChoice(): CaptionChoice {
  const first: CaptionChoice = { on: true, size: 'm', ground: 'dark' };
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<CaptionChoice>) };
  } catch {
    return first;
  }
}

const lookOf = ({ ground, size }: CaptionChoice): string =>
  cx(
    'mx-auto w-fit max-w-2xl text-balance rounded-md px-3 py-1 text-center font-medium text-white',
    ground === 'dark' ? 'bg-black/75' : '[text-shadow:0_0_4px_#000,0_1px_6px_#000]',
    SIZES[size],
  );

/** On a phone: at the upper edge of what stands over the picture, however high that is. */
export function CaptionLine({ caption }: { caption: Caption | null }) {
  const choice = useChoice();
  if (!choice.on || !caption) return null;
  return (
    <p lang={caption.language} className={cx('mb-2 shrink-0 md:hidden', lookOf(choice))}>
      {caption.text}
    </p>
  );
}

let chosen: CaptionChoice | null = null;
const watching = new Set<() => void>();

/** How this viewer wants captions; remembered in this browser. */
const useChoice = (): CaptionChoice =>
  useSyncExternalStore(
    (tell) => {
      watching.add(tell);
      return () => watching.delete(tell);
    },
    () => {
      chosen ??= storedChoice();
      return chosen;
    },
  );

function choose(next: CaptionChoice): void {
  localStorage.setItem(KEY, JSON.stringify(next));
  chosen = next;
  for (const tell of watching) tell();
}

interface CaptionsProps {
  caption: Caption | null;
  /** There were captions in this live: the button to set them up stands there. */
  known: boolean;
  /** Above the controls of a recording. */
  replay?: boolean;
}

/** What is being said, in words, over the lower edge of the picture. */
export function Captions({ caption, known, replay }: CaptionsProps) {
  const { t } = useText();
  const choice = useChoice();
  const [open, setOpen] = useState(false);
  return (
    <>
      {choice.on && caption && (
        <p
          lang={caption.language}
          className={cx(
            'pointer-events-none absolute inset-x-4 z-10 max-md:hidden',
            lookOf(choice),
            replay ? 'bottom-20' : 'bottom-6',
          )}
        >
          {caption.text}
        </p>
      )}
      {known && (
        <span className="absolute top-[calc(4rem+var(--note))] right-3 z-10 md:top-16 md:right-4">
          <IconButton
            icon="captions"
            tone="glass"
            filled={false}
            label={t('talk.captions')}
            aria-pressed={choice.on}
            onClick={() => setOpen(true)}
          />
        </span>
      )}
      <Sheet open={open} onClose={() => setOpen(false)} title={t('talk.captions')} clear>
        <div className="flex flex-col gap-5 pt-2">
          <Checkbox
            kind="switch"
            label={t('talk.captions_on')}
            checked={choice.on}
            onChange={(on) => choose({ ...choice, on })}
          />
          <Choices
            label={t('talk.captions_size')}
            look="chips"
            value={choice.size}
            onChange={(size) => choose({ ...choice, size })}
            choices={(['s', 'm', 'l'] as const).map((value) => ({ value, label: t(`talk.size_${value}`) }))}
          />
          <Checkbox
            kind="switch"
            label={t('talk.captions_ground')}
            checked={choice.ground === 'dark'}
            onChange={(dark) => choose({ ...choice, ground: dark ? 'dark' : 'none' })}
          />
        </div>
      </Sheet>
    </>
  );
}
