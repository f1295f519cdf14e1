import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api, api, queryClient, useKey } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, Loading, Page, Section, Select, TextArea, TextField } from '../../ui/index.ts';
import type { SchedulePageData, ScheduleWish } from './data.ts';
import { PictureField, putPicture } from './schedule_picture_field.tsx';
import { readersZone } from './when.ts';

/** `/studio/schedules/new` and `/studio/schedules/:id`: plan a live, or change the plan. */
export default function ScheduleEditorPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const { id } = useParams({ strict: false });
  const known = $api.useQuery(
    'get',
    '/api/schedules/{schedule_id}',
    { params: { path: { schedule_id: id ?? '' } } },
    { enabled: id !== undefined },
  );
  if (loading || (id !== undefined && known.isPending)) return <Loading />;
  return (
    <Page title={t(id ? 'lives.edit' : 'lives.plan')} intro={t('lives.plan_intro')} back width="narrow">
      {!me && <SignedOut icon="clock" title={t('lives.plan')} text={t('lives.plan_sign_in')} />}
      {known.error && <ErrorNote error={known.error} />}
      {me && !known.error && <Editor key={id ?? 'new'} plan={known.data} />}
    </Page>
  );
}

/** Tomorrow at seven in the evening: when most lives begin. */
function tomorrowEvening(): string {
  const day = new Date(Date.now() + 86_400_000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T19:00`;
}

function firstWish(plan: SchedulePageData | undefined, language: 'de' | 'en'): ScheduleWish {
  if (!plan) {
    const when = { local_time: tomorrowEvening(), zone: readersZone(), repeat: 'none' } as const;
    return { title: '', about: '', language, things: [], ...when };
  }
  const { title, about, local_time, zone, repeat, things } = plan;
  return { title, about, language: plan.language as 'de' | 'en', local_time, zone, repeat, things };
}

async function save(plan: SchedulePageData | undefined, body: ScheduleWish, key: string): Promise<string> {
  if (plan) {
    const params = { path: { schedule_id: plan.schedule_id } };
    const { error } = await api.PUT('/api/schedules/{schedule_id}', { params, body });
    if (error) throw error;
    return plan.schedule_id;
  }
  const { data, error } = await api.POST('/api/schedules', { body, headers: { 'Idempotency-Key': key } });
  if (!data) throw error;
  return data.schedule_id;
}

function Editor({ plan }: { plan: SchedulePageData | undefined }) {
  const { t, locale } = useText();
  const navigate = useNavigate();
  const key = useKey();
  const [wish, setWish] = useState(() => firstWish(plan, locale));
  const [picture, setPicture] = useState<File | null | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (change: Partial<ScheduleWish>) => setWish((was) => ({ ...was, ...change }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const schedule_id = await save(plan, wish, key.value());
      if (picture !== undefined) await putPicture(schedule_id, picture);
      key.renew();
      await queryClient.invalidateQueries();
      await navigate({ to: `/schedules/${schedule_id}` });
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField label={t('golive.name')} value={wish.title} onChange={(title) => set({ title })} maxLength={100} />
      <TimeFields wish={wish} set={set} />
      <TextArea
        label={t('lives.about')}
        hint={t('lives.about_hint')}
        value={wish.about ?? ''}
        onChange={(about) => set({ about })}
        maxLength={1000}
        optional
      />
      <Select
        label={t('golive.language')}
        value={wish.language}
        onChange={(language) => set({ language })}
        choices={[
          { value: 'de', label: 'Deutsch' },
          { value: 'en', label: 'English' },
        ]}
      />
      <PictureField url={plan?.picture_url ?? null} chosen={picture} onChange={setPicture} />
      <ThingFields things={wish.things ?? []} onChange={(things) => set({ things })} />
      <ErrorNote error={error} />
      <Button tone="accent" size="lg" submit busy={busy} disabled={!wish.title.trim()}>
        {t(plan ? 'lives.save' : 'lives.plan')}
      </Button>
      {plan && plan.reminders > 0 && (
        <p className="text-soft text-sm">{t('lives.edit_tells', { n: plan.reminders })}</p>
      )}
    </form>
  );
}

type Part = { wish: ScheduleWish; set: (change: Partial<ScheduleWish>) => void };

function TimeFields({ wish, set }: Part) {
  const { t } = useText();
  const zones = [...new Set([wish.zone, readersZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <TextField
        label={t('lives.time')}
        hint={t('lives.time_hint')}
        type="datetime-local"
        value={wish.local_time}
        onChange={(local_time) => set({ local_time: local_time.slice(0, 16) })}
      />
      <Select
        label={t('lives.zone')}
        value={wish.zone}
        onChange={(zone) => set({ zone })}
        choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <Select
        label={t('lives.repeat')}
        value={wish.repeat ?? 'none'}
        onChange={(repeat) => set({ repeat })}
        choices={(['none', 'weekly', 'daily'] as const).map((value) => ({ value, label: t(`lives.repeats_${value}`) }))}
      />
    </div>
  );
}

type ThingRefs = NonNullable<ScheduleWish['things']>;

function ThingFields({ things, onChange }: { things: ThingRefs; onChange: (things: ThingRefs) => void }) {
  const { t } = useText();
  const products = $api.useQuery('get', '/api/products', { params: { query: { limit: 50 } } });
  if (!products.data?.items.length) return null;
  const toggle = (id: string, wanted: boolean) =>
    onChange(
      wanted ? [...things, { type: 'product' as const, id }].slice(0, 20) : things.filter((thing) => thing.id !== id),
    );
  return (
    <Section title={t('lives.things')} text={t('lives.things_hint')} className="mt-2">
      <ul className="grid max-h-72 gap-3 overflow-y-auto rounded-md border border-line p-4">
        {products.data.items.map(({ product_id, title, merchant_name }) => (
          <li key={product_id}>
            <Checkbox
              label={title}
              hint={merchant_name}
              checked={things.some(({ id }) => id === product_id)}
              onChange={(wanted) => toggle(product_id, wanted)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
