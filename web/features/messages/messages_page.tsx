import { useParams } from '@tanstack/react-router';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { cx, EmptyState, Loading, Page } from '../../ui/index.ts';
import { ConversationList } from './conversation_list.tsx';
import { ConversationView } from './conversation_view.tsx';

/** Conversations beside the one that is open; on a phone one after the other. */
export default function MessagesPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const { id } = useParams({ strict: false }) as { id?: string };
  const first = new URLSearchParams(location.search).get('box') === 'requests' ? 'requests' : 'inbox';
  if (!me) {
    return (
      <Page title={t('messages.title')} width="narrow">
        {loading ? (
          <Loading className="py-20" />
        ) : (
          <SignedOut icon="send" title={t('messages.title')} text={t('messages.signed_out')} />
        )}
      </Page>
    );
  }
  return (
    <Page title={t('messages.title')} width="wide" bare={id !== undefined}>
      <div className="md:grid md:grid-cols-[minmax(18rem,24rem)_1fr] md:gap-6">
        <div className={cx('min-w-0', id && 'max-md:hidden')}>
          <ConversationList open_id={id ?? null} first={first} />
        </div>
        <div className={cx('min-w-0 md:border-line md:border-l md:pl-6', !id && 'max-md:hidden')}>
          {id ? (
            <ConversationView key={id} id={id} />
          ) : (
            <EmptyState
              className="min-h-[50dvh] justify-center"
              icon="send"
              title={t('messages.none_open')}
              text={t('messages.none_open_text')}
            />
          )}
        </div>
      </div>
    </Page>
  );
}
