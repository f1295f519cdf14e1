import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api, PAGED, useKey } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Badge,
  Button,
  Card,
  Choices,
  EmptyState,
  ErrorNote,
  Facts,
  More,
  Note,
  Sheet,
  Skeleton,
  toast,
} from '../../ui/index.ts';
import { KIND_ICONS, kindOf } from './kinds.ts';
import { ReasonField } from './reason_field.tsx';

type Appeal = paths['/api/moderation/appeals']['get']['responses'][200]['content']['application/json']['items'][number];

/** Decided by somebody else than who decided first: one's own decisions stand there without a button. */
export function AppealQueue() {
  const { t } = useText();
  const [opened, setOpened] = useState<Appeal | null>(null);
  const list = $api.useInfiniteQuery('get', '/api/moderation/appeals', { params: { query: { limit: 20 } } }, PAGED);
  if (list.isPending) return <Skeleton className="h-32 rounded-xl" />;
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  const items: Appeal[] = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState icon="check" title={t('moderation.empty_appeals')} text={t('moderation.empty_appeals_text')} />;
  }
  return (
    <>
      <ul className="grid gap-3">
        {items.map((item) => (
          <li key={item.appeal_id}>
            <AppealCard item={item} onOpen={() => setOpened(item)} />
          </li>
        ))}
      </ul>
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      <Sheet open={opened !== null} onClose={() => setOpened(null)} title={t('moderation.appeal_title')}>
        {opened && <AppealForm appeal={opened} onDone={() => setOpened(null)} />}
      </Sheet>
    </>
  );
}

function AppealCard({ item, onOpen }: { item: Appeal; onOpen: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const kind = kindOf(item.subject);
  return (
    <Card className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 grow basis-56">
        <Badge icon={KIND_ICONS[kind]}>{t(`moderation.kind_${kind}`)}</Badge>
        <p className="mt-2 break-words font-semibold">{item.title}</p>
        <p className="text-soft text-sm">
          {item.person && `@${item.person.handle} · `}
          {t('moderation.filed', { when: format.ago(item.filed_at) })}
        </p>
        <p className="mt-1 line-clamp-3 break-words text-sm">{item.reasoning}</p>
      </div>
      {item.decided_by_me ? (
        <p className="text-soft text-sm">{t('moderation.not_by_you')}</p>
      ) : (
        <Button size="sm" onClick={onOpen}>
          {t('moderation.judge')}
          <span className="sr-only">: {item.title}</span>
        </Button>
      )}
    </Card>
  );
}

function AppealForm({ appeal, onDone }: { appeal: Appeal; onDone: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const queries = useQueryClient();
  const key = useKey();
  const [outcome, setOutcome] = useState<'upheld' | 'overturned'>('upheld');
  const [reason, setReason] = useState('');
  const decide = $api.useMutation('post', '/api/moderation/appeals/{appeal_id}/decision', {
    onSuccess: async () => {
      key.renew();
      toast({ title: t('moderation.decided'), tone: 'good' });
      onDone();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const params = { path: { appeal_id: appeal.appeal_id } };
    decide.mutate({ params, body: { outcome, reason }, headers: { 'Idempotency-Key': key.value() } });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <Note icon="shield">
        <Facts
          rows={[
            [t('moderation.subject'), appeal.title],
            [t('moderation.decided_by'), appeal.first_judge ? `@${appeal.first_judge.handle}` : '–'],
            [t('moderation.when'), format.dateTime(appeal.first_decided_at)],
            ...(appeal.take_down ? ([[t('moderation.measure'), t('moderation.taken_down')]] as const) : []),
            ...(appeal.suspended_until
              ? ([[t('moderation.suspended_until'), format.dateTime(appeal.suspended_until)]] as const)
              : []),
          ]}
        />
        <p className="mt-3 break-words">{appeal.first_reason}</p>
      </Note>
      <div>
        <h3 className="font-semibold">{t('moderation.appeal_says')}</h3>
        <p className="mt-1 whitespace-pre-line break-words">{appeal.reasoning}</p>
      </div>
      <ErrorNote error={decide.error} />
      <Choices
        label={t('moderation.outcome')}
        value={outcome}
        onChange={setOutcome}
        choices={[
          { value: 'upheld', label: t('moderation.upheld'), note: t('moderation.upheld_note') },
          { value: 'overturned', label: t('moderation.overturned'), note: t('moderation.overturned_note') },
        ]}
      />
      <ReasonField value={reason} onChange={setReason} />
      <Button tone="accent" wide submit busy={decide.isPending}>
        {t('moderation.decide')}
      </Button>
    </form>
  );
}
