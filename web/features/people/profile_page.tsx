import { useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  ButtonLink,
  EmptyState,
  ErrorNote,
  Menu,
  type MenuItem,
  Note,
  Page,
  type ProblemDocument,
  Skeleton,
  toast,
} from '../../ui/index.ts';
import { DecisionSheet } from '../moderation/decision_sheet.tsx';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import { BlockDialog } from './block_dialog.tsx';
import { type Profile, useProfile } from './data.ts';
import { FollowButton } from './follow_button.tsx';
import { RolesSheet } from './roles_sheet.tsx';

type Part = ComponentType<{ person: Profile }>;
const collect = (found: Record<string, () => Promise<{ default: Part }>>) =>
  Object.values(found).map((load) => lazy(load));

/** What other rooms put on a profile: `features/<room>/profile_action.tsx` beside Follow, `profile_part.tsx` below. */
const actions = collect(import.meta.glob<{ default: Part }>('../*/profile_action.tsx'));
// The lives come first: somebody may be on now.
const parts = collect({
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
        <EmptyState icon="user" title={t('people.unknown')} text={t('people.unknown_text')} />
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
      <header className="relative flex flex-col items-center gap-4 text-center sm:flex-row sm:items-start sm:gap-7 sm:text-left">
        <Avatar name={person.name} src={person.avatar_url} size="xl" arch className="h-36! w-28!" />
        <div className="min-w-0 grow">
          <p className="break-words font-bold text-2xl tracking-[-0.02em]">{person.name}</p>
          <p className="text-soft">@{person.handle}</p>
          <Counts person={person} />
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
              <Deeds person={person} own={own} />
            </div>
          </div>
        </div>
      </header>
      {person.ties?.blocked_by_me ? (
        <Note icon="lock" className="mt-8">
          {t('people.blocked_note', { name: person.name })}
        </Note>
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

function Counts({ person }: { person: Profile }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <p className="tabular mt-2 flex flex-wrap justify-center gap-x-5 gap-y-1 text-sm sm:justify-start">
      <span>{t('people.followers', { n: person.follower_count, shown: format.compact(person.follower_count) })}</span>
      <span>{t('people.following_count', { shown: format.compact(person.following_count) })}</span>
      <span className="text-soft">{t('people.joined', { date: format.date(person.joined_at) })}</span>
    </p>
  );
}

type Asked = 'report' | 'block' | 'decide' | 'roles' | null;

function Deeds({ person, own }: { person: Profile; own: boolean }) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const share = async () => {
    await navigator.clipboard.writeText(location.href);
    toast({ title: t('people.link_copied') });
  };
  const staff = me?.roles.some((role) => role === 'moderator' || role === 'operator');
  const operator = me?.roles.includes('operator') ?? false;
  const blocked = person.ties?.blocked_by_me ?? false;
  const items: MenuItem[] = [
    { label: t('people.copy_link'), icon: 'copy', onSelect: () => void share() },
    ...(own
      ? []
      : [
          { label: t('people.report'), icon: 'flag' as const, onSelect: () => setAsked('report') },
          {
            label: t(blocked ? 'people.unblock' : 'people.block'),
            icon: 'lock' as const,
            onSelect: () => act(() => setAsked('block')),
          },
        ]),
    ...(staff && !own
      ? [{ label: t('moderation.decide'), icon: 'shield' as const, onSelect: () => setAsked('decide') }]
      : []),
    ...(operator ? [{ label: t('people.roles'), icon: 'users' as const, onSelect: () => setAsked('roles') }] : []),
  ];
  return (
    <>
      <Menu label={t('people.more')} items={items} />
      <ReportSheet subject={person.person_id} name={person.name} open={asked === 'report'} onClose={close} />
      <BlockDialog person={person} open={asked === 'block'} onClose={close} />
      {operator && <RolesSheet person={person} open={asked === 'roles'} onClose={close} />}
      {staff && (
        <DecisionSheet subject={person.person_id} name={person.name} open={asked === 'decide'} onClose={close} />
      )}
    </>
  );
}
