import { $api } from '../api.ts';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { ASK_MS, CountSign } from './count_sign.tsx';

/** The way to the inbox, and how much there is unread. */
export function Bell({ className }: { className?: string }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const { data } = $api.useQuery('get', '/api/notices/unread', {}, { enabled: me !== null, refetchInterval: ASK_MS });
  if (!me) return null;
  const count = data?.count ?? 0;
  const [label, title] = [t('notices.bell', { count }), t('notices.title')];
  return <CountSign to="/notices" icon="bell" label={label} title={title} count={count} className={className} />;
}
