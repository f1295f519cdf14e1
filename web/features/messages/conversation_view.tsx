import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import {
  Avatar,
  Button,
  EmptyState,
  ErrorNote,
  Icon,
  Link,
  Menu,
  type MenuItem,
  More,
  Note,
  Skeleton,
  toast,
  useProblemText,
} from '../../ui/index.ts';
import GiftAction from '../gifts/profile_action.tsx';
import { type Conversation, nameOf, useConversation, useMessages, useRefreshMessages } from './data.ts';
import { MessageForm } from './message_form.tsx';
import { MessageRow } from './message_row.tsx';

/** One conversation: what was said, and the field to say something. */
export function ConversationView({ id }: { id: string }) {
  const { t } = useText();
  const conversation = useConversation(id);
  const messages = useMessages(id);
  const items = (messages.data?.pages.flatMap((page) => page.items) ?? []).toReversed();
  const newest = items.at(-1)?.message_id;
  useReading(id, newest);
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls whenever another message is the newest
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [newest]);
  if (conversation.error) {
    return <EmptyState icon="send" title={t('messages.unknown')} text={t('messages.unknown_text')} />;
  }
  if (!conversation.data) return <Skeleton className="h-96 rounded-xl" />;
  return (
    <section
      aria-label={nameOf(conversation.data, t('messages.nobody'))}
      className="flex h-[calc(100dvh-10.5rem)] flex-col md:h-[calc(100dvh-9rem)]"
    >
      <Head conversation={conversation.data} />
      <div className="hide-scroll min-h-0 grow overflow-y-auto py-4">
        <More
          show={messages.hasNextPage}
          busy={messages.isFetchingNextPage}
          onMore={() => void messages.fetchNextPage()}
        />
        <ErrorNote error={messages.error} onRetry={() => void messages.refetch()} />
        <ol aria-live="polite" className="flex flex-col gap-1.5">
          {items.map((message, at) => (
            <MessageRow
              key={message.message_id}
              message={message}
              before={items[at - 1] ?? null}
              group={conversation.data.kind === 'group'}
            />
          ))}
        </ol>
        <div ref={end} />
      </div>
      {conversation.data.request && <Request id={id} />}
      {conversation.data.waiting && <p className="pb-2 text-center text-soft text-sm">{t('messages.waiting')}</p>}
      <MessageForm id={id} />
    </section>
  );
}

/** Read as soon as it stands on the screen. */
function useReading(id: string, newest: string | undefined): void {
  useEffect(() => {
    if (!newest || document.hidden) return;
    void api.PUT('/api/messages/{conversation_id}/read', { params: { path: { conversation_id: id } } });
  }, [id, newest]);
}

function Head({ conversation }: { conversation: Conversation }) {
  const { t } = useText();
  const [first] = conversation.people;
  const pair = conversation.kind === 'pair';
  const name = nameOf(conversation, t('messages.nobody'));
  return (
    <header className="flex shrink-0 items-center gap-3 border-line border-b pb-3">
      <Link
        to="/messages"
        aria-label={t('messages.back')}
        className="-ml-2 flex size-11 items-center justify-center rounded-full hover:bg-raised md:hidden"
      >
        <Icon name="left" />
      </Link>
      <Avatar name={name} src={pair ? first?.avatar_url : null} size="sm" />
      <div className="min-w-0 grow">
        {pair && first ? (
          <Link to={`/@${first.handle}`} className="block truncate font-semibold hover:underline">
            {name}
          </Link>
        ) : (
          <p className="truncate font-semibold">{name}</p>
        )}
        <p className="truncate text-soft text-sm">
          {pair ? first && `@${first.handle}` : t('messages.people', { n: conversation.people.length + 1 })}
        </p>
      </div>
      {pair && first && (
        <span className="max-sm:hidden">
          <GiftAction person={first} />
        </span>
      )}
      <Deeds conversation={conversation} />
    </header>
  );
}

function useRun(): (answer: Promise<{ error?: unknown }>) => Promise<boolean> {
  const problemText = useProblemText();
  const refresh = useRefreshMessages();
  return async (answer) => {
    const { error } = await answer;
    if (error) toast({ title: problemText(error), tone: 'bad' });
    await refresh();
    return !error;
  };
}

function Deeds({ conversation }: { conversation: Conversation }) {
  const { t } = useText();
  const navigate = useNavigate();
  const run = useRun();
  const params = { path: { conversation_id: conversation.conversation_id } };
  const pair = conversation.kind === 'pair';
  const mute = () =>
    run(
      conversation.muted
        ? api.DELETE('/api/messages/{conversation_id}/mute', { params })
        : api.PUT('/api/messages/{conversation_id}/mute', { params }),
    );
  const leave = async () => {
    if (await run(api.DELETE('/api/messages/{conversation_id}/membership', { params }))) {
      await navigate({ to: '/messages' });
    }
  };
  const items: MenuItem[] = [
    {
      label: t(conversation.muted ? 'messages.unmute' : 'messages.mute'),
      icon: conversation.muted ? 'volume' : 'volumeOff',
      onSelect: () => void mute(),
    },
    ...(pair && conversation.people[0]
      ? [{ label: t('messages.profile'), icon: 'user' as const, to: `/@${conversation.people[0].handle}` }]
      : []),
    {
      label: t(pair ? 'messages.turn_down' : 'messages.leave'),
      icon: 'out',
      danger: true,
      onSelect: () => void leave(),
    },
  ];
  return <Menu label={t('messages.more')} items={items} />;
}

function Request({ id }: { id: string }) {
  const { t } = useText();
  const navigate = useNavigate();
  const run = useRun();
  const params = { path: { conversation_id: id } };
  const refuse = async () => {
    if (await run(api.DELETE('/api/messages/{conversation_id}/acceptance', { params }))) {
      await navigate({ to: '/messages' });
    }
  };
  return (
    <Note icon="users" className="mb-3 shrink-0">
      <span className="flex flex-wrap items-center justify-between gap-3">
        {t('messages.asks')}
        <span className="flex gap-2">
          <Button
            size="sm"
            tone="accent"
            onClick={() => void run(api.PUT('/api/messages/{conversation_id}/acceptance', { params }))}
          >
            {t('people.accept')}
          </Button>
          <Button size="sm" tone="quiet" onClick={() => void refuse()}>
            {t('people.refuse')}
          </Button>
        </span>
      </span>
    </Note>
  );
}
