import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { $api, api, queryClient } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  Badge,
  Button,
  ButtonLink,
  buttonClass,
  Dialog,
  ErrorNote,
  Icon,
  Link,
  Loading,
  Menu,
  Note,
  Page,
  Section,
  toast,
} from '../../ui/index.ts';
import { useProduct } from '../catalog/data.ts';
import { ProductCard } from '../catalog/product_card.tsx';
import { HostGround } from '../feed/room_cards.tsx';
import { Countdown, useServerNow } from './countdown.tsx';
import type { SchedulePageData } from './data.ts';
import { RemindButton } from './remind_button.tsx';
import { hostsTime, readersTime } from './when.ts';

/** A host may begin this long before the time. */
const EARLY_MS = 3_600_000;
const REFRESH_MS = 15_000;

/** `/schedules/:id`: a planned live, until it begins and afterwards. */
export default function SchedulePage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const plan = $api.useQuery(
    'get',
    '/api/schedules/{schedule_id}',
    { params: { path: { schedule_id: id } } },
    { refetchInterval: REFRESH_MS },
  );
  if (plan.isPending) return <Loading />;
  if (plan.data) return <Plan key={id} plan={plan.data} />;
  return (
    <Page title={t('lives.not_found')} back="/live" width="narrow">
      <ErrorNote error={plan.error} onRetry={() => void plan.refetch()} />
      <p className="mt-4 text-soft">{t('lives.not_found_text')}</p>
      <ButtonLink to="/live" className="mt-6">
        {t('rooms.to_lives')}
      </ButtonLink>
    </Page>
  );
}

function Plan({ plan }: { plan: SchedulePageData }) {
  const { t, locale } = useText();
  const { me } = useSignedIn();
  const now = useServerNow(plan.now);
  const own = me?.person_id === plan.host.person_id;
  const theirs = hostsTime(plan, locale);
  return (
    <Page title={plan.title} back="/live" actions={<PlanMenu plan={plan} own={own} />}>
      <div className="grid gap-6 sm:grid-cols-[minmax(0,18rem)_1fr] sm:gap-10">
        <Picture plan={plan} />
        <div className="flex min-w-0 flex-col gap-5">
          <Link to={`/@${plan.host.handle}`} className="flex items-center gap-2.5 font-semibold hover:text-accent-text">
            <Avatar name={plan.host.name} src={plan.host.avatar_url} size="sm" />
            {plan.host.name}
          </Link>
          <div>
            <p className="font-bold text-lg">{readersTime(plan, locale)}</p>
            {theirs && <p className="text-soft text-sm">{t('lives.hosts_time', { time: theirs })}</p>}
            {plan.repeat !== 'none' && <Badge tone="wash">{t(`lives.repeats_${plan.repeat}`)}</Badge>}
          </div>
          <Standing plan={plan} own={own} now={now} />
          {plan.about && <p className="whitespace-pre-line break-words">{plan.about}</p>}
        </div>
      </div>
      <Things plan={plan} />
    </Page>
  );
}

function Picture({ plan }: { plan: SchedulePageData }) {
  return (
    <div className="relative aspect-[4/3] overflow-hidden rounded-2xl bg-black text-white sm:aspect-[3/4]">
      {plan.picture_url ? (
        <img src={plan.picture_url} alt="" className="absolute inset-0 size-full object-cover" />
      ) : (
        <HostGround host={plan.host} small />
      )}
    </div>
  );
}

/** What can be done now: watch, be reminded, begin. */
function Standing({ plan, own, now }: { plan: SchedulePageData; own: boolean; now: Date }) {
  const { t } = useText();
  const { room } = plan;
  if (room?.state === 'live') {
    return (
      <ButtonLink to={`/live/${room.room_id}`} tone="accent" size="lg" icon="play">
        {t('lives.live_now')}
      </ButtonLink>
    );
  }
  if (plan.state === 'cancelled') return <Note icon="alert">{t('lives.cancelled')}</Note>;
  if (plan.state === 'over') {
    return room ? (
      <ButtonLink to={`/live/${room.room_id}`} icon="play" className="self-start">
        {t('rooms.watch_replay')}
      </ButtonLink>
    ) : (
      <Note>{t('lives.over')}</Note>
    );
  }
  const due = Date.parse(plan.starts_at) - now.getTime() < EARLY_MS;
  return (
    <>
      <Countdown starts_at={plan.starts_at} now={now} />
      <div className="flex flex-wrap items-center gap-2.5">
        {own && due && (
          <ButtonLink to={`/studio/live?schedule=${plan.schedule_id}`} tone="accent" icon="camera">
            {t('lives.begin')}
          </ButtonLink>
        )}
        {!own && <RemindButton plan={plan} />}
        <a href={plan.calendar_url} download className={buttonClass('plain')}>
          <Icon name="clock" />
          {t('lives.calendar')}
        </a>
        <ShareButton title={plan.title} />
      </div>
      <p className="text-soft text-sm">
        {t('lives.reminders', { n: plan.reminders })}
        {own && !due && ` · ${t('lives.begin_later')}`}
      </p>
    </>
  );
}

function ShareButton({ title }: { title: string }) {
  const { t } = useText();
  const share = async () => {
    const url = location.href;
    if (navigator.share) return navigator.share({ title, url }).catch(() => undefined);
    await navigator.clipboard.writeText(url);
    toast({ title: t('rooms.link_copied'), tone: 'good' });
  };
  return (
    <Button icon="share" onClick={() => void share()}>
      {t('rooms.share')}
    </Button>
  );
}

function PlanMenu({ plan, own }: { plan: SchedulePageData; own: boolean }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!own || plan.state !== 'planned') return null;
  const cancel = async () => {
    setBusy(true);
    const params = { path: { schedule_id: plan.schedule_id } };
    const answer = await api.DELETE('/api/schedules/{schedule_id}', { params });
    await queryClient.invalidateQueries();
    setBusy(false);
    setError(answer.error ?? null);
    if (!answer.error) setAsking(false);
  };
  return (
    <>
      <Menu
        label={t('lives.menu')}
        items={[
          { label: t('lives.edit'), icon: 'edit', to: `/studio/schedules/${plan.schedule_id}` },
          { label: t('lives.cancel'), icon: 'trash', danger: true, onSelect: () => setAsking(true) },
        ]}
      />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('lives.cancel_title')}
        confirm={t('lives.cancel')}
        onConfirm={() => void cancel()}
        busy={busy}
        danger
      >
        <p>{t('lives.cancel_text', { n: plan.reminders })}</p>
        <ErrorNote error={error} />
      </Dialog>
    </>
  );
}

function Things({ plan }: { plan: SchedulePageData }) {
  const { t } = useText();
  if (plan.things.length === 0) return null;
  return (
    <Section title={t('lives.things')}>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {plan.things.map(({ id }) => (
          <Thing key={id} id={id} />
        ))}
      </ul>
    </Section>
  );
}

/** What is no longer for sale is left out. */
function Thing({ id }: { id: string }) {
  const { data } = useProduct(id);
  if (!data) return null;
  return (
    <li>
      <ProductCard product={data} />
    </li>
  );
}
