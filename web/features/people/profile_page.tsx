import { useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  ButtonLink,
  EmptyState,
  ErrorNote,
  Note,
  Page,
  type ProblemDocument,
  Skeleton,
} from '../../ui/index.ts';
import { type Profile, useProfile } from './data.ts';
import { FollowButton } from './follow_button.tsx';
import { ProfileCounts } from './profile_counts.tsx';
import { ProfileDeeds } from './profile_deeds.tsx';
import { RequestNote } from './requests_page.tsx';

type Part = ComponentType<{ person: Profile }>;
const collect = (found: Record<string, () => Promise<{ default: Part }>>) =>
  Object.values(found).map((load) => lazy(load));

/** What other rooms put on a profile: `features/<room>/profile_action.tsx` beside Follow, `profile_part.tsx` below. */
const actions = collect(import.meta.glob<{ default: Part }>('../*/profile_action.tsx'));
// What a person posted comes first, then the lives.
const parts = collect({
  ...import.meta.glob<{ default: Part }>('../videos/profile_part.tsx'),
  ...import.meta.glob<{ default: Part }>('../rooms/profile_part.tsx'),
  ...import.meta.glob<{ default: Part }>('../*/profile_part.tsx'),
});

export default function ProfilePage() {
  const { t } = useText();
  const { handle = '' } = useParams({ strict: false });
  const { data: person, error, refetch } = useProfile(handle);
  if ((error as ProblemDocument | null)?.status === 404 || (error as ProblemDocument | null)?.status === 400) {
    return (
      <Page title={`@${handle}`} bare>
        <EmptyState
          icon="user"
          title={t('people.unknown')}
          text={t('people.unknown_text')}
          action={<ButtonLink to="/live">{t('shell.go_home')}</ButtonLink>}
        />
      </Page>
    );
  }
  return (
    <Page title={person?.name ?? `@${handle}`} bare>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {person ? <Face person={person} /> : !error && <Skeleton className="h-56 rounded-xl" />}
    </Page>
  );
}

function Face({ person }: { person: Profile }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const own = me?.person_id === person.person_id;
  return (
    <>
      {person.ties?.requests_me && <RequestNote person={person} />}
      <header className="relative flex flex-col items-center gap-4 text-center sm:flex-row sm:items-start sm:gap-7 sm:text-left">
        <Avatar name={person.name} src={person.avatar_url} size="xl" arch className="h-36! w-28!" />
        <div className="min-w-0 grow">
          <p className="break-words font-bold text-2xl tracking-[-0.02em]">{person.name}</p>
          <p className="text-soft">@{person.handle}</p>
          <ProfileCounts person={person} own={own} />
          {person.bio && <p className="mt-3 max-w-xl whitespace-pre-line break-words">{person.bio}</p>}
          <div className="mt-5 flex flex-wrap items-center justify-center gap-2 sm:justify-start">
            {own && <ButtonLink to="/settings">{t('people.edit')}</ButtonLink>}
            {!own && !person.ties?.blocked_by_me && <FollowButton person={person} />}
            {!person.ties?.blocked_by_me && (
              <Suspense fallback={null}>
                {actions.map((Action, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: fixed when the app was built
                  <Action key={at} person={person} />
                ))}
              </Suspense>
            )}
            <div className="max-sm:absolute max-sm:top-0 max-sm:right-0">
              <ProfileDeeds person={person} own={own} />
            </div>
          </div>
        </div>
      </header>
      {person.ties?.blocked_by_me ? (
        <Note icon="lock" className="mt-8">
          {t('people.blocked_note', { name: person.name })}
        </Note>
      ) : person.closed ? (
        <EmptyState
          icon="lock"
          title={t('people.closed')}
          text={t(person.ties?.requested ? 'people.closed_requested' : 'people.closed_text', { name: person.name })}
        />
      ) : (
        <Suspense fallback={<Skeleton className="mt-10 h-40 rounded-xl" />}>
          {parts.map((Part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fixed when the app was built
            <Part key={at} person={person} />
          ))}
        </Suspense>
      )}
    </>
  );
}
