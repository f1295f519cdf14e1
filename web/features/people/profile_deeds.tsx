import { lazy, Suspense, useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Menu, type MenuItem, toast, useProblemText } from '../../ui/index.ts';
import { DecisionSheet } from '../moderation/decision_sheet.tsx';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import { BlockDialog } from './block_dialog.tsx';
import { type Profile, useRefreshPeople } from './data.ts';
import { RolesSheet } from './roles_sheet.tsx';

const ShareSheet = lazy(() => import('../sharing/share_sheet.tsx'));

/** Mutes, or no longer; says which, because nothing else on the page changes. */
function useMute(person: Profile): () => Promise<void> {
  const { t } = useText();
  const problemText = useProblemText();
  const refresh = useRefreshPeople();
  return async () => {
    const params = { path: { person_id: person.person_id } };
    const muted = person.ties?.muted_by_me ?? false;
    const { error } = muted
      ? await api.DELETE('/api/people/{person_id}/mute', { params })
      : await api.PUT('/api/people/{person_id}/mute', { params });
    if (error) return void toast({ title: problemText(error), tone: 'bad' });
    toast({ title: t(muted ? 'people.unmuted' : 'people.muted_done', { name: person.name }) });
    await refresh();
  };
}

type Asked = 'share' | 'report' | 'block' | 'decide' | 'roles' | null;

/** What else one can do with a person. */
export function ProfileDeeds({ person, own }: { person: Profile; own: boolean }) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const staff = me?.roles.some((role) => role === 'moderator' || role === 'operator');
  const operator = me?.roles.includes('operator') ?? false;
  const blocked = person.ties?.blocked_by_me ?? false;
  const mute = useMute(person);
  const items: MenuItem[] = [
    { label: t('sharing.title'), icon: 'share', onSelect: () => setAsked('share') },
    ...(own
      ? []
      : [
          {
            label: t(person.ties?.muted_by_me ? 'people.unmute' : 'people.mute'),
            icon: person.ties?.muted_by_me ? ('volume' as const) : ('volumeOff' as const),
            onSelect: () => act(mute),
          },
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
      <Suspense fallback={null}>
        {asked === 'share' && (
          <ShareSheet thing={{ kind: 'person', id: person.handle, title: person.name }} onClose={close} />
        )}
      </Suspense>
      <ReportSheet subject={person.person_id} name={person.name} open={asked === 'report'} onClose={close} />
      <BlockDialog person={person} open={asked === 'block'} onClose={close} />
      {operator && <RolesSheet person={person} open={asked === 'roles'} onClose={close} />}
      {staff && (
        <DecisionSheet subject={person.person_id} name={person.name} open={asked === 'decide'} onClose={close} />
      )}
    </>
  );
}
