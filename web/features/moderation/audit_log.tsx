import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Choices, EmptyState, ErrorNote, More, Skeleton, Table } from '../../ui/index.ts';

/** Who decided what, and why. Nothing in it can be changed. */
export function AuditLog() {
  const { t, has } = useText();
  const [of, setOf] = useState<'' | 'staff' | 'rooms'>('');
  const format = useFormat();
  const log = $api.useInfiniteQuery(
    'get',
    '/api/moderation/audit',
    { params: { query: { limit: 50, ...(of && { of }) } } },
    PAGED,
  );
  if (log.isPending) return <Skeleton className="h-40 rounded-xl" />;
  if (log.error) return <ErrorNote error={log.error} onRetry={() => void log.refetch()} />;
  const actionOf = (action: string) => {
    const id = `moderation.log_${action.replace('.', '_')}`;
    return has(id) ? t(id) : action;
  };
  return (
    <>
      <Choices
        className="mb-4"
        label={t('moderation.log_of')}
        bare
        look="chips"
        value={of}
        onChange={setOf}
        choices={[
          { value: '', label: t('moderation.log_all') },
          { value: 'staff', label: t('moderation.log_staff') },
          { value: 'rooms', label: t('moderation.log_rooms') },
        ]}
      />
      <Table
        label={t('moderation.audit')}
        rows={log.data.pages.flatMap((page) => page.items)}
        rowKey={(row) => row.audit_id}
        empty={
          <EmptyState icon="receipt" title={t('moderation.empty_audit')} text={t('moderation.empty_audit_text')} />
        }
        columns={[
          { id: 'action', head: t('moderation.action'), main: true, cell: (row) => actionOf(row.action) },
          { id: 'actor', head: t('moderation.decided_by'), cell: (row) => (row.actor ? `@${row.actor.handle}` : '–') },
          {
            id: 'subject',
            head: t('moderation.subject'),
            cell: (row) => (row.person ? `@${row.person.handle}` : <span className="break-all">{row.subject}</span>),
          },
          {
            id: 'reason',
            head: t('moderation.reasoning'),
            cell: (row) => <span className="break-words">{row.reason || '–'}</span>,
          },
          { id: 'at', head: t('moderation.when'), end: true, cell: (row) => format.dateTime(row.happened_at) },
        ]}
      />
      <More show={log.hasNextPage} busy={log.isFetchingNextPage} onMore={() => void log.fetchNextPage()} />
    </>
  );
}
