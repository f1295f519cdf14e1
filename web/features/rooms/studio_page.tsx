import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, Card, ErrorNote, Icon, type IconName, Page, Section, Skeleton } from '../../ui/index.ts';
import { WelcomeSwitch } from './handover_choice.tsx';
import { PastLives } from './past_lives.tsx';
import { ScheduleGrid } from './schedule_card.tsx';

const WAYS: { to: string; icon: IconName; id: string }[] = [
  { to: '/studio/live', icon: 'camera', id: 'live' },
  { to: '/studio/record', icon: 'play', id: 'record' },
  { to: '/studio/upload', icon: 'upload', id: 'upload' },
  { to: '/studio/posts', icon: 'image', id: 'posts' },
  { to: '/studio/gifts', icon: 'gift', id: 'gifts' },
  { to: '/studio/earnings', icon: 'chart', id: 'earnings' },
  { to: '/seller', icon: 'store', id: 'shop' },
];

/** Where a creator works: go live, see what came of it, sell. */
export default function StudioPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  return (
    <Page title={t('rooms.studio')} intro={t('rooms.studio_intro')}>
      {loading && <Skeleton className="h-40 rounded-xl" />}
      {!loading && !me && (
        <SignedOut icon="camera" title={t('rooms.studio_signed_out')} text={t('rooms.studio_signed_out_text')} />
      )}
      {me && (
        <>
          <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {WAYS.map(({ to, icon, id }) => (
              <Card key={to} to={to} className="flex gap-4 sm:flex-col">
                <span className="arch flex h-14 w-12 shrink-0 items-center justify-center bg-accent-wash text-accent-text">
                  <Icon name={icon} className="mt-1" />
                </span>
                <span className="min-w-0">
                  <span className="block font-bold text-lg tracking-[-0.02em]">{t(`rooms.studio_${id}`)}</span>
                  <span className="block text-soft text-sm">{t(`rooms.studio_${id}_text`)}</span>
                </span>
              </Card>
            ))}
          </div>
          <Plans host_id={me.person_id} />
          <PastLives host_id={me.person_id} />
          <WelcomeSwitch />
        </>
      )}
    </Page>
  );
}

function Plans({ host_id }: { host_id: string }) {
  const { t } = useText();
  const plans = $api.useQuery('get', '/api/schedules', { params: { query: { host_id, limit: 20 } } });
  return (
    <Section
      title={t('lives.own_plans')}
      actions={
        <ButtonLink to="/studio/schedules/new" size="sm" icon="plus">
          {t('lives.plan')}
        </ButtonLink>
      }
    >
      <ErrorNote error={plans.error} onRetry={() => void plans.refetch()} />
      {plans.isPending && <Skeleton className="h-40 rounded-xl" />}
      {plans.data && plans.data.items.length > 0 && <ScheduleGrid plans={plans.data.items} own />}
      {plans.data?.items.length === 0 && <p className="text-soft">{t('lives.no_own_plans')}</p>}
    </Section>
  );
}
