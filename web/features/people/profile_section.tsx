import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, Button, ErrorNote, Section, TextArea, TextField, toast } from '../../ui/index.ts';
import type { OwnPerson } from './data.ts';

/** What others see. */
export function ProfileSection({ self }: { self: OwnPerson }) {
  const { t } = useText();
  const { refresh } = useSignedIn();
  const [name, setName] = useState(self.name);
  const [bio, setBio] = useState(self.bio);
  const save = $api.useMutation('patch', '/api/people/me', {
    onSuccess: async () => {
      await refresh();
      toast({ title: t('people.saved'), tone: 'good' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ body: { name, bio } });
  };
  const same = name === self.name && bio === self.bio;
  return (
    <Section title={t('people.profile')} text={`@${self.handle}`}>
      <AvatarRow self={self} />
      <form onSubmit={submit} className="mt-5 grid gap-4">
        <ErrorNote error={save.error} />
        <TextField label={t('people.name')} autoComplete="name" maxLength={60} value={name} onChange={setName} />
        <TextArea label={t('people.bio')} optional rows={3} maxLength={300} value={bio} onChange={setBio} />
        <Button submit className="justify-self-start" disabled={same} busy={save.isPending}>
          {t('people.save')}
        </Button>
      </form>
    </Section>
  );
}

function AvatarRow({ self }: { self: OwnPerson }) {
  const { t } = useText();
  const { refresh } = useSignedIn();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = async (method: 'PUT' | 'DELETE', file?: File) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await fetch('/api/people/me/avatar', {
        method,
        ...(file && { body: file, headers: { 'content-type': file.type } }),
      });
      if (!answer.ok) setError(await answer.json());
      await refresh();
    } catch {
      setError(new Error('network'));
    }
    setBusy(false);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) void send('PUT', file);
    event.target.value = '';
  };
  return (
    <div>
      <div className="flex items-center gap-4">
        <Avatar name={self.name} src={self.avatar_url} size="lg" />
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon="image" busy={busy} onClick={() => input.current?.click()}>
            {t('people.choose_picture')}
          </Button>
          {self.avatar_url && (
            <Button size="sm" tone="quiet" disabled={busy} onClick={() => void send('DELETE')}>
              {t('people.remove_picture')}
            </Button>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif"
        aria-label={t('people.choose_picture')}
        className="sr-only"
        tabIndex={-1}
        onChange={choose}
      />
      <ErrorNote error={error} className="mt-3" />
    </div>
  );
}
