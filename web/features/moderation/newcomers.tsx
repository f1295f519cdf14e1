import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api, PAGED, useKey } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Avatar,
  Badge,
  Button,
  Checkbox,
  EmptyState,
  ErrorNote,
  Link,
  More,
  Select,
  Sheet,
  Skeleton,
  toast,
} from '../../ui/index.ts';
import { ReasonField } from './reason_field.tsx';

const PATH = '/api/moderation/newcomers';
type Newcomer = paths[typeof PATH]['get']['responses'][200]['content']['application/json']['items'][number];

const SPANS = ['1', '24', '168', '720'] as const;

/** A raid is many new accounts at once: seen together here, and suspended together. */
export function Newcomers() {
  const { t } = useText();
  const [hours, setHours] = useState<(typeof SPANS)[number]>('1');
  const [room_id, setRoom] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const rooms = $api.useQuery('get', '/api/rooms', { params: { query: { state: 'live', limit: 50 } } });
  const query = { limit: 100, hours: Number(hours), ...(room_id && { room_id }) };
  const list = $api.useInfiniteQuery('get', PATH, { params: { query } }, PAGED);
  const all: Newcomer[] = list.data?.pages.flatMap((page) => page.items) ?? [];
  const free = all.filter((one) => !isSuspended(one));
  const choose = (ids: string[]) => setChosen(new Set(ids));
  const toggle = (id: string, on: boolean) => choose([...chosen].filter((other) => other !== id).concat(on ? id : []));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid grid-cols-2 gap-3 sm:max-w-lg">
        <Select
          label={t('moderation.signed_up')}
          value={hours}
          onChange={setHours}
          choices={SPANS.map((value) => ({ value, label: t(`moderation.span_${value}`) }))}
        />
        <Select
          label={t('moderation.wrote_in')}
          value={room_id}
          onChange={setRoom}
          choices={[
            { value: '', label: t('moderation.anywhere') },
            ...(rooms.data?.items ?? []).map((room) => ({ value: room.room_id, label: room.title })),
          ]}
        />
      </div>
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Skeleton className="h-40 rounded-xl" />}
      {list.data && all.length === 0 && (
        <EmptyState icon="users" title={t('moderation.no_newcomers')} text={t('moderation.no_newcomers_text')} />
      )}
      {all.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <Button size="sm" onClick={() => choose(free.map(({ person }) => person.person_id))}>
              {t('moderation.choose_all', { n: free.length })}
            </Button>
            <Button size="sm" disabled={chosen.size === 0} onClick={() => choose([])}>
              {t('moderation.choose_none')}
            </Button>
            <Button size="sm" tone="danger" icon="lock" disabled={chosen.size === 0} onClick={() => setAsking(true)}>
              {t('moderation.suspend_n', { n: chosen.size })}
            </Button>
          </div>
          <ul className="divide-y divide-line/70">
            {all.map((one) => (
              <NewcomerRow
                key={one.person.person_id}
                one={one}
                same={one.line === '' ? 0 : all.filter(({ line }) => line === one.line).length}
                chosen={chosen.has(one.person.person_id)}
                onChoose={(on) => toggle(one.person.person_id, on)}
              />
            ))}
          </ul>
          <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
      <Sheet
        open={asking}
        onClose={() => setAsking(false)}
        title={t('moderation.suspend_n', { n: chosen.size })}
        description={t('moderation.decide_text')}
      >
        {asking && (
          <SuspendForm
            person_ids={[...chosen]}
            onDone={() => {
              setAsking(false);
              choose([]);
            }}
          />
        )}
      </Sheet>
    </div>
  );
}

const isSuspended = ({ suspended_until }: Newcomer): boolean =>
  suspended_until !== null && Date.parse(suspended_until) > Date.now();

interface RowProps {
  one: Newcomer;
  /** How many of those shown come from the same line. */
  same: number;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}

function NewcomerRow({ one, same, chosen, onChoose }: RowProps) {
  const { t } = useText();
  const format = useFormat();
  const { person } = one;
  const over = isSuspended(one);
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <Checkbox
        label={<span className="sr-only">{t('moderation.choose_name', { name: person.name })}</span>}
        checked={chosen}
        disabled={over}
        onChange={onChoose}
      />
      <Avatar name={person.name} src={person.avatar_url} size="sm" />
      <div className="min-w-0 grow">
        <p className="truncate font-semibold">
          <Link to={`/@${person.handle}`}>{person.name}</Link>
        </p>
        <p className="truncate text-soft text-sm">
          @{person.handle} · {format.ago(one.created_at)}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        {over && <Badge tone="bad">{t('moderation.suspended')}</Badge>}
        {same > 1 && <Badge>{t('moderation.same_line', { n: same })}</Badge>}
      </div>
    </li>
  );
}

const DAYS = ['1', '7', '30', '365'] as const;
/** As the route takes them. */
const MOST = 200;

function SuspendForm({ person_ids, onDone }: { person_ids: string[]; onDone: () => void }) {
  const { t } = useText();
  const queries = useQueryClient();
  const key = useKey();
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const [reason, setReason] = useState('');
  const [remove_lines, setRemove] = useState(true);
  const suspend = $api.useMutation('post', '/api/moderation/suspensions', {
    onSuccess: async ({ suspended }) => {
      key.renew();
      toast({ title: t('moderation.suspended_n', { n: suspended }), tone: 'good' });
      onDone();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { person_ids: person_ids.slice(0, MOST), suspend_days: Number(days), reason, remove_lines };
    suspend.mutate({ body, headers: { 'Idempotency-Key': key.value() } });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <ErrorNote error={suspend.error} />
      <Select
        label={t('moderation.suspend_for')}
        value={days}
        onChange={setDays}
        choices={DAYS.map((value) => ({ value, label: t('moderation.days', { n: Number(value) }) }))}
      />
      <Checkbox
        label={t('moderation.remove_lines')}
        hint={t('moderation.remove_lines_hint')}
        checked={remove_lines}
        onChange={setRemove}
      />
      <ReasonField value={reason} onChange={setReason} />
      <Button tone="danger" wide submit busy={suspend.isPending}>
        {t('moderation.suspend_n', { n: Math.min(MOST, person_ids.length) })}
      </Button>
    </form>
  );
}
