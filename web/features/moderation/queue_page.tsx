import type { paths } from '@souk/sdk/openapi';
import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { StaffOnly } from '../../staff_only.tsx';
import { useText } from '../../text.ts';
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorNote,
  Link,
  More,
  Page,
  Select,
  Skeleton,
  Tabs,
} from '../../ui/index.ts';
import { AppealQueue } from './appeal_queue.tsx';
import { AuditLog } from './audit_log.tsx';
import { CaseSheet } from './case_sheet.tsx';
import { KIND_ICONS, KINDS, kindOf } from './kinds.ts';
import { Newcomers } from './newcomers.tsx';

type Cases = paths['/api/moderation/cases']['get']['responses']['200']['content']['application/json'];
type Case = Cases['items'][number];

export default function QueuePage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const staff = me?.roles.some((role) => role === 'moderator' || role === 'operator');
  return (
    <Page title={t('moderation.queue')} intro={t('moderation.queue_intro')} back="/operate">
      {!loading && !staff && <StaffOnly title={t('moderation.staff_only')} text={t('moderation.staff_only_text')} />}
      {staff && (
        <Tabs
          label={t('moderation.queue')}
          tabs={[
            { value: 'open', label: t('moderation.open'), panel: <Queue state="open" /> },
            { value: 'decided', label: t('moderation.decided_tab'), panel: <Queue state="decided" /> },
            { value: 'appeals', label: t('moderation.appeals'), panel: <AppealQueue /> },
            { value: 'newcomers', label: t('moderation.newcomers'), panel: <Newcomers /> },
            { value: 'audit', label: t('moderation.audit'), panel: <AuditLog /> },
          ]}
        />
      )}
    </Page>
  );
}

const REFRESH_MS = 10_000;

function Queue({ state }: { state: 'open' | 'decided' }) {
  const { t } = useText();
  const [opened, setOpened] = useState<Case | null>(null);
  const [kind, setKind] = useState<Filter>('');
  const [severity, setSeverity] = useState('1');
  const cases = $api.useInfiniteQuery(
    'get',
    '/api/moderation/cases',
    { params: { query: { state, limit: 20, severity: Number(severity), ...(kind && { kind }) } } },
    { ...PAGED, refetchInterval: state === 'open' ? REFRESH_MS : false },
  );
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const filters = <Filters kind={kind} onKind={setKind} severity={severity} onSeverity={setSeverity} />;
  if (cases.isPending || cases.error || items.length === 0) {
    return (
      <>
        {filters}
        {cases.isPending && <Skeleton className="h-32 rounded-xl" />}
        <ErrorNote error={cases.error} onRetry={() => void cases.refetch()} />
        {cases.data && (
          <EmptyState icon="check" title={t(`moderation.empty_${state}`)} text={t('moderation.empty_text')} />
        )}
      </>
    );
  }
  return (
    <>
      {filters}
      <ul className="grid gap-3">
        {items.map((item) => (
          <li key={item.case_id}>
            <CaseCard item={item} onOpen={() => setOpened(item)} />
          </li>
        ))}
      </ul>
      <More show={cases.hasNextPage} busy={cases.isFetchingNextPage} onMore={() => void cases.fetchNextPage()} />
      <CaseSheet item={opened} onClose={() => setOpened(null)} />
    </>
  );
}

type Filter = (typeof KINDS)[number] | '';

interface FiltersProps {
  kind: Filter;
  onKind: (kind: Filter) => void;
  severity: string;
  onSeverity: (severity: string) => void;
}

function Filters({ kind, onKind, severity, onSeverity }: FiltersProps) {
  const { t } = useText();
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 sm:max-w-md">
      <Select
        label={t('moderation.kind')}
        value={kind}
        onChange={onKind}
        choices={[
          { value: '', label: t('moderation.every_kind') },
          ...KINDS.map((value) => ({ value, label: t(`moderation.kind_${value}`) })),
        ]}
      />
      <Select
        label={t('moderation.severity')}
        value={severity}
        onChange={onSeverity}
        choices={['1', '2', '3'].map((value) => ({ value, label: t(`moderation.from_severity_${value}`) }))}
      />
    </div>
  );
}

function CaseCard({ item, onOpen }: { item: Case; onOpen: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const kind = kindOf(item.subject);
  return (
    <Card className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 grow basis-56">
        <div className="flex flex-wrap items-center gap-2">
          <Badge icon={KIND_ICONS[kind]}>{t(`moderation.kind_${kind}`)}</Badge>
          {item.severity > 1 && (
            <Badge tone={item.severity === 3 ? 'bad' : 'plain'}>{t(`moderation.severity_${item.severity}`)}</Badge>
          )}
          {item.violations > 0 && <Badge tone="bad">{t('moderation.violations', { n: item.violations })}</Badge>}
        </div>
        <p className="mt-2 break-words font-semibold">{item.title}</p>
        <p className="text-soft text-sm">
          {item.owner && <Link to={`/@${item.owner.handle}`}>@{item.owner.handle}</Link>} ·{' '}
          {t('moderation.since', { when: format.ago(item.opened_at) })}
        </p>
        <p className="mt-1 text-sm">
          {t('moderation.reporters', { n: item.reporters })}
          {item.networks < item.reporters && ` · ${t('moderation.networks', { n: item.networks })}`}
        </p>
      </div>
      <div className="flex shrink-0 flex-wrap gap-2">
        <Button size="sm" onClick={onOpen}>
          {t(item.decided_at ? 'moderation.look' : 'moderation.judge')}
          <span className="sr-only">: {item.title}</span>
        </Button>
      </div>
    </Card>
  );
}
