import { useState } from 'react';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Icon, toast, useProblemText } from '../../ui/index.ts';
import type { PersonCard } from '../people/data.ts';

/** The plus at the face of a video: follows, and is gone once one does. */
export function RailFollow({ person, active }: { person: PersonCard; active: boolean }) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const problemText = useProblemText();
  const [done, setDone] = useState(false);
  const profile = $api.useQuery(
    'get',
    '/api/people/@{handle}',
    { params: { path: { handle: person.handle } } },
    { enabled: active && me !== null, staleTime: 60_000 },
  );
  const ties = profile.data?.ties;
  if (done || ties?.following || ties?.requested || (me !== null && !profile.data)) return null;
  const follow = async () => {
    setDone(true);
    const { data, error } = await api.PUT('/api/people/{person_id}/follow', {
      params: { path: { person_id: person.person_id } },
    });
    if (error) {
      setDone(false);
      return void toast({ title: problemText(error), tone: 'bad' });
    }
    toast({ title: t(data.state === 'requested' ? 'videos.follow_asked' : 'videos.followed', { name: person.name }) });
    void profile.refetch();
  };
  return (
    <button
      type="button"
      aria-label={t('videos.follow', { name: person.name })}
      onClick={() => act(follow)}
      className="absolute -bottom-2.5 left-1/2 flex size-6 -translate-x-1/2 items-center justify-center rounded-full bg-accent text-accent-ink before:absolute before:-inset-2 before:content-['']"
    >
      <Icon name="plus" className="size-4 [stroke-width:3]" />
    </button>
  );
}
