import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Checkbox, ErrorNote, Page, Section, Skeleton } from '../../ui/index.ts';
import type { GiftSettings } from './data.ts';
import { GoalSection } from './goal_section.tsx';
import { OverlaySection } from './overlay_section.tsx';
import { ReceivedSection } from './received_section.tsx';

/** `/studio/gifts`: what a creator received, their goal, the overlay for OBS, and what they want around gifts. */
export default function StudioGiftsPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  if (!me && !loading) {
    return (
      <Page title={t('gifts.studio')} width="narrow">
        <SignedOut icon="gift" title={t('gifts.studio_signed_out')} text={t('gifts.studio_signed_out_text')} />
      </Page>
    );
  }
  return (
    <Page title={t('gifts.studio')} intro={t('gifts.studio_intro')} width="narrow">
      {!me && <Skeleton className="h-64 rounded-xl" />}
      {me && (
        <>
          <GoalSection person_id={me.person_id} />
          <ReceivedSection />
          <OverlaySection />
          <Wishes />
        </>
      )}
    </Page>
  );
}

const WISHES = ['momentum_in_my_rooms', 'gallery_shown', 'momentum_for_me', 'named_as_supporter'] as const;

function Wishes() {
  const { t } = useText();
  const settings = $api.useQuery('get', '/api/gifts/settings');
  const save = $api.useMutation('put', '/api/gifts/settings', { onSuccess: () => void settings.refetch() });
  const change = (wish: keyof GiftSettings, wanted: boolean) =>
    settings.data && save.mutate({ body: { ...settings.data, [wish]: wanted } });
  return (
    <Section title={t('gifts.wishes')} className="mt-10">
      <ErrorNote error={settings.error ?? save.error} />
      {settings.isPending && <Skeleton className="h-40 rounded-xl" />}
      {settings.data && (
        <div className="grid gap-3">
          {WISHES.map((wish) => (
            <Checkbox
              key={wish}
              label={t(`gifts.wish_${wish}`)}
              checked={settings.data[wish]}
              disabled={save.isPending}
              onChange={(wanted) => change(wish, wanted)}
            />
          ))}
        </div>
      )}
    </Section>
  );
}
