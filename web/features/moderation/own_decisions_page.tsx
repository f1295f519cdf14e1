import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api, PAGED, useKey } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorNote,
  Facts,
  More,
  Note,
  Page,
  Sheet,
  Skeleton,
  TextArea,
  toast,
} from '../../ui/index.ts';
import { KIND_ICONS } from './kinds.ts';

const PATH = '/api/moderation/decisions/mine';
type Own = paths[typeof PATH]['get']['responses'][200]['content']['application/json']['items'][number];

/** What was decided against oneself and why, and the way to have somebody else look at it. */
export default function OwnDecisionsPage() {
  const { t } = useText();
  const { me, loading, askSignIn } = useSignedIn();
  return (
    <Page title={t('moderation.own')} intro={t('moderation.own_intro')} width="narrow">
      {!me && !loading && (
        <EmptyState
          icon="shield"
          title={t('moderation.own_signed_out')}
          action={
            <Button tone="accent" onClick={askSignIn}>
              {t('shell.sign_in')}
            </Button>
          }
        />
      )}
      {me && <OwnList />}
    </Page>
  );
}

function OwnList() {
  const { t } = useText();
  const [appealing, setAppealing] = useState<Own | null>(null);
  const list = $api.useInfiniteQuery('get', PATH, { params: { query: { limit: 20 } } }, PAGED);
  if (list.isPending) return <Skeleton className="h-32 rounded-xl" />;
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  const items: Own[] = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState icon="check" title={t('moderation.own_none')} text={t('moderation.own_none_text')} />;
  }
  return (
    <>
      <ul className="grid gap-3">
        {items.map((item) => (
          <li key={item.decision_id}>
            <OwnCard item={item} onAppeal={() => setAppealing(item)} />
          </li>
        ))}
      </ul>
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      <Sheet
        open={appealing !== null}
        onClose={() => setAppealing(null)}
        title={t('moderation.appeal')}
        description={t('moderation.appeal_text')}
      >
        {appealing && <AppealForm decision_id={appealing.decision_id} onDone={() => setAppealing(null)} />}
      </Sheet>
    </>
  );
}

function OwnCard({ item, onAppeal }: { item: Own; onAppeal: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const { appeal } = item;
  return (
    <Card>
      <Badge icon={KIND_ICONS[item.kind]}>{t(`moderation.kind_${item.kind}`)}</Badge>
      <p className="mt-2 break-words font-semibold">{item.title}</p>
      <p className="mt-1 whitespace-pre-line break-words">{item.reason}</p>
      <div className="mt-3">
        <Facts
          rows={[
            [t('moderation.when'), format.dateTime(item.decided_at)],
            ...(item.take_down ? ([[t('moderation.measure'), t(`moderation.taken_down_${item.kind}`)]] as const) : []),
            ...(item.suspended_until
              ? ([[t('moderation.suspended_until'), format.dateTime(item.suspended_until)]] as const)
              : []),
            ...(item.lifted_at ? ([[t('moderation.lifted_on'), format.dateTime(item.lifted_at)]] as const) : []),
          ]}
        />
      </div>
      {!appeal && (
        <Button size="sm" className="mt-4" onClick={onAppeal}>
          {t('moderation.appeal')}
        </Button>
      )}
      {appeal && (
        <Note className="mt-4" tone={appeal.outcome === 'overturned' ? 'good' : 'plain'} icon="shield">
          <p className="font-semibold">{t(`moderation.appeal_${appeal.outcome ?? 'open'}`)}</p>
          {appeal.reason && <p className="mt-1 break-words">{appeal.reason}</p>}
        </Note>
      )}
    </Card>
  );
}

function AppealForm({ decision_id, onDone }: { decision_id: string; onDone: () => void }) {
  const { t } = useText();
  const queries = useQueryClient();
  const key = useKey();
  const [reasoning, setReasoning] = useState('');
  const file = $api.useMutation('post', '/api/moderation/appeals', {
    onSuccess: async () => {
      key.renew();
      toast({ title: t('moderation.appeal_filed'), tone: 'good' });
      onDone();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    file.mutate({ body: { decision_id, reasoning }, headers: { 'Idempotency-Key': key.value() } });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <ErrorNote error={file.error} />
      <TextArea
        label={t('moderation.appeal_why')}
        rows={5}
        minLength={3}
        maxLength={2_000}
        value={reasoning}
        onChange={setReasoning}
      />
      <Button tone="accent" wide submit busy={file.isPending}>
        {t('moderation.appeal_send')}
      </Button>
    </form>
  );
}
