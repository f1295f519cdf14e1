import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, useKey } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Sheet, TextArea } from '../../ui/index.ts';

/** On a profile: write to this person. */
export default function MessageAction({ person }: { person: { person_id: string; name: string } }) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const [open, setOpen] = useState(false);
  if (me?.person_id === person.person_id) return null;
  return (
    <>
      <Button icon="send" onClick={() => act(() => setOpen(true))}>
        {t('messages.message')}
      </Button>
      {open && <WriteSheet person={person} onClose={() => setOpen(false)} />}
    </>
  );
}

function WriteSheet({ person, onClose }: { person: { person_id: string; name: string }; onClose: () => void }) {
  const { t } = useText();
  const key = useKey();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    setBusy(true);
    const { data, error: refused } = await api
      .POST('/api/messages', {
        headers: { 'Idempotency-Key': key.value() },
        body: { person_ids: [person.person_id], text: text.trim(), thing: null, title: null },
      })
      .catch((failure) => ({ data: undefined, error: failure }));
    setBusy(false);
    if (!data) return setError(refused);
    key.renew();
    await navigate({ to: `/messages/${data.conversation_id}` });
  };
  return (
    <Sheet open onClose={onClose} title={t('messages.write_to', { name: person.name })}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        <ErrorNote error={error} />
        <TextArea label={t('messages.write')} rows={4} maxLength={2000} value={text} onChange={setText} />
        <Button submit wide tone="accent" icon="send" busy={busy} disabled={!text.trim()}>
          {t('messages.send')}
        </Button>
      </form>
    </Sheet>
  );
}
