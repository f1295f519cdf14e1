import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { $api } from '../../api.ts';
import type { ProblemDocument } from '../../ui/index.ts';

export type Profile = paths['/api/people/@{handle}']['get']['responses']['200']['content']['application/json'];
export type PersonCard = Pick<Profile, 'person_id' | 'handle' | 'name' | 'avatar_url'>;
export type TiedPerson =
  paths['/api/people/me/friends']['get']['responses']['200']['content']['application/json']['items'][number];
type Self = paths['/api/people/me']['get']['responses']['200']['content']['application/json'];
export type OwnPerson = NonNullable<Self['person']>;

export const useProfile = (handle: string) =>
  $api.useQuery('get', '/api/people/@{handle}', { params: { path: { handle } } });

/** Everything about the person who is signed in: what `useSignedIn` knows and more. */
export const useSelf = () => $api.useQuery('get', '/api/people/me', {}, { select: ({ person }) => person });

/** Asks again for everything that shows people. */
export function useRefreshPeople(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries();
}

const FIELD_OF: Record<string, string> = {
  invite_needed: 'invite',
  invite_invalid: 'invite',
  handle_taken: 'handle',
  handle_reserved: 'handle',
  email_taken: 'email',
  email_invalid: 'email',
  password_weak: 'password',
  password_wrong: 'current_password',
  too_young: 'born_on',
  birth_date_invalid: 'born_on',
  birth_date_locked: 'born_on',
};

const isProblem = (error: unknown): error is ProblemDocument => typeof error === 'object' && error !== null;

/** The field a refusal is about, or null where it is about the whole. */
export function fieldOf(error: unknown): string | null {
  if (!isProblem(error)) return null;
  const [first] = error.errors ?? [];
  return FIELD_OF[error.code ?? ''] ?? first?.path?.replace(/^body\./, '') ?? null;
}
