import { useText } from '../../text.ts';
import { Button, Note } from '../../ui/index.ts';
import type { Pause } from './use_pause.ts';

/** Tells the host that nothing is sent, and how it goes on. */
export function PauseNote({ pause, onResume }: { pause: Pause | null; onResume: () => void }) {
  const { t } = useText();
  if (!pause) return null;
  return (
    <Note tone="accent" icon="pause">
      <p className="font-semibold">{t(`golive.paused_${pause}`)}</p>
      <p>{t('golive.paused_text')}</p>
      <Button size="sm" tone="accent" icon="play" className="mt-2" onClick={onResume}>
        {t('golive.resume')}
      </Button>
    </Note>
  );
}
