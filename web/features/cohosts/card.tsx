import type { ReactNode } from 'react';
import { useText } from '../../text.ts';

/** Something to answer, over the picture. */
export function Card({ text, children }: { text: string; children: ReactNode }) {
  const { t } = useText();
  return (
    <section
      aria-label={t('cohosts.together')}
      role="status"
      className="pointer-events-auto grid w-64 max-w-full gap-2 rounded-lg bg-surface p-3 text-ink text-sm shadow-lift"
    >
      <p>{text}</p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </section>
  );
}
