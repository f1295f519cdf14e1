import { $api } from '../api.ts';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { cx, Icon, Link } from '../ui/index.ts';

/** Asked again while the page is looked at; not in the background. */
const ASK_MS = 45_000;

/** The way to one's messages, and how many conversations have something new. */
export function MessagesSign({ className }: { className?: string }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const { data } = $api.useQuery('get', '/api/messages/new', {}, { enabled: me !== null, refetchInterval: ASK_MS });
  if (!me) return null;
  const count = (data?.unread ?? 0) + (data?.requests ?? 0);
  return (
    <Link
      to="/messages"
      aria-label={t('messages.sign', { count })}
      title={t('messages.title')}
      className={cx(
        'relative flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-raised',
        className,
      )}
    >
      <Icon name="send" className="size-[22px]" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="tabular absolute top-1 right-0.5 flex min-h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 font-bold text-[0.6875rem] text-accent-ink"
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  );
}
