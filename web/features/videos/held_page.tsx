import { type FormEvent, useState } from 'react';
import { $api, api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  Button,
  Checkbox,
  EmptyState,
  ErrorNote,
  Link,
  List,
  More,
  Page,
  Section,
  Skeleton,
  TextArea,
  toast,
  useProblemText,
} from '../../ui/index.ts';
import { CommentText } from './comment_text.tsx';
import { type Comment, useRefreshComments } from './comments_data.ts';

/** Comments that wait for the owner of the videos, and what makes them wait. */
export default function HeldPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const held = $api.useInfiniteQuery(
    'get',
    '/api/videos/comments/held',
    { params: { query: { limit: 20 } } },
    { ...PAGED, enabled: me !== null },
  );
  const filter = $api.useQuery('get', '/api/videos/comments/filter', {}, { enabled: me !== null });
  const items = held.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('videos.held_title')} intro={t('videos.held_intro')} width="narrow" back="/studio">
      {!me && !loading && <SignedOut icon="chat" title={t('videos.held_title')} text={t('people.nobody_text')} />}
      <ErrorNote error={held.error ?? filter.error} onRetry={() => void held.refetch()} />
      {me && (
        <Section title={t('videos.waiting')}>
          {held.isPending && <Skeleton className="h-32 rounded-xl" />}
          {held.isSuccess && items.length === 0 && <EmptyState icon="check" title={t('videos.none_held')} />}
          <List label={t('videos.waiting')}>
            {items.map((comment) => (
              <HeldRow key={comment.comment_id} comment={comment} />
            ))}
          </List>
          <More show={held.hasNextPage} busy={held.isFetchingNextPage} onMore={() => void held.fetchNextPage()} />
        </Section>
      )}
      {filter.data && <FilterForm key={JSON.stringify(filter.data)} saved={filter.data} />}
    </Page>
  );
}

function HeldRow({ comment }: { comment: Comment }) {
  const { t } = useText();
  const format = useFormat();
  const problemText = useProblemText();
  const refresh = useRefreshComments();
  const [busy, setBusy] = useState(false);
  const { person, held_for } = comment;
  const params = { path: { comment_id: comment.comment_id } };
  const run = async (answer: Promise<{ error?: unknown }>) => {
    setBusy(true);
    const { error } = await answer;
    if (error) toast({ title: problemText(error), tone: 'bad' });
    await refresh();
    setBusy(false);
  };
  return (
    <li className="flex gap-3 py-3.5">
      <Avatar name={person.name} src={person.avatar_url} size="sm" />
      <div className="min-w-0 grow">
        <p className="text-soft text-sm">
          <Link to={`/@${person.handle}`} className="font-semibold hover:underline">
            {person.name}
          </Link>{' '}
          · {format.ago(comment.created_at)} · {held_for && t(`videos.held_for_${held_for}`)}
        </p>
        <p className="mt-0.5">
          <CommentText text={comment.text} />
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button
            size="sm"
            tone="accent"
            disabled={busy}
            onClick={() => void run(api.PUT('/api/comments/{comment_id}/approval', { params }))}
          >
            {t('videos.approve')}
          </Button>
          <Button
            size="sm"
            tone="quiet"
            disabled={busy}
            onClick={() => void run(api.DELETE('/api/comments/{comment_id}', { params }))}
          >
            {t('videos.delete_comment')}
          </Button>
        </div>
      </div>
    </li>
  );
}

interface Filter {
  words: string[];
  holds_links: boolean;
  holds_all: boolean;
}

function FilterForm({ saved }: { saved: Filter }) {
  const { t } = useText();
  const [words, setWords] = useState(saved.words.join('\n'));
  const [links, setLinks] = useState(saved.holds_links);
  const [all, setAll] = useState(saved.holds_all);
  const filter = $api.useQuery('get', '/api/videos/comments/filter');
  const save = $api.useMutation('put', '/api/videos/comments/filter', {
    onSuccess: async () => {
      await filter.refetch();
      toast({ title: t('people.saved'), tone: 'good' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const list = words.split('\n').map((word) => word.trim());
    save.mutate({ body: { words: list.filter(Boolean), holds_links: links, holds_all: all } });
  };
  return (
    <Section title={t('videos.filter')}>
      <form onSubmit={submit} className="grid gap-5">
        <ErrorNote error={save.error} />
        <TextArea
          label={t('videos.filter_words')}
          hint={t('videos.filter_words_hint')}
          optional
          rows={5}
          value={words}
          onChange={setWords}
        />
        <Checkbox label={t('videos.filter_links')} checked={links} onChange={setLinks} />
        <Checkbox label={t('videos.filter_all')} checked={all} onChange={setAll} />
        <Button submit tone="accent" className="justify-self-start" busy={save.isPending}>
          {t('people.save')}
        </Button>
      </form>
    </Section>
  );
}
