import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, useKey } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, ErrorNote, Icon, IconButton } from '../../ui/index.ts';
import type { Comment } from './comments_data.ts';
import type { VideoView } from './use_deeds.ts';

const LONGEST = 500;

interface CommentFormProps {
  video: VideoView;
  /** The comment that is answered. */
  answered: Comment | null;
  onAnswered: (to: null) => void;
  onSaid: (comment: Comment) => void;
}

/** Write a comment. Signed out it asks to sign in, and then sends what was written. */
export function CommentForm({ video, answered, onAnswered, onSaid }: CommentFormProps) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const key = useKey();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (answered) field.current?.focus();
  }, [answered]);

  if (video.who_comments === 'nobody' && me?.person_id !== video.person.person_id) {
    return <p className="py-1 text-center text-soft text-sm">{t('videos.comments_closed')}</p>;
  }
  const send = async () => {
    setBusy(true);
    setError(null);
    const { data, error: refused } = await api
      .POST('/api/videos/{video_id}/comments', {
        params: { path: { video_id: video.video_id } },
        headers: { 'Idempotency-Key': key.value() },
        body: { text: text.trim(), parent_id: answered?.comment_id ?? null },
      })
      .catch((failure) => ({ data: undefined, error: failure }));
    setBusy(false);
    if (!data) return setError(refused);
    key.renew();
    setText('');
    onAnswered(null);
    onSaid(data);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() && !busy) act(send);
  };
  return (
    <form onSubmit={submit}>
      <ErrorNote error={error} className="mb-2" />
      {answered && (
        <p className="mb-1.5 flex items-center justify-between gap-2 text-soft text-sm">
          <span className="truncate">{t('videos.answering', { name: answered.person.name })}</span>
          <IconButton icon="close" size="sm" label={t('videos.answer_nobody')} onClick={() => onAnswered(null)} />
        </p>
      )}
      <div className="flex items-end gap-2.5">
        {me && <Avatar name={me.name} src={me.avatar_url} size="sm" className="mb-1" />}
        <div className="flex min-w-0 grow items-end rounded-2xl bg-raised focus-within:outline-2 focus-within:outline-accent">
          <textarea
            ref={field}
            rows={1}
            value={text}
            maxLength={LONGEST}
            enterKeyHint="send"
            aria-label={t('videos.write_comment')}
            placeholder={t('videos.write_comment')}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              submit();
            }}
            className="field-sizing-content max-h-32 min-h-11 w-full resize-none bg-transparent px-4 py-2.5 outline-none placeholder:text-soft"
          />
          <button
            type="submit"
            aria-label={t('videos.send_comment')}
            disabled={!text.trim() || busy}
            className="m-1 flex size-9 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink disabled:opacity-40"
          >
            <Icon name="send" className="size-[18px]" />
          </button>
        </div>
      </div>
    </form>
  );
}
