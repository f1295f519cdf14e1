import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Badge, Button, ErrorNote, Note, Page } from '../../ui/index.ts';
import { Player } from '../media/player.tsx';
import type { Camera } from '../media/use_camera.ts';
import type { Publishing } from '../media/use_publisher.ts';
import { CameraView } from './camera_view.tsx';
import { FlipButton, MicButton } from './on_air.tsx';
import { HostNotes, LevelMeter, Uplink } from './uplink.tsx';
import { useAwake } from './use_awake.ts';

/** A stream that its host alone sees. */
export interface Rehearsing {
  stream_id: string;
  live_url: string;
}

/** Opens a rehearsal and sends to it. @throws what the server had against it */
export async function openRehearsal(publishing: Publishing, stream: MediaStream): Promise<Rehearsing> {
  const { data, error } = await api.POST('/api/media/rehearsals');
  if (!data) throw error;
  const { stream_id, stream_key, live_url } = data;
  await publishing.start({ stream_id, key: stream_key }, stream);
  return { stream_id, live_url };
}

/** Nothing of it is left; where this does not get through, the server erases it by itself. */
const erase = (stream_id: string) =>
  api.DELETE('/api/media/rehearsals/{stream_id}', { params: { path: { stream_id } }, keepalive: true });

interface RehearsalProps {
  rehearsal: Rehearsing;
  title: string;
  camera: Camera;
  publishing: Publishing;
  /** Everything is over: back to where one came from. */
  onEnd: () => void;
  /** Now for real: called when nothing of the rehearsal is left. */
  onGoLive: () => Promise<void>;
}

/** Before anybody watches: camera, sound and line as they are, and the picture as viewers would get it. */
export function Rehearsal({ rehearsal, title, camera, publishing, onEnd, onGoLive }: RehearsalProps) {
  const { t } = useText();
  const { stream_id, live_url } = rehearsal;
  const [busy, setBusy] = useState<'end' | 'live' | null>(null);
  const [error, setError] = useState<unknown>(null);
  useAwake(true);
  useEffect(() => {
    const leave = () => void erase(stream_id).catch(() => undefined);
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [stream_id]);
  const sends = useRef(publishing.setCamera);
  sends.current = publishing.setCamera;
  const { stream } = camera;
  useEffect(() => {
    if (stream) sends.current(stream);
  }, [stream]);

  const finish = async (as: 'end' | 'live') => {
    setBusy(as);
    setError(null);
    try {
      await publishing.stop();
      await erase(stream_id);
      if (as === 'end') onEnd();
      else await onGoLive();
    } catch (failed) {
      setError(failed);
      setBusy(null);
    }
  };

  return (
    <Page title={t('rehearsal.title')} intro={t('rehearsal.intro')}>
      <div className="grid grid-cols-2 gap-x-3 gap-y-6 md:grid-cols-[minmax(0,18rem)_minmax(0,18rem)_1fr] md:gap-8">
        <figure className="flex flex-col gap-2">
          <CameraView camera={camera} className="aspect-[9/14] w-full rounded-2xl">
            <div className="absolute inset-x-3 bottom-3 flex flex-wrap items-center justify-between gap-3">
              <LevelMeter level={publishing.level} muted={publishing.muted} />
              <span className="flex gap-2">
                <FlipButton camera={camera} />
                <MicButton publishing={publishing} />
              </span>
            </div>
          </CameraView>
          <figcaption className="text-soft text-sm">{t('rehearsal.now')}</figcaption>
        </figure>
        <figure className="flex flex-col gap-2">
          <div className="relative overflow-hidden rounded-2xl">
            <Player
              stream={{ stream_id, live_url, replay: [] }}
              mode="live"
              label={t('rehearsal.picture')}
              className="aspect-[9/14] w-full"
            />
            <span className="absolute top-3 left-3">
              <Badge tone="glass" icon="eyeOff">
                {t('rehearsal.badge')}
              </Badge>
            </span>
          </div>
          <figcaption className="text-soft text-sm">{t('rehearsal.later')}</figcaption>
        </figure>
        <div className="col-span-2 flex flex-col gap-4 md:col-span-1">
          <Note icon="eyeOff">{t('rehearsal.nobody')}</Note>
          <HostNotes state={publishing.state} />
          <Uplink state={publishing.state} />
          <ErrorNote error={error} />
          <Button
            tone="accent"
            size="lg"
            icon="live"
            busy={busy === 'live'}
            disabled={busy !== null || !stream}
            onClick={() => void finish('live')}
          >
            {t('rehearsal.go_live')}
          </Button>
          <p className="text-soft text-sm">{t('rehearsal.go_live_text', { title })}</p>
          <Button icon="stop" busy={busy === 'end'} disabled={busy !== null} onClick={() => void finish('end')}>
            {t('rehearsal.end')}
          </Button>
        </div>
      </div>
    </Page>
  );
}
