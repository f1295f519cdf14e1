import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  Button,
  ButtonLink,
  cx,
  EmptyState,
  ErrorNote,
  Icon,
  Link,
  More,
  Page,
  Skeleton,
} from '../../ui/index.ts';
import { type Line, SIGNS, useInbox, useRead } from './data.ts';

/** What one was told: the newest first, what belongs together in one line. */
export default function InboxPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const inbox = useInbox();
  const read = useRead();
  const lines = inbox.data?.pages.flatMap((page) => page.items);
  const newest = lines?.[0];
  const readAll = newest && (() => read.mutate({ body: { until: newest.updated_at } }));
  return (
    <Page
      title={t('notices.title')}
      width="narrow"
      actions={
        me && (
          <>
            {lines?.some((line) => !line.read) && (
              <Button size="sm" icon="check" busy={read.isPending} onClick={readAll}>
                {t('notices.read_all')}
              </Button>
            )}
            <ButtonLink size="sm" tone="quiet" icon="gear" to="/settings/notices">
              {t('notices.settings')}
            </ButtonLink>
          </>
        )
      }
    >
      {!me && !loading && <SignedOut icon="bell" title={t('notices.title')} text={t('notices.signed_out')} />}
      <ErrorNote error={inbox.error ?? read.error} onRetry={() => void inbox.refetch()} className="mb-4" />
      {(loading || (me && inbox.isPending)) && <Skeleton className="h-64 rounded-xl" />}
      {lines?.length === 0 && <EmptyState icon="bell" title={t('notices.none')} text={t('notices.none_text')} />}
      {lines && lines.length > 0 && (
        <ul aria-label={t('notices.title')} className="divide-y divide-line/70">
          {lines.map((line) => (
            <LineRow
              key={line.notice_id}
              line={line}
              onRead={() => line.read || read.mutate({ body: { notice_ids: [line.notice_id] } })}
            />
          ))}
        </ul>
      )}
      <More show={inbox.hasNextPage} busy={inbox.isFetchingNextPage} onMore={() => void inbox.fetchNextPage()} />
    </Page>
  );
}

/** Opens what it is about; where there is nothing to open, it unfolds what the mail said. */
function LineRow({ line, onRead }: { line: Line; onRead: () => void }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const id = useId();
  const looks = cx(
    '-mx-2 flex min-h-16 w-[calc(100%+1rem)] items-start gap-3.5 rounded-md px-2 py-3 text-left transition-colors hover:bg-raised',
  );
  if (line.link) {
    return (
      <li>
        <Link to={line.link} className={looks} onClick={onRead}>
          <Inside line={line} />
        </Link>
      </li>
    );
  }
  const press = () => {
    onRead();
    if (line.body_text) setOpen(!open);
    else if (line.category === 'account') void navigate({ to: '/settings' });
  };
  return (
    <li>
      <button
        type="button"
        className={looks}
        onClick={press}
        {...(line.body_text && { 'aria-expanded': open, 'aria-controls': id })}
      >
        <Inside line={line} />
        {line.body_text && <Icon name={open ? 'up' : 'down'} className="mt-1 size-4 text-soft" />}
      </button>
      {line.body_text && open && (
        <p id={id} className="whitespace-pre-line break-words pb-4 pl-15 text-soft">
          {line.body_text}
        </p>
      )}
    </li>
  );
}

function Inside({ line }: { line: Line }) {
  const { t } = useText();
  const format = useFormat();
  const [first] = line.actors;
  return (
    <>
      <span className="relative shrink-0">
        {first ? (
          <Avatar name={first.name} src={first.avatar_url} />
        ) : (
          <span className="flex size-12 items-center justify-center rounded-full bg-raised text-soft">
            <Icon name={SIGNS[line.category]} />
          </span>
        )}
        {first && (
          <span className="absolute -right-1 -bottom-1 flex size-6 items-center justify-center rounded-full border-2 border-ground bg-raised text-soft">
            <Icon name={SIGNS[line.category]} className="size-3.5" />
          </span>
        )}
      </span>
      <span className="min-w-0 grow self-center">
        <span className={cx('block break-words', !line.read && 'font-semibold')}>{line.line}</span>
        <time dateTime={line.updated_at} className="block text-soft text-sm">
          {format.ago(line.updated_at)}
        </time>
      </span>
      {!line.read && (
        <span className="mt-2 size-2.5 shrink-0 rounded-full bg-accent">
          <span className="sr-only">{t('notices.unread')}</span>
        </span>
      )}
    </>
  );
}
