import type { EndReason } from '@souk/sdk/live';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Button, ButtonLink } from '../../ui/index.ts';
import type { RoomPageData } from './data.ts';

interface EndedCardProps {
  room: RoomPageData;
  reason: EndReason | null;
  likes: number;
  onReplay: () => void;
}

/** The live is over: thanks, and what remains. */
export function EndedCard({ room, reason, likes, onReplay }: EndedCardProps) {
  const { t } = useText();
  const format = useFormat();
  const { host } = room;
  return (
    <div className="absolute inset-0 z-20 flex flex-col items-center justify-center bg-black/80 p-6 text-center text-white backdrop-blur-md">
      <Avatar name={host.name} src={host.avatar_url} size="xl" className="arch" />
      <h2 className="mt-5 font-bold text-xl" role="status">
        {t('rooms.ended')}
      </h2>
      <p className="mt-1.5 max-w-xs text-white/80">
        {t(reason === 'host' || reason === null ? 'rooms.ended_text' : `rooms.ended_${reason}`, {
          name: host.name,
          likes: format.number(likes),
        })}
      </p>
      <div className="mt-6 flex w-full max-w-xs flex-col gap-2.5">
        {reason !== 'moderation' && room.stream.provider === 'own' && (
          <Button tone="accent" size="lg" wide icon="play" onClick={onReplay}>
            {t('rooms.watch_replay')}
          </Button>
        )}
        <ButtonLink to="/" tone="glass" size="lg" wide className="!bg-white/15">
          {t('rooms.to_lives')}
        </ButtonLink>
      </div>
    </div>
  );
}
