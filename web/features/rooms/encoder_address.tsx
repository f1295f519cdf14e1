import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Skeleton, toast, useProblemText } from '../../ui/index.ts';

/** Where OBS sends to: the server's address and the key, which is shown only when it is made. */
export function EncoderAddress() {
  const { t } = useText();
  const format = useFormat();
  const problemText = useProblemText();
  const encoder = $api.useQuery('get', '/api/media/encoder');
  const [key, setKey] = useState<string | null>(null);
  const make = $api.useMutation('post', '/api/media/encoder/key', {
    onSuccess: (made) => {
      setKey(made.key);
      void encoder.refetch();
    },
  });
  if (encoder.isPending) return <Skeleton className="h-56 rounded-2xl" />;
  const { server_url = null, key_made_at = null, fault = null } = encoder.data ?? {};
  if (encoder.data && server_url === null) return <Note icon="info">{t('encoder.closed')}</Note>;
  return (
    <div className="flex flex-col gap-4 rounded-2xl bg-surface p-5">
      <p className="text-soft">{t('encoder.text')}</p>
      <ErrorNote error={encoder.error ?? make.error} />
      {server_url && <Copied label={t('encoder.server')} text={server_url} />}
      {key ? (
        <>
          <Copied label={t('encoder.key')} text={key} />
          <Note icon="lock">{t('encoder.key_once')}</Note>
        </>
      ) : (
        <div>
          <p className="text-sm text-soft">
            {key_made_at ? t('encoder.key_since', { date: format.dateTime(key_made_at) }) : t('encoder.key_none')}
          </p>
          <Button className="mt-2" icon="lock" busy={make.isPending} onClick={() => make.mutate({})}>
            {t(key_made_at ? 'encoder.new_key' : 'encoder.make_key')}
          </Button>
        </div>
      )}
      {fault && <Note icon="alert">{t('encoder.fault', { fault: problemText({ code: fault }) })}</Note>}
      <p className="text-sm text-soft">{t('encoder.settings')}</p>
    </div>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const { t } = useText();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast({ title: t('encoder.copied'), tone: 'good' }),
      () => undefined,
    );
  return (
    <div className="min-w-0">
      <p className="font-semibold text-sm">{label}</p>
      <div className="mt-1 flex items-center gap-2">
        <code className="min-w-0 flex-1 select-all break-all rounded-lg bg-raised px-3 py-2">{text}</code>
        <Button size="sm" icon="copy" onClick={() => void copy()}>
          {t('encoder.copy')}
        </Button>
      </div>
    </div>
  );
}
