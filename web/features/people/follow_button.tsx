import { useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, type ButtonProps, toast, useProblemText } from '../../ui/index.ts';
import { useRefreshPeople } from './data.ts';

interface FollowButtonProps {
  person: { person_id: string; ties: { following: boolean } | null };
  size?: ButtonProps['size'];
}

/** Follow and unfollow: shown at once, taken back when the server refuses. */
export function FollowButton({ person, size }: FollowButtonProps) {
  const { t } = useText();
  const { act } = useSignedIn();
  const problemText = useProblemText();
  const refresh = useRefreshPeople();
  const [wish, setWish] = useState<boolean | null>(null);
  const following = wish ?? person.ties?.following ?? false;

  const set = async (next: boolean) => {
    setWish(next);
    const params = { path: { person_id: person.person_id } };
    const answer = next
      ? await api.PUT('/api/people/{person_id}/follow', { params })
      : await api.DELETE('/api/people/{person_id}/follow', { params });
    if (answer.error) toast({ title: problemText(answer.error), tone: 'bad' });
    else await refresh();
    setWish(null);
  };
  return (
    <Button
      tone={following ? 'plain' : 'accent'}
      size={size}
      icon={following ? 'check' : 'plus'}
      aria-pressed={following}
      onClick={() => act(() => set(!following))}
    >
      {t(following ? 'people.following' : 'people.follow')}
    </Button>
  );
}
