import { memo, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '../../text.ts';
import { Avatar, Button, cx, Icon } from '../../ui/index.ts';
import type { LogLine } from './room_view.ts';

interface ChatLogProps {
  lines: LogLine[];
  /** Pressed the name of whoever wrote it. */
  onPick?: (line: LogLine) => void;
  empty?: ReactNode;
}

/** Near enough to the end to go on following it. */
const NEAR_PX = 48;

function toEnd(log: HTMLElement | null): void {
  if (log) log.scrollTop = log.scrollHeight;
}

/** What is said: follows the newest line until the reader scrolls back. A polite live region. */
export function ChatLog({ lines, onPick, empty }: ChatLogProps) {
  const { t } = useText();
  const ref = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const newest = lines.at(-1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line is what moves the end
  useLayoutEffect(() => {
    if (follows) toEnd(ref.current);
  }, [newest, follows]);
  // A keyboard that opens makes the log smaller: its end stays in sight.
  useEffect(() => {
    const log = ref.current;
    if (!log) return;
    const watcher = new ResizeObserver(() => follows && toEnd(log));
    watcher.observe(log);
    return () => watcher.disconnect();
  }, [follows]);

  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div
        ref={ref}
        role="log"
        aria-live="polite"
        aria-label={t('rooms.chat')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: log }) => setFollows(log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX)}
        className="hide-scroll pointer-events-auto min-h-0 grow overflow-y-auto overscroll-contain px-3 max-md:pt-6 max-md:[mask-image:linear-gradient(to_bottom,transparent,black_2.5rem)] md:px-4 md:pt-3"
      >
        <div className="flex min-h-full flex-col justify-end gap-1.5 pb-2 md:gap-2.5">
          {lines.length === 0 && empty}
          {lines.map((line) => (
            <ChatLine key={line.id} line={line} onPick={onPick} />
          ))}
        </div>
      </div>
      {!follows && (
        <span className="pointer-events-auto absolute bottom-2 left-1/2 -translate-x-1/2">
          <Button size="sm" tone="accent" icon="down" onClick={() => setFollows(true)}>
            {t('rooms.newest')}
          </Button>
        </span>
      )}
    </div>
  );
}

const ChatLine = memo(function ChatLine({ line, onPick }: { line: LogLine; onPick?: (line: LogLine) => void }) {
  const { t } = useText();
  const { by } = line;
  const gift = line.type === 'gift';
  return (
    <div
      className={cx(
        'flex min-w-0 items-start gap-2 text-sm leading-5 max-md:max-w-[86%] max-md:[text-shadow:0_1px_3px_rgb(0_0_0/0.7)]',
        gift && 'rounded-lg bg-accent/20 py-1 pr-2 pl-1 max-md:self-start md:bg-accent-wash',
      )}
    >
      <Avatar name={by.name} src={by.avatar_url} size="xs" className="mt-0.5 size-6 md:size-7" />
      <p className="min-w-0 break-words [overflow-wrap:anywhere]">
        <button
          type="button"
          onClick={() => onPick?.(line)}
          className="mr-1.5 inline rounded-sm font-semibold text-white/75 hover:underline md:text-soft"
        >
          {by.name}
        </button>
        {by.role && (
          <span className="mr-1.5 inline-flex items-center gap-0.5 rounded-full bg-accent px-1.5 align-[1px] font-semibold text-accent-ink text-xs leading-4 [text-shadow:none]">
            {by.role === 'moderator' && <Icon name="shield" className="size-3" />}
            {t(by.role === 'host' ? 'rooms.host' : 'rooms.moderator')}
          </span>
        )}
        {gift ? (
          <span className="font-medium">
            {t('rooms.gave', { gift: t(`gifts.name_${line.gift}`) })} <b className="tabular">×{line.count}</b>
          </span>
        ) : (
          <span className="md:text-ink">{line.text}</span>
        )}
      </p>
    </div>
  );
});
