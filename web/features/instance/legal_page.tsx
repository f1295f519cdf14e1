import { useLocation } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Page, Sheet, Skeleton, TextArea, toast } from '../../ui/index.ts';

const PAGES = ['imprint', 'privacy', 'terms'] as const;
type LegalPage = (typeof PAGES)[number];

/** A legal page. Until the operator has written it, it says so; the operator writes it here. */
export default function LegalPlace() {
  const { t, locale } = useText();
  const { me } = useSignedIn();
  const { pathname } = useLocation();
  const page = PAGES.find((name) => pathname.endsWith(name)) ?? 'imprint';
  const found = $api.useQuery('get', '/api/instance/legal/{page}', {
    params: { path: { page }, query: { locale } },
  });
  const [writing, setWriting] = useState(false);
  const operator = me?.roles.includes('operator') ?? false;
  return (
    <Page
      title={t(`shell.${page}`)}
      width="narrow"
      actions={
        operator && (
          <Button size="sm" icon="edit" onClick={() => setWriting(true)}>
            {t('instance.write')}
          </Button>
        )
      }
    >
      {found.isPending && <Skeleton className="h-40 rounded-md" />}
      <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
      {found.data && !found.data.filled && <Note icon="alert">{found.data.body_text}</Note>}
      {found.data?.filled && <div className="whitespace-pre-line break-words">{found.data.body_text}</div>}
      {found.data && (
        <Writing
          key={`${page}-${locale}`}
          page={page}
          text={found.data.filled ? found.data.body_text : ''}
          open={writing}
          onClose={() => setWriting(false)}
          onWritten={() => void found.refetch()}
        />
      )}
    </Page>
  );
}

interface WritingProps {
  page: LegalPage;
  text: string;
  open: boolean;
  onClose: () => void;
  onWritten: () => void;
}

function Writing({ page, text, open, onClose, onWritten }: WritingProps) {
  const { t, locale } = useText();
  const [body_text, setText] = useState(text);
  const write = $api.useMutation('put', '/api/instance/legal/{page}', {
    onSuccess: () => {
      toast({ title: t('people.saved'), tone: 'good' });
      onWritten();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({ params: { path: { page } }, body: { locale, body_text } });
  };
  return (
    <Sheet open={open} onClose={onClose} title={t(`shell.${page}`)} description={t('instance.write_text')} wide>
      <form onSubmit={submit} className="grid gap-4">
        <ErrorNote error={write.error} />
        <TextArea label={t('instance.body')} rows={14} maxLength={50_000} value={body_text} onChange={setText} />
        <Button tone="accent" submit busy={write.isPending}>
          {t('people.save')}
        </Button>
      </form>
    </Sheet>
  );
}
