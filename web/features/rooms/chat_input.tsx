import type { ChatModes } from '@souk/sdk/live';
import { RoomRefusal } from '@souk/sdk/room';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Icon, useProblemText } from '../../ui/index.ts';
import { ModesLine } from './chat_modes.tsx';

interface ChatInputProps {
  /** Resolves once the line is written down. */
  send: (text: string) => Promise<unknown>;
  muted_until: string | null;
  /** What the room asks of the reader; null for those who write past it. */
  modes: ChatModes | null;
  /** Beside the field: heart, gift. */
  children?: ReactNode;
}

interface Refused {
  text: string;
  /** From then on the same line would be taken. */
  until: string | null;
}

/** Write a line. Signed out it asks to sign in, and then sends what was written. */
export function ChatInput({ send, muted_until, modes, children }: ChatInputProps) {
  const { t } = useText();
  const problemText = useProblemText();
  const { act } = useSignedIn();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const muted = useSecondsTo(muted_until) > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return;
    setRefused(null);
    act(async () => {
      setText('');
      try {
        await send(said);
      } catch (error) {
        const problem = error instanceof RoomRefusal ? error.problem : error;
        const { until } = (problem ?? {}) as { until?: unknown };
        setText((now) => now || said);
        setRefused({ text: problemText(problem), until: typeof until === 'string' ? until : null });
      }
    });
  };

  return (
    <div className="pointer-events-auto px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:border-line md:border-t md:px-4 md:pt-3">
      {modes && <ModesLine modes={modes} />}
      <p role="status" className="text-sm max-md:[text-shadow:0_1px_3px_rgb(0_0_0/0.8)] md:text-soft">
        {muted ? <MutedUntil until={muted_until} /> : refused && <WhyNot refused={refused} />}
      </p>
      <div className="mt-1.5 flex items-center gap-2">
        <form onSubmit={submit} className="relative min-w-0 grow">
          <input
            value={text}
            onChange={({ target }) => setText(target.value)}
            maxLength={200}
            disabled={muted}
            enterKeyHint="send"
            autoComplete="off"
            aria-label={t('rooms.say')}
            placeholder={t('rooms.say')}
            className="h-11 w-full rounded-full bg-white/18 pr-11 pl-4 text-base backdrop-blur-md outline-offset-0 placeholder:text-white/85 disabled:opacity-60 md:bg-raised md:placeholder:text-soft"
          />
          {text.trim() && (
            <button
              type="submit"
              aria-label={t('rooms.send')}
              className="absolute top-1 right-1 flex size-9 items-center justify-center rounded-full bg-accent text-accent-ink"
            >
              <Icon name="send" className="size-[18px]" />
            </button>
          )}
        </form>
        {children}
      </div>
    </div>
  );
}

/** Mutes without an end stand in the far future (sdk/live.ts). */
const endless = (until: string | null) => until?.startsWith('9999-') ?? false;

function MutedUntil({ until }: { until: string | null }) {
  const { t } = useText();
  const format = useFormat();
  if (until === null) return null;
  return endless(until) ? t('chat.muted_for_ever') : t('rooms.muted_until', { time: whenText(format, until) });
}

/** Why the line was not taken, and when it would be: counted down where that is soon. */
function WhyNot({ refused: { text, until } }: { refused: Refused }) {
  const { t } = useText();
  const format = useFormat();
  const seconds = useSecondsTo(until);
  if (until === null || endless(until)) return text;
  if (seconds <= 0) return t('chat.now_again');
  const when =
    seconds <= 90 ? t('chat.again_in', { n: seconds }) : t('chat.again_at', { time: whenText(format, until) });
  return `${text} ${when}`;
}

const DAY_MS = 86_400_000;

/** Today the hour is enough. */
function whenText(format: ReturnType<typeof useFormat>, until: string): string {
  return Date.parse(until) - Date.now() < DAY_MS / 2 ? format.time(until) : format.dateTime(until);
}

/** Whole seconds that are left; looks every second while that matters. */
function useSecondsTo(until: string | null): number {
  const left = () => (until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000)));
  const [, look] = useState(0);
  const waiting = left() > 0 && !endless(until);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => look((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [waiting]);
  return left();
}
