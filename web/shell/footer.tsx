import { useInstance } from '../instance.ts';
import { useText } from '../text.ts';
import { Link } from '../ui/index.ts';

export const LEGAL = [
  ['/legal/imprint', 'shell.imprint'],
  ['/legal/privacy', 'shell.privacy'],
  ['/legal/terms', 'shell.terms'],
  ['/legal/withdraw', 'shell.withdraw'],
  ['/legal/cancel', 'shell.cancel'],
  ['/reports', 'moderation.your_report'],
  ['/balance', 'balance.title'],
] as const;

/** What the law wants within reach of every page. */
export function Footer() {
  const { t } = useText();
  const instance = useInstance();
  return (
    <footer className="mt-auto border-line/60 border-t px-4 pt-5 pb-24 text-soft text-sm sm:px-6 md:pb-6">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-5 gap-y-1">
        <span className="font-semibold">{instance?.name ?? 'Souk'}</span>
        <nav aria-label={t('shell.legal')} className="flex flex-wrap gap-x-5">
          {LEGAL.map(([to, name]) => (
            <Link
              key={to}
              to={to}
              className="flex min-h-9 items-center underline-offset-3 hover:text-ink hover:underline"
            >
              {t(name)}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  );
}
