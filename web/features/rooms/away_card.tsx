import { useText } from '../../text.ts';
import { Avatar } from '../../ui/index.ts';
import type { RoomPageData } from './data.ts';

/** In place of a picture that would hang: the host is away for a moment. */
export function AwayCard({ host }: Pick<RoomPageData, 'host'>) {
  const { t } = useText();
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-0 z-5 grid place-content-center justify-items-center gap-4 bg-black/80 p-8 text-center text-white backdrop-blur-md"
    >
      <Avatar name={host.name} src={host.avatar_url} size="lg" />
      <p className="max-w-72 text-balance font-bold text-lg">{t('rooms.away', { name: host.name })}</p>
      <p className="max-w-72 text-balance text-sm text-white/80">{t('rooms.away_text')}</p>
    </div>
  );
}
