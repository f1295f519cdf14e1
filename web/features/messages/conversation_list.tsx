import { useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, cx, EmptyState, ErrorNote, Icon, Link, More, Skeleton, Tabs } from '../../ui/index.ts';
import { type Box, type Conversation, nameOf, useConversations, useNew } from './data.ts';

/** Conversations and the requests that wait. */
export function ConversationList({ open_id, first }: { open_id: string | null; first: Box }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const fresh = useNew(me !== null);
  const [box, setBox] = useState<string>(first);
  const { requests = 0 } = fresh.data ?? {};
  return (
    <Tabs
      label={t('messages.title')}
      value={box}
      onChange={setBox}
      tabs={[
        { value: 'inbox', label: t('messages.inbox'), panel: <Rows box="inbox" open_id={open_id} /> },
        {
          value: 'requests',
          label: t('messages.requests'),
          ...(requests > 0 && { count: requests }),
          panel: <Rows box="requests" open_id={open_id} />,
        },
      ]}
    />
  );
}

function Rows({ box, open_id }: { box: Box; open_id: string | null }) {
  const { t } = useText();
  const list = useConversations(box, true);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Skeleton className="h-48 rounded-lg" />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState icon="send" title={t(`messages.empty_${box}`)} text={t(`messages.empty_${box}_text`)} />
      )}
      <ul>
        {items.map((conversation) => (
          <Row
            key={conversation.conversation_id}
            conversation={conversation}
            open={conversation.conversation_id === open_id}
          />
        ))}
      </ul>
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </>
  );
}

function Row({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const { t } = useText();
  const format = useFormat();
  const { me } = useSignedIn();
  const { last, people, unread, said_at, muted } = conversation;
  const [first] = people;
  const name = nameOf(conversation, t('messages.nobody'));
  const said =
    last && (last.removed ? t('messages.removed') : last.text || t(`messages.passed_${last.thing ?? 'video'}`));
  const own = last?.person_id === me?.person_id;
  return (
    <li>
      <Link
        to={`/messages/${conversation.conversation_id}`}
        className={cx(
          '-mx-2 flex min-h-16 items-center gap-3.5 rounded-lg px-2 py-2.5 hover:bg-raised',
          open && 'bg-raised',
        )}
      >
        <Avatar name={name} src={conversation.kind === 'pair' ? first?.avatar_url : null} />
        <span className="min-w-0 grow">
          <span className="flex items-baseline justify-between gap-2">
            <span className={cx('truncate', unread > 0 ? 'font-bold' : 'font-semibold')}>{name}</span>
            <span className="shrink-0 text-soft text-xs">{format.ago(said_at)}</span>
          </span>
          <span className={cx('flex items-center gap-1.5 text-sm', unread > 0 ? 'text-ink' : 'text-soft')}>
            {muted && <Icon name="volumeOff" className="size-4" />}
            <span className="truncate">{own && said ? t('messages.you_said', { text: said }) : said}</span>
          </span>
        </span>
        {unread > 0 && (
          <span className="tabular flex min-h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1.5 font-bold text-accent-ink text-xs">
            <span className="sr-only">{t('messages.unread', { n: unread })}</span>
            <span aria-hidden="true">{unread}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
