import type { PersonCard } from '@souk/sdk/live';
import { useText } from '../../text.ts';
import { Avatar, Link } from '../../ui/index.ts';

/** Who is in the picture beside the host, with the way to their profile. */
export function CohostPill({ person }: { person: PersonCard }) {
  const { t } = useText();
  return (
    <Link
      to={`/@${person.handle}`}
      className="flex min-w-0 max-w-full items-center gap-2 self-start rounded-full bg-black/45 py-1 pr-3 pl-1 text-sm text-white backdrop-blur-md hover:bg-black/60"
    >
      <Avatar name={person.name} src={person.avatar_url} size="xs" />
      <span className="truncate font-semibold">{t('cohosts.with', { name: person.name })}</span>
    </Link>
  );
}
