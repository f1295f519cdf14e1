import { useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, Icon, toast, useProblemText } from '../../ui/index.ts';
import { nameOf, useConversations } from '../messages/data.ts';

interface SendToProps {
  thing: { kind: 'video' | 'room' | 'product'; id: string };
  onSent: () => void;
}

/** The latest conversations: one tap passes it on. Nothing where there are none. */
export function SendTo({ thing, onSent }: SendToProps) {
  const { t } = useText();
  const { me } = useSignedIn();
  const problemText = useProblemText();
  const list = useConversations('inbox', me !== null);
  const [sent, setSent] = useState<readonly string[]>([]);
  const items = (list.data?.pages[0]?.items ?? []).slice(0, 12);
  if (items.length === 0) return null;
  const send = async (conversation_id: string) => {
    setSent((all) => [...all, conversation_id]);
    const { error } = await api.POST('/api/messages/{conversation_id}/items', {
      params: { path: { conversation_id } },
      body: { text: '', thing },
    });
    if (!error) return onSent();
    setSent((all) => all.filter((id) => id !== conversation_id));
    toast({ title: problemText(error), tone: 'bad' });
  };
  return (
    <ul aria-label={t('sharing.send_to')} className="hide-scroll -mx-5 mb-4 flex gap-1 overflow-x-auto px-5">
      {items.map((conversation) => {
        const { conversation_id, kind, people } = conversation;
        const name = nameOf(conversation, t('messages.nobody'));
        const done = sent.includes(conversation_id);
        return (
          <li key={conversation_id}>
            <button
              type="button"
              disabled={done}
              aria-label={t(done ? 'sharing.sent_to' : 'sharing.send_to_person', { name })}
              onClick={() => void send(conversation_id)}
              className="flex w-20 flex-col items-center gap-1.5 rounded-lg p-2 text-center hover:bg-raised"
            >
              <span className="relative">
                <Avatar name={name} src={kind === 'pair' ? people[0]?.avatar_url : null} />
                {done && (
                  <span className="absolute inset-0 flex items-center justify-center rounded-full bg-black/60 text-white">
                    <Icon name="check" />
                  </span>
                )}
              </span>
              <span className="w-full truncate text-xs">{name}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
