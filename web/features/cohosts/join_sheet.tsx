import { useState } from 'react';
import { useText } from '../../text.ts';
import { Button, ErrorNote, IconButton, Note, Sheet } from '../../ui/index.ts';
import { CameraView } from '../rooms/camera_view.tsx';
import type { GuestSide } from './use_guest_side.ts';

interface JoinSheetProps {
  guest: GuestSide;
  host: { name: string };
}

/** Before one is in the picture: how one looks, who will see it, and yes or no. */
export function JoinSheet({ guest, host }: JoinSheetProps) {
  const { t } = useText();
  const { camera, own, looking } = guest;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const join = async () => {
    setBusy(true);
    setError(await guest.join());
    setBusy(false);
  };
  const close = () => {
    setError(null);
    guest.setLooking(false);
  };
  const invited = own !== null && own.state !== 'asked_by_guest';
  return (
    <Sheet
      open={looking}
      onClose={close}
      title={t(invited ? 'cohosts.join_title' : 'cohosts.ask_title', { name: host.name })}
      description={t('cohosts.join_text')}
      foot={
        <Button
          tone="accent"
          size="lg"
          wide
          icon="users"
          busy={busy}
          disabled={!camera.stream}
          onClick={() => void join()}
        >
          {t(invited ? 'cohosts.join' : 'cohosts.ask')}
        </Button>
      }
    >
      <div className="grid gap-3">
        <CameraView camera={camera} className="aspect-9/8 max-h-[46vh] w-full rounded-2xl">
          <span className="absolute right-3 bottom-3">
            <IconButton icon="flip" tone="glass" label={t('golive.flip')} onClick={camera.flip} />
          </span>
        </CameraView>
        {camera.without_microphone && <Note icon="micOff">{t('golive.without_microphone')}</Note>}
        {!guest.has_relay && <Note icon="info">{t('cohosts.no_relay')}</Note>}
        <ErrorNote error={error} />
      </div>
    </Sheet>
  );
}
