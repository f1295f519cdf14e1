import { useText } from '../../text.ts';
import { Avatar, Link } from '../../ui/index.ts';
import type { RoomPageData } from './data.ts';

/** Above the chat of a desktop: what this live is about. On a phone the title stands over the chat. */
export function SideHead({ room }: { room: RoomPageData }) {
  const { t } = useText();
  return (
    <div className="px-3 md:border-line md:border-b md:px-4 md:py-3.5">
      <h1 className="line-clamp-1 font-bold max-md:text-sm md:line-clamp-2 max-md:[text-shadow:0_1px_4px_rgb(0_0_0/0.7)] md:text-lg">
        {room.title}
      </h1>
      <Link
        to={`/@${room.host.handle}`}
        className="mt-1 hidden items-center gap-2 text-soft text-sm hover:text-ink md:inline-flex"
      >
        <Avatar name={room.host.name} src={room.host.avatar_url} size="xs" />
        {t('rooms.with', { name: room.host.name })}
      </Link>
    </div>
  );
}
