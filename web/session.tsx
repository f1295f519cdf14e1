import type { paths } from '@souk/sdk/openapi';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { api, ME } from './api.ts';

type Answer = paths['/api/people/me']['get']['responses'][200]['content']['application/json'];

/** Who is signed in, as `GET /api/people/me` tells it. */
export type Me = NonNullable<Answer['person']>;

async function fetchMe(): Promise<Me | null> {
  const { data, error } = await api.GET('/api/people/me');
  if (error) throw error;
  return data.person;
}

export interface Session {
  me: Me | null;
  /** The first answer is not here yet: show neither the signed-in nor the signed-out face. */
  loading: boolean;
  /** Runs a deed that needs a person. Signed out, it asks to sign in first and then completes the deed. */
  act: (deed: () => unknown) => void;
  /** Opens the sign-in sheet. */
  askSignIn: () => void;
  /** Asks the server again who is signed in, and refetches everything that depended on it. */
  refresh: () => Promise<void>;
}

interface SheetState {
  open: boolean;
  close: () => void;
  signedIn: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);
const SheetContext = createContext<SheetState | null>(null);

/** `const { me, act } = useSignedIn(); <Button onClick={() => act(() => follow.mutate(...))}>` */
export function useSignedIn(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSignedIn outside of SessionPlace');
  return session;
}

/** For the shell: whether the sign-in sheet is open, and what closes it. */
export function useSignInSheet(): SheetState {
  const sheet = useContext(SheetContext);
  if (!sheet) throw new Error('useSignInSheet outside of SessionPlace');
  return sheet;
}

export function SessionPlace({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: ME,
    queryFn: fetchMe,
    staleTime: 60_000,
    refetchOnWindowFocus: 'always',
  });
  const [open, setOpen] = useState(false);
  const interrupted = useRef<(() => unknown) | null>(null);
  const me = data ?? null;

  const session = useMemo<Session>(() => {
    const refresh = async () => {
      await queries.fetchQuery({ queryKey: ME, queryFn: fetchMe, staleTime: 0 });
      // What one is watching stays: its next pages are asked for as the person who came.
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'feed' });
    };
    const ask = (deed: (() => unknown) | null) => {
      interrupted.current = deed;
      setOpen(true);
    };
    return {
      me,
      loading: isPending,
      act: (deed) => (me ? void deed() : ask(deed)),
      askSignIn: () => ask(null),
      refresh,
    };
  }, [me, isPending, queries]);

  const sheet = useMemo<SheetState>(
    () => ({
      open,
      close: () => {
        interrupted.current = null;
        setOpen(false);
      },
      signedIn: async () => {
        const deed = interrupted.current;
        interrupted.current = null;
        await session.refresh();
        setOpen(false);
        deed?.();
      },
    }),
    [open, session],
  );

  return (
    <SessionContext value={session}>
      <SheetContext value={sheet}>{children}</SheetContext>
    </SessionContext>
  );
}
