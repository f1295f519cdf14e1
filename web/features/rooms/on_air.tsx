import type { ReactNode } from 'react';
import { useText } from '../../text.ts';
import { Badge, ButtonLink, IconButton, Note } from '../../ui/index.ts';
import type { Camera } from '../media/use_camera.ts';
import type { Publishing } from '../media/use_publisher.ts';
import { CameraView } from './camera_view.tsx';
import { EncoderView } from './encoder_view.tsx';
import type { LeadProps } from './lead_tools.tsx';
import { PauseNote } from './pause_note.tsx';
import type { RoomView } from './room_view.ts';
import { HostNotes } from './uplink.tsx';
import type { Pause } from './use_pause.ts';

/** What both shapes of the studio are made of. */
export interface OnAir {
  room: { room_id: string; title: string };
  /** Null: OBS or another encoder sends. */
  camera: Camera | null;
  publishing: Publishing;
  /** Null where nothing here can pause it. */
  pause: { pause: Pause | null; set: (pause: Pause | null) => void } | null;
  view: RoomView;
  /** What the tools of whoever leads the room stand on. */
  lead: LeadProps;
  /** Somebody else in the picture: what there is to answer, and the way to it. */
  together: { bar: ReactNode; button: ReactNode };
  pins: ReactNode;
  /** @param beside buttons beside the field one writes in */
  chat: (beside?: ReactNode) => ReactNode;
  onEnd: () => void;
}

/** The picture that goes out: of this page's camera, or of an encoder as viewers get it. */
export function AirPicture({
  camera,
  room,
  className,
  children,
}: Pick<OnAir, 'camera' | 'room'> & { className: string; children: ReactNode }) {
  if (!camera) return <EncoderView {...{ room_id: room.room_id, className, children }} />;
  return <CameraView {...{ camera, className, children }} />;
}

export function AirBadges({ publishing: { state }, view }: Pick<OnAir, 'publishing' | 'view'>) {
  const { t } = useText();
  return (
    <>
      <Badge tone={state?.phase === 'live' ? 'accent' : 'glass'}>
        {t(`golive.phase_${state?.phase ?? 'starting'}`)}
      </Badge>
      <Badge tone="glass" icon="eye">
        <span className="tabular">{view.viewers}</span>
        <span className="sr-only">{t('rooms.viewers', { n: view.viewers })}</span>
      </Badge>
    </>
  );
}

export function MicButton({ publishing }: Pick<OnAir, 'publishing'>) {
  const { t } = useText();
  return (
    <IconButton
      icon={publishing.muted ? 'micOff' : 'mic'}
      tone="glass"
      label={t(publishing.muted ? 'golive.unmute' : 'golive.mute')}
      aria-pressed={publishing.muted}
      onClick={() => publishing.setMuted(!publishing.muted)}
    />
  );
}

/** Nothing is sent until one comes back; viewers see a card. */
export function PauseButton({ pause: known }: Pick<OnAir, 'pause'>) {
  const { t } = useText();
  if (!known) return null;
  const { pause, set } = known;
  return (
    <IconButton
      icon={pause ? 'play' : 'pause'}
      tone="glass"
      label={t(pause ? 'golive.resume' : 'golive.pause')}
      onClick={() => set(pause ? null : 'wished')}
    />
  );
}

/** What the host should know: of a pause, of the picture and of the sound. */
export function AirNotes({ camera, publishing, pause }: Pick<OnAir, 'camera' | 'publishing' | 'pause'>) {
  const { t } = useText();
  return (
    <>
      {camera?.screen === 'absent' && <Note icon="info">{t('golive.screen_absent')}</Note>}
      {pause && <PauseNote pause={pause.pause} onResume={() => pause.set(null)} />}
      <HostNotes state={publishing.state} />
    </>
  );
}

/** A screen, a window or a tab in place of the camera; the microphone stays. */
export function ScreenButton({ camera }: Pick<OnAir, 'camera'>) {
  const { t } = useText();
  if (!camera) return null;
  return (
    <IconButton
      icon={camera.screen === 'shown' ? 'screenOff' : 'screen'}
      tone="glass"
      label={t(camera.screen === 'shown' ? 'golive.screen_stop' : 'golive.screen')}
      aria-pressed={camera.screen === 'shown'}
      onClick={camera.toggleScreen}
    />
  );
}

/** Front and back of a phone, while on air. */
export function FlipButton({ camera }: Pick<OnAir, 'camera'>) {
  const { t } = useText();
  if (!camera) return null;
  return <IconButton icon="flip" tone="glass" label={t('golive.flip')} onClick={camera.flip} />;
}

export function WhatViewersGet({ room }: Pick<OnAir, 'room'>) {
  const { t } = useText();
  return (
    <Note icon="info">
      {t('golive.what_viewers_get')}{' '}
      <ButtonLink to={`/live/${room.room_id}`} tone="quiet" size="sm">
        {t('golive.open_room')}
      </ButtonLink>
    </Note>
  );
}
