import { $api } from '../api.ts';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { ASK_MS, CountSign } from './count_sign.tsx';

/** The way to one's messages, and how many conversations have something new. */
export function MessagesSign({ className }: { className?: string }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const { data } = $api.useQuery('get', '/api/messages/new', {}, { enabled: me !== null, refetchInterval: ASK_MS });
  if (!me) return null;
  const count = (data?.unread ?? 0) + (data?.requests ?? 0);
  const [label, title] = [t('messages.sign', { count }), t('messages.title')];
  return <CountSign to="/messages" icon="send" label={label} title={title} count={count} className={className} />;
}
