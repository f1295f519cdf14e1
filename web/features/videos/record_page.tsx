import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Button, Loading, Note, Page } from '../../ui/index.ts';
import { chooseCodecs } from '../media/codecs.ts';
import { useCamera } from '../media/use_camera.ts';
import { useAwake } from '../rooms/use_awake.ts';
import { newDetails } from './details_form.tsx';
import { EditStage } from './edit_stage.tsx';
import { FilmStage } from './film_stage.tsx';
import { DuetSide, GuideChip, useGuide } from './guide_view.tsx';
import { joinTakes } from './join.ts';
import { startUpload } from './uploader.ts';
import { useRecorder } from './use_recorder.ts';
import './videos.css';

/** `/studio/record`: film, cut, post. `?sound=` films to a sound, `?duet=` beside a video. */
export default function RecordPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  if (loading) return <Loading />;
  if (!me) {
    return (
      <Page title={t('posting.record')}>
        <SignedOut icon="camera" title={t('posting.signed_out')} text={t('posting.signed_out_text')} />
      </Page>
    );
  }
  return <Record person_id={me.person_id} />;
}

function Record({ person_id }: { person_id: string }) {
  const { t, locale } = useText();
  const navigate = useNavigate();
  const [film, setFilm] = useState<File | null>(null);
  const [joining, setJoining] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const view = useRef<HTMLVideoElement>(null);
  const camera = useCamera(film === null);
  const found = useGuide();
  const recorder = useRecorder(camera, view, found.guide);
  useAwake(recorder.state === 'filming');
  useLeaveWarning(recorder.takes.length > 0);

  const join = async () => {
    setJoining(0);
    setFailed(false);
    try {
      const codecs = await chooseCodecs();
      if (!codecs) throw new Error('no encoder');
      const { takes, with_voice } = recorder;
      const wish = { takes, codecs, guide: found.guide, with_voice, duet: found.kind === 'duet' };
      const joined = await joinTakes(wish, setJoining);
      setFilm(
        new File([joined], `${t('posting.film_name')} ${new Date().toLocaleString(locale)}.mp4`, { type: 'video/mp4' }),
      );
    } catch {
      setFailed(true);
    }
    setJoining(null);
  };
  const post = (file: File, cover: Blob | null) => {
    const { sound_id, duet_of } = found;
    startUpload({ file, person_id, details: newDetails(locale), cover, sound_id, duet_of });
    void navigate({ to: '/studio/upload' });
  };

  if (film) return <EditStage film={film} onBack={() => setFilm(null)} onDone={post} />;
  if (found.state === 'refused') {
    return (
      <Page title={t('posting.record')} back width="narrow">
        <Note icon="alert">{t(found.kind === 'duet' ? 'posting.duet_refused' : 'posting.sound_refused')}</Note>
        <Button className="mt-4" onClick={() => void navigate({ to: '/studio/record', search: {} as never })}>
          {t('posting.film_without')}
        </Button>
      </Page>
    );
  }
  return (
    <>
      <FilmStage
        camera={camera}
        recorder={recorder}
        view={view}
        has_guide={found.guide !== null}
        sound={<GuideChip found={found} />}
        {...(found.kind === 'duet' && {
          beside: <DuetSide playlist_url={found.playlist_url} recorder={recorder} />,
        })}
        onClose={() => void navigate({ to: '/studio' })}
        onNext={() => void join()}
      />
      {(joining !== null || failed) && (
        <div role="status" className="fixed inset-x-4 bottom-6 z-40 mx-auto max-w-sm">
          <Note icon={failed ? 'alert' : 'clock'} tone={failed ? 'plain' : 'accent'}>
            {failed ? t('posting.join_failed') : t('posting.joining', { percent: Math.floor((joining ?? 0) * 100) })}
          </Note>
        </div>
      )}
    </>
  );
}

/** Takes live in this page only until they are joined. */
function useLeaveWarning(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [wanted]);
}
