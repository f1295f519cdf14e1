import { useEffect, useState } from 'react';
import { newKey, queryClient } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Sheet } from '../../ui/index.ts';
import { detailsOf, type OwnVideo, publish, putDetails } from './data.ts';
import { DetailsForm, WhenField } from './details_form.tsx';
import type { Details } from './uploads.ts';

/** Changes what a post says and who may see it; a draft is published from here as well. */
export function EditSheet({ video, onClose }: { video: OwnVideo | null; onClose: () => void }) {
  const { t } = useText();
  // What was open stays in sight while the sheet goes down.
  const [shown, setShown] = useState(video);
  useEffect(() => {
    if (video) setShown(video);
  }, [video]);
  return (
    <Sheet open={video !== null} onClose={onClose} title={t('posting.edit_title')} wide>
      {shown && <EditForm key={shown.video_id} video={shown} onDone={onClose} />}
    </Sheet>
  );
}

function EditForm({ video, onDone }: { video: OwnVideo; onDone: () => void }) {
  const { t } = useText();
  const [details, setDetails] = useState<Details>(() => detailsOf(video));
  const [at, setAt] = useState(video.publish_at);
  const [busy, setBusy] = useState<'save' | 'publish' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { video_id, state, upload } = video;
  const run = async (what: 'save' | 'publish') => {
    setBusy(what);
    setError(null);
    try {
      await putDetails(video_id, details);
      if (what === 'publish') await publish(video_id, at, newKey());
      await queryClient.invalidateQueries();
      onDone();
    } catch (failed) {
      setError(failed);
    }
    setBusy(null);
  };
  const may_publish = state !== 'published' && upload.state !== 'refused';
  return (
    <div className="grid gap-5">
      <DetailsForm details={details} onChange={(change) => setDetails((was) => ({ ...was, ...change }))} />
      {may_publish && <WhenField at={at} onChange={setAt} />}
      <ErrorNote error={error} />
      <div className="flex flex-wrap gap-3">
        {may_publish && (
          <Button tone="accent" className="grow" busy={busy === 'publish'} onClick={() => void run('publish')}>
            {t(at ? 'posting.schedule' : 'posting.publish')}
          </Button>
        )}
        <Button
          tone={may_publish ? 'plain' : 'accent'}
          className="grow"
          busy={busy === 'save'}
          onClick={() => void run('save')}
        >
          {t('posting.save')}
        </Button>
      </div>
    </div>
  );
}
