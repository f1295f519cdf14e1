import { type FormEvent, useState } from 'react';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Badge, Button, EmptyState, ErrorNote, IconButton, Sheet, Skeleton, TextField } from '../../ui/index.ts';
import type { QuestionItem } from './data.ts';
import type { RoomView } from './room_view.ts';

interface QuestionsProps {
  room_id: string;
  view: RoomView;
  /** Of the picture before the reader, for what they mark as answered. */
  mediaTime: () => Date | null;
}

/** What viewers want to know: ask, vote, and for whoever leads the room, answer. */
export function QuestionsSheet({ open, onClose, ...rest }: QuestionsProps & { open: boolean; onClose: () => void }) {
  const { t } = useText();
  return (
    <Sheet open={open} onClose={onClose} title={t('talk.questions')} clear>
      {open && <Questions {...rest} />}
    </Sheet>
  );
}

/** The list as the server had it, with what the socket has said since. */
function newer(items: QuestionItem[], view: RoomView): QuestionItem[] {
  const known = new Map(items.map((item) => [item.question_id, item]));
  for (const { question_id, by, text, state, votes, at } of Object.values(view.questions)) {
    const before = known.get(question_id);
    known.set(question_id, {
      voted: view.person_id === by.person_id,
      asked_at: at,
      votes,
      ...before,
      question_id,
      by,
      text,
      state,
    });
  }
  return [...known.values()]
    .filter(({ state }) => state !== 'removed')
    .map((item) => ({ ...item, votes: view.question_votes[item.question_id] ?? item.votes }))
    .sort((a, b) => Number(a.state === 'answered') - Number(b.state === 'answered') || b.votes - a.votes);
}

export function Questions({ room_id, view, mediaTime }: QuestionsProps) {
  const { t } = useText();
  const { act } = useSignedIn();
  const list = $api.useQuery('get', '/api/rooms/{room_id}/questions', { params: { path: { room_id } } });
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const leads = view.role !== 'viewer';

  const ask = async (): Promise<void> => {
    setBusy(true);
    const answer = await api.POST('/api/rooms/{room_id}/questions', { params: { path: { room_id } }, body: { text } });
    setBusy(false);
    setError(answer.error ?? null);
    if (!answer.error) setText('');
    void list.refetch();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) act(ask);
  };

  const items = newer(list.data?.items ?? [], view);
  return (
    <div className="flex flex-col gap-4 pt-1">
      {view.role !== 'host' && (
        <form onSubmit={submit} className="flex items-end gap-2">
          <TextField
            label={t('talk.ask')}
            value={text}
            onChange={setText}
            maxLength={200}
            autoComplete="off"
            className="grow"
          />
          <Button submit tone="accent" busy={busy} disabled={!text.trim()}>
            {t('talk.ask_send')}
          </Button>
        </form>
      )}
      <ErrorNote error={error ?? list.error} />
      {list.isPending && <Skeleton className="h-24 rounded-lg" />}
      {list.data && items.length === 0 && (
        <EmptyState
          icon="question"
          title={t('talk.no_questions')}
          text={t('talk.no_questions_text')}
          className="py-6"
        />
      )}
      <ul className="grid gap-2">
        {items.map((item) => (
          <Item
            key={item.question_id}
            {...{ room_id, item, leads, mediaTime }}
            mine={item.by.person_id === view.person_id}
            onChanged={(failed) => {
              setError(failed ?? null);
              void list.refetch();
            }}
          />
        ))}
      </ul>
    </div>
  );
}

interface ItemProps {
  room_id: string;
  item: QuestionItem;
  leads: boolean;
  mine: boolean;
  mediaTime: () => Date | null;
  onChanged: (error?: unknown) => void;
}

function Item({ room_id, item, leads, mine, mediaTime, onChanged }: ItemProps) {
  const { t } = useText();
  const { act } = useSignedIn();
  const params = { path: { room_id, question_id: item.question_id } };
  const url = '/api/rooms/{room_id}/questions/{question_id}' as const;
  const vote = async (): Promise<void> => {
    const path = `${url}/vote` as const;
    const { error } = item.voted ? await api.DELETE(path, { params }) : await api.PUT(path, { params });
    onChanged(error);
  };
  const answer = async (): Promise<void> => {
    const media_at = mediaTime()?.toISOString();
    const { error } = await api.PUT(`${url}/answered`, { params, body: { ...(media_at && { media_at }) } });
    onChanged(error);
  };
  const open = item.state === 'open';
  return (
    <li className="flex items-start gap-3 rounded-lg bg-raised p-3">
      <div className="min-w-0 grow">
        <p className="break-words font-medium">{item.text}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-2 text-soft text-sm">
          {item.by.name}
          {!open && <Badge tone="good">{t('talk.answered')}</Badge>}
        </p>
        {leads && open && (
          <Button size="sm" tone="accent" className="mt-2" onClick={() => void answer()}>
            {t('talk.answer')}
          </Button>
        )}
      </div>
      <div className="flex shrink-0 items-center">
        {(leads || mine) && open && (
          <IconButton
            icon="trash"
            size="sm"
            label={t('talk.remove_question')}
            onClick={() => void api.DELETE(url, { params }).then(({ error }) => onChanged(error))}
          />
        )}
        <Button
          size="sm"
          icon="up"
          tone={item.voted ? 'accent' : 'plain'}
          aria-pressed={item.voted}
          aria-label={t('talk.want_to_know', { n: item.votes })}
          disabled={!open}
          onClick={() => act(vote)}
          className="tabular"
        >
          {item.votes}
        </Button>
      </div>
    </li>
  );
}
