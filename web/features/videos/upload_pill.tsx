import { useLocation } from '@tanstack/react-router';
import { useText } from '../../text.ts';
import { Icon, Link } from '../../ui/index.ts';
import { progressOf, useUploads } from './uploads.ts';

const R = 9;
const ROUND = 2 * Math.PI * R;

/** How far uploads are, on every screen but their own; it leads there. */
export function UploadPill() {
  const { t } = useText();
  const { pathname } = useLocation();
  const progress = progressOf(useUploads());
  if (!progress || pathname === '/studio/upload') return null;
  const percent = Math.floor(progress.share * 100);
  return (
    <Link
      to="/studio/upload"
      className="fixed bottom-20 left-3 z-30 flex min-h-11 items-center gap-2.5 rounded-full border border-line bg-surface py-1 pr-4 pl-2.5 font-semibold text-ink text-sm shadow-lift md:bottom-5 md:left-auto md:right-5"
    >
      <span className="relative flex size-7 items-center justify-center">
        <svg viewBox="0 0 24 24" className="-rotate-90 absolute inset-0" fill="none" aria-hidden="true">
          <circle cx="12" cy="12" r={R} stroke="var(--line)" strokeWidth="2.4" />
          <circle
            cx="12"
            cy="12"
            r={R}
            stroke="var(--accent)"
            strokeWidth="2.4"
            strokeLinecap="round"
            strokeDasharray={ROUND}
            strokeDashoffset={ROUND * (1 - progress.share)}
          />
        </svg>
        <Icon name="upload" className="size-3.5" />
      </span>
      <span className="tabular">{t('posting.pill', { n: progress.n, percent })}</span>
    </Link>
  );
}
