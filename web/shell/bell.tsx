import { $api } from '../api.ts';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { cx, Icon, Link } from '../ui/index.ts';

/** Asked again while the page is looked at; not in the background. */
const ASK_MS = 45_000;
const MOST = 99;

/** The way to the inbox, and how much there is unread. */
export function Bell({ className }: { className?: string }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const { data } = $api.useQuery('get', '/api/notices/unread', {}, { enabled: me !== null, refetchInterval: ASK_MS });
  if (!me) return null;
  const count = data?.count ?? 0;
  const shown = count > MOST ? `${MOST}+` : String(count);
  return (
    <Link
      to="/notices"
      aria-label={t('notices.bell', { count })}
      title={t('notices.title')}
      className={cx(
        'relative flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-raised',
        className,
      )}
    >
      <Icon name="bell" className="size-[22px]" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="tabular absolute top-1 right-0.5 flex min-h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 font-bold text-[0.6875rem] text-accent-ink"
        >
          {shown}
        </span>
      )}
    </Link>
  );
}
