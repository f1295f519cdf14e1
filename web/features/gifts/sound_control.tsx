import { useText } from '../../text.ts';
import { cx, Icon } from '../../ui/index.ts';
import { setGiftVolume, useGiftVolume } from './gift_sound.ts';
import { playGift } from './sounds.ts';

/** Whether gifts sound, and how loud. Turning it on plays a note, which is also what wakes a browser's sound up. */
export function SoundControl({ className }: { className?: string }) {
  const { t } = useText();
  const volume = useGiftVolume();
  const set = (next: number) => {
    setGiftVolume(next);
    playGift('rose', next);
  };
  return (
    <div className={cx('flex items-center gap-3 text-sm', className)}>
      <button
        type="button"
        aria-pressed={volume > 0}
        onClick={() => set(volume > 0 ? 0 : 0.6)}
        className="flex min-h-11 items-center gap-2 rounded-md px-1 text-soft hover:text-ink"
      >
        <Icon name={volume > 0 ? 'volume' : 'volumeOff'} className="size-5" />
        {t(volume > 0 ? 'gifts.sound_on' : 'gifts.sound_off')}
      </button>
      {volume > 0 && (
        <input
          type="range"
          min="5"
          max="100"
          step="5"
          aria-label={t('gifts.volume')}
          value={Math.round(volume * 100)}
          onChange={(event) => setGiftVolume(Number(event.target.value) / 100)}
          onPointerUp={() => playGift('rose', volume)}
          className="h-6 min-w-0 max-w-44 grow accent-(--accent)"
        />
      )}
    </div>
  );
}
