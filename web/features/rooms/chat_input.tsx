import { RoomRefusal } from '@souk/sdk/room';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Icon, useProblemText } from '../../ui/index.ts';

interface ChatInputProps {
  /** Resolves once the line is written down. */
  send: (text: string) => Promise<unknown>;
  muted_until: string | null;
  /** Beside the field: heart, gift. */
  children?: ReactNode;
}

/** Write a line. Signed out it asks to sign in, and then sends what was written. */
export function ChatInput({ send, muted_until, children }: ChatInputProps) {
  const { t } = useText();
  const format = useFormat();
  const problemText = useProblemText();
  const { act } = useSignedIn();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const muted = muted_until !== null && Date.parse(muted_until) > Date.now();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return;
    setProblem(null);
    act(async () => {
      setText('');
      try {
        await send(said);
      } catch (error) {
        setText((now) => now || said);
        setProblem(problemText(error instanceof RoomRefusal ? error.problem : error));
      }
    });
  };

  return (
    <div className="pointer-events-auto px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:border-line md:border-t md:px-4 md:pt-3">
      <p role="status" className="text-sm max-md:[text-shadow:0_1px_3px_rgb(0_0_0/0.8)] md:text-soft">
        {muted ? t('rooms.muted_until', { time: format.time(muted_until) }) : problem}
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
