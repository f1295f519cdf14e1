import { useEffect, useState } from 'react';
import { useText } from '../../text.ts';
import { restUntil } from './when.ts';

/** The server's now, ticking: a reader's clock may be wrong by minutes. */
export function useServerNow(told: string, every_ms = 1_000): Date {
  const [offset] = useState(() => Date.parse(told) - Date.now());
  const [now, setNow] = useState(() => new Date(Date.now() + offset));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(Date.now() + offset)), every_ms);
    return () => clearInterval(timer);
  }, [offset, every_ms]);
  return now;
}

const PARTS = ['days', 'hours', 'minutes', 'seconds'] as const;

/** How long until it begins. Screen readers get it in one sentence, and not every second. */
export function Countdown({ starts_at, now }: { starts_at: string; now: Date }) {
  const { t } = useText();
  const rest = restUntil(new Date(starts_at), now);
  if (!rest) return <p className="font-bold text-lg">{t('lives.any_moment')}</p>;
  return (
    <div>
      <p className="sr-only">{t('lives.rest', { ...rest })}</p>
      <div aria-hidden="true" className="grid max-w-sm grid-cols-4 gap-2 text-center">
        {PARTS.map((part) => (
          <div key={part} className="flex flex-col-reverse rounded-lg bg-raised px-1 py-3">
            <span className="text-soft text-xs">{t(`lives.${part}`, { n: rest[part] })}</span>
            <span className="tabular font-extrabold text-2xl leading-tight tracking-[-0.03em]">
              {String(rest[part]).padStart(2, '0')}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
