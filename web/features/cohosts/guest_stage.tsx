import { useText } from '../../text.ts';
import { Button, IconButton, Spinner } from '../../ui/index.ts';
import { StreamView } from './stream_view.tsx';
import type { GuestSide } from './use_guest_side.ts';

interface GuestStageProps {
  guest: GuestSide;
  host: { name: string };
}

/** In the picture: the host and oneself, as viewers see both, without the delay that viewers have. */
export function GuestStage({ guest, host }: GuestStageProps) {
  const { t } = useText();
  const { camera, link, muted } = guest;
  return (
    <div className="absolute inset-0 grid place-content-center bg-black">
      <div className="relative grid h-dvh w-screen grid-rows-2 md:aspect-9/16 md:h-full md:max-h-dvh md:w-auto">
        <div className="relative min-h-0">
          <StreamView stream={guest.host} label={t('cohosts.picture_of', { name: host.name })} />
          {link !== 'connected' && <Waiting name={host.name} has_relay={guest.has_relay} />}
        </div>
        <StreamView
          stream={camera.stream}
          label={t('cohosts.picture_of_me')}
          silent
          mirrored={camera.facing === 'user'}
          className="min-h-0"
        />
        <div className="absolute inset-x-3 top-1/2 z-10 flex -translate-y-1/2 items-center justify-end gap-2">
          <IconButton
            icon={muted ? 'micOff' : 'mic'}
            tone="glass"
            label={t(muted ? 'golive.unmute' : 'golive.mute')}
            aria-pressed={muted}
            onClick={() => guest.setMuted(!muted)}
          />
          <IconButton icon="flip" tone="glass" label={t('golive.flip')} onClick={camera.flip} />
          <Button tone="danger" icon="out" onClick={() => void guest.leave()}>
            {t('cohosts.leave')}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Waiting({ name, has_relay }: { name: string; has_relay: boolean }) {
  const { t } = useText();
  return (
    <div
      role="status"
      className="absolute inset-0 grid place-content-center justify-items-center gap-3 bg-black/60 p-6 text-center text-white"
    >
      <Spinner className="size-8" />
      <p className="max-w-64">{t('cohosts.connecting', { name })}</p>
      {!has_relay && <p className="max-w-64 text-sm text-white/80">{t('cohosts.no_relay')}</p>}
    </div>
  );
}
