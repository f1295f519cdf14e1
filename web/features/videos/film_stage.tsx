import { type CSSProperties, type ReactNode, type RefObject, useEffect } from 'react';
import { useFormat } from '../../format.ts';
import { useInstance } from '../../instance.ts';
import { useText } from '../../text.ts';
import { Button, cx, Icon, IconButton, Spinner } from '../../ui/index.ts';
import type { Camera } from '../media/use_camera.ts';
import { RecordButton } from './record_button.tsx';
import type { Speed } from './take.ts';
import type { Recorder, Timer } from './use_recorder.ts';

const SPEEDS: readonly Speed[] = [0.5, 1, 2];
const TIMERS: readonly Timer[] = [0, 3, 10];
/** Shorter films are no films. */
const SHORTEST_FILM_S = 1;

interface FilmStageProps {
  camera: Camera;
  recorder: Recorder;
  view: RefObject<HTMLVideoElement | null>;
  /** What is heard while filming. */
  sound: ReactNode;
  has_guide: boolean;
  /** Stands to the right of the camera: the original of a duet. */
  beside?: ReactNode;
  onClose: () => void;
  onNext: () => void;
}

/** The camera, full of it, and what one films with. */
export function FilmStage(props: FilmStageProps) {
  const { camera, recorder, view, sound, beside, onClose, onNext } = props;
  const { t } = useText();
  const format = useFormat();
  const { stream } = camera;
  const { state, length_s, limit_s, takes } = recorder;
  const still = state === 'idle';
  const note = useInstance()?.sandbox ? '1.5rem' : '0px';
  useEffect(() => {
    if (view.current) view.current.srcObject = stream;
  }, [stream, view]);
  return (
    <div
      style={{ '--note': note } as CSSProperties}
      className="relative isolate mx-auto flex h-dvh w-full flex-col overflow-hidden bg-black text-white md:my-4 md:h-[calc(100dvh-2rem-var(--note))] md:w-auto md:aspect-[9/16] md:rounded-2xl"
    >
      <h1 className="sr-only">{t('posting.record')}</h1>
      <div className={cx('absolute inset-0 -z-10 flex', beside !== undefined && 'items-center')}>
        <video
          ref={view}
          muted
          playsInline
          autoPlay
          aria-label={t('golive.preview')}
          className={cx(
            'h-full min-w-0 flex-1 object-cover',
            beside !== undefined && 'aspect-[9/16] h-auto',
            camera.facing === 'user' && '-scale-x-100',
          )}
        />
        {beside}
      </div>
      {!stream && <NoCamera camera={camera} />}
      <div className="flex items-center justify-between gap-2 bg-linear-to-b from-black/55 to-transparent p-3 max-md:pt-[calc(0.75rem+var(--note))]">
        <IconButton icon="close" tone="glass" label={t('ui.close')} onClick={onClose} />
        {sound}
        <IconButton icon="flip" tone="glass" label={t('golive.flip')} disabled={!still} onClick={camera.flip} />
      </div>
      {state === 'counting' && recorder.countdown > 0 && (
        <p
          role="status"
          className="absolute inset-0 grid place-content-center font-extrabold text-[9rem] leading-none drop-shadow-lg"
        >
          {recorder.countdown}
        </p>
      )}
      <div className="mt-auto grid gap-4 bg-linear-to-t from-black/65 to-transparent p-4 pb-6">
        {recorder.fault && (
          <p role="alert" className="rounded-md bg-black/70 px-4 py-3 text-center text-sm">
            {t(`posting.film_${recorder.fault}`)}
          </p>
        )}
        {still && <Ways recorder={recorder} has_guide={props.has_guide} />}
        <p className="tabular text-center font-semibold text-sm" role="timer">
          {format.duration(length_s)} / {format.duration(limit_s)}
        </p>
        <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-4">
          <span className="justify-self-end">
            {still && takes.length > 0 && (
              <IconButton
                icon="trash"
                tone="glass"
                size="lg"
                label={t('posting.film_delete_last', { n: takes.length })}
                onClick={recorder.deleteLast}
              />
            )}
          </span>
          <RecordButton recorder={recorder} />
          <span>
            {takes.length > 0 && (
              <Button tone="accent" disabled={!still || length_s < SHORTEST_FILM_S} onClick={onNext}>
                {t('posting.next')}
              </Button>
            )}
          </span>
        </div>
        <p className="text-center text-sm text-white/85">
          {t(state === 'filming' ? 'posting.film_hint_running' : 'posting.film_hint')}
        </p>
      </div>
    </div>
  );
}

/** Speed, timer, and whether one is heard beside a sound. */
function Ways({ recorder, has_guide }: { recorder: Recorder; has_guide: boolean }) {
  const { t } = useText();
  const format = useFormat();
  const { speed, timer, with_voice } = recorder;
  const after = <T,>(all: readonly T[], one: T): T => all[(all.indexOf(one) + 1) % all.length] as T;
  return (
    <div className="flex flex-wrap items-center justify-center gap-2">
      <fieldset className="flex rounded-full bg-black/45 p-1 backdrop-blur-md">
        <legend className="sr-only">{t('posting.speed')}</legend>
        {SPEEDS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === speed}
            onClick={() => recorder.setSpeed(one)}
            className={cx(
              'tabular min-h-9 min-w-12 rounded-full px-3 font-semibold text-sm',
              one === speed ? 'bg-white text-black' : 'text-white',
            )}
          >
            {format.number(one)}×
          </button>
        ))}
      </fieldset>
      <Button tone="glass" size="sm" icon="clock" onClick={() => recorder.setTimer(after(TIMERS, timer))}>
        {timer ? t('posting.timer', { n: timer }) : t('posting.timer_off')}
      </Button>
      {has_guide && (
        <Button
          tone="glass"
          size="sm"
          icon={with_voice ? 'mic' : 'micOff'}
          aria-pressed={with_voice}
          onClick={() => recorder.setWithVoice(!with_voice)}
        >
          {t(with_voice ? 'posting.voice_on' : 'posting.voice_off')}
        </Button>
      )}
    </div>
  );
}

function NoCamera({ camera }: { camera: Camera }) {
  const { t } = useText();
  const { fault } = camera;
  return (
    <div
      role="status"
      className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center"
    >
      {fault ? <Icon name="alert" className="size-8" /> : <Spinner className="size-8" />}
      <p className="max-w-64">{t(fault ? `golive.camera_${fault}` : 'golive.camera_opening')}</p>
      {fault && fault !== 'insecure' && (
        <Button tone="glass" onClick={camera.retry}>
          {t('golive.camera_again')}
        </Button>
      )}
    </div>
  );
}
