import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Section, toast } from '../../ui/index.ts';

/** The address for OBS: shown once, replaced at will. */
export function OverlaySection() {
  const { t } = useText();
  const format = useFormat();
  const mine = $api.useQuery('get', '/api/gifts/overlay');
  const [secret, setSecret] = useState<string | null>(null);
  const make = $api.useMutation('post', '/api/gifts/overlay', {
    onSuccess: ({ secret: made }) => {
      setSecret(made);
      void mine.refetch();
    },
  });
  const drop = $api.useMutation('delete', '/api/gifts/overlay', {
    onSuccess: () => {
      setSecret(null);
      void mine.refetch();
    },
  });
  const made_at = mine.data?.made_at;
  const address = secret && `${location.origin}/overlay/${secret}`;
  const copy = async () => {
    await navigator.clipboard.writeText(address ?? '');
    toast({ title: t('gifts.overlay_copied'), tone: 'good' });
  };
  return (
    <Section title={t('gifts.overlay')} text={t('gifts.overlay_text')} className="mt-10">
      <ErrorNote error={mine.error ?? make.error ?? drop.error} />
      {address && (
        <Note icon="lock" className="mb-4">
          <p className="font-semibold">{t('gifts.overlay_once')}</p>
          <p className="my-2 break-all rounded-md bg-raised px-3 py-2 text-sm">{address}</p>
          <Button size="sm" icon="copy" onClick={() => void copy()}>
            {t('gifts.overlay_copy')}
          </Button>
        </Note>
      )}
      {made_at && !address && (
        <p className="mb-3 text-soft text-sm">{t('gifts.overlay_since', { when: format.dateTime(made_at) })}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button icon={made_at ? 'flip' : 'plus'} busy={make.isPending} onClick={() => make.mutate({})}>
          {t(made_at ? 'gifts.overlay_rotate' : 'gifts.overlay_make')}
        </Button>
        {made_at && (
          <Button tone="danger" busy={drop.isPending} onClick={() => drop.mutate({})}>
            {t('gifts.overlay_drop')}
          </Button>
        )}
      </div>
    </Section>
  );
}
