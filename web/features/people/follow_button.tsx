import { useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, type ButtonProps, toast, useProblemText } from '../../ui/index.ts';
import { useRefreshPeople } from './data.ts';

interface FollowButtonProps {
  person: {
    person_id: string;
    is_private?: boolean;
    ties: { following: boolean; follows_me?: boolean; requested?: boolean } | null;
  };
  size?: ButtonProps['size'];
}

type Tie = 'none' | 'requested' | 'following';
const TEXTS = { none: 'people.follow', requested: 'people.requested', following: 'people.following' } as const;

const tieOf = (ties: FollowButtonProps['person']['ties']): Tie =>
  ties?.following ? 'following' : ties?.requested ? 'requested' : 'none';

/** Follow, ask to follow, and neither: shown at once, taken back when the server refuses. */
export function FollowButton({ person, size }: FollowButtonProps) {
  const { t } = useText();
  const { act } = useSignedIn();
  const problemText = useProblemText();
  const refresh = useRefreshPeople();
  const [wish, setWish] = useState<Tie | null>(null);
  const tie = wish ?? tieOf(person.ties);

  const set = async (next: boolean) => {
    setWish(next ? (person.is_private ? 'requested' : 'following') : 'none');
    const params = { path: { person_id: person.person_id } };
    const answer = next
      ? await api.PUT('/api/people/{person_id}/follow', { params })
      : await api.DELETE('/api/people/{person_id}/follow', { params });
    if (answer.error) toast({ title: problemText(answer.error), tone: 'bad' });
    else await refresh();
    setWish(null);
  };
  const friends = tie === 'following' && person.ties?.follows_me;
  return (
    <Button
      tone={tie === 'none' ? 'accent' : 'plain'}
      size={size}
      icon={tie === 'none' ? 'plus' : tie === 'requested' ? 'clock' : friends ? 'users' : 'check'}
      aria-pressed={tie !== 'none'}
      onClick={() => act(() => set(tie === 'none'))}
    >
      {t(friends ? 'people.friends' : tie === 'none' && person.ties?.follows_me ? 'people.follow_back' : TEXTS[tie])}
    </Button>
  );
}
