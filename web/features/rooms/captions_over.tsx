import type { Caption } from '@souk/sdk/live';
import { useState } from 'react';
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

/** How this viewer wants captions; remembered in this browser. */
export function useCaptionChoice(): [CaptionChoice, (choice: CaptionChoice) => void] {
  const [choice, setChoice] = useState(storedChoice);
  const choose = (next: CaptionChoice) => {
    localStorage.setItem(KEY, JSON.stringify(next));
    setChoice(next);
  };
  return [choice, choose];
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
  const [choice, choose] = useCaptionChoice();
  const [open, setOpen] = useState(false);
  return (
    <>
      {choice.on && caption && (
        <p
          lang={caption.language}
          className={cx(
            'pointer-events-none absolute inset-x-4 z-10 mx-auto w-fit max-w-2xl text-balance rounded-md px-3 py-1 text-center font-medium text-white',
            replay ? 'bottom-[46%] md:bottom-20' : 'bottom-[44%] md:bottom-6',
            choice.ground === 'dark' ? 'bg-black/75' : '[text-shadow:0_0_4px_#000,0_1px_6px_#000]',
            SIZES[choice.size],
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
