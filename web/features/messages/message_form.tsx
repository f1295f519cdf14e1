import { type FormEvent, useState } from 'react';
import { api, useKey } from '../../api.ts';
import { useText } from '../../text.ts';
import { ErrorNote, Icon } from '../../ui/index.ts';
import { useRefreshMessages } from './data.ts';

/** Say something: Enter sends, Shift and Enter begin a new line. */
export function MessageForm({ id }: { id: string }) {
  const { t } = useText();
  const key = useKey();
  const refresh = useRefreshMessages();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!text.trim() || busy) return;
    setBusy(true);
    setError(null);
    const { data, error: refused } = await api
      .POST('/api/messages/{conversation_id}/items', {
        params: { path: { conversation_id: id } },
        headers: { 'Idempotency-Key': key.value() },
        body: { text: text.trim(), thing: null },
      })
      .catch((failure) => ({ data: undefined, error: failure }));
    setBusy(false);
    if (!data) return setError(refused);
    key.renew();
    setText('');
    await refresh();
  };
  return (
    <form onSubmit={(event) => void send(event)} className="shrink-0 pb-1">
      <ErrorNote error={error} className="mb-2" />
      <div className="flex items-end rounded-2xl bg-raised focus-within:outline-2 focus-within:outline-accent">
        <textarea
          rows={1}
          value={text}
          maxLength={2000}
          enterKeyHint="send"
          aria-label={t('messages.write')}
          placeholder={t('messages.write')}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void send();
          }}
          className="field-sizing-content max-h-40 min-h-11 w-full resize-none bg-transparent px-4 py-2.5 outline-none placeholder:text-soft"
        />
        <button
          type="submit"
          aria-label={t('messages.send')}
          disabled={!text.trim() || busy}
          className="m-1 flex size-9 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink disabled:opacity-40"
        >
          <Icon name="send" className="size-[18px]" />
        </button>
      </div>
    </form>
  );
}
