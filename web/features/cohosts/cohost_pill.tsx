import type { PersonCard } from '@souk/sdk/live';
import { useText } from '../../text.ts';
import { Avatar, Link } from '../../ui/index.ts';

/** Who is in the picture beside the host, with the way to their profile. */
export function CohostPill({ person }: { person: PersonCard }) {
  const { t } = useText();
  return (
    <Link
      to={`/@${person.handle}`}
      className="flex min-h-6 min-w-0 max-w-44 items-center gap-1.5 rounded-full bg-black/45 pr-2.5 text-white text-xs backdrop-blur-md hover:bg-black/60 md:max-w-64"
    >
      <Avatar name={person.name} src={person.avatar_url} size="xs" />
      <span className="truncate font-semibold">{t('cohosts.with', { name: person.name })}</span>
    </Link>
  );
}
