import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, Choices, EmptyState, ErrorNote, Loading, More, Page, Skeleton } from '../../ui/index.ts';
import { CaptionsSheet } from './captions_sheet.tsx';
import type { OwnVideo, PostState } from './data.ts';
import { EditSheet } from './edit_sheet.tsx';
import { PostRow } from './post_row.tsx';

/** `/studio/posts`: everything that one has posted or is about to. */
export default function PostsPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  if (loading) return <Loading />;
  return (
    <Page
      title={t('posting.posts')}
      intro={t('posting.posts_intro')}
      back="/studio"
      actions={
        me && (
          <>
            <ButtonLink to="/studio/record" icon="camera">
              {t('posting.record')}
            </ButtonLink>
            <ButtonLink to="/studio/upload" tone="accent" icon="upload">
              {t('posting.upload')}
            </ButtonLink>
          </>
        )
      }
    >
      {me ? <Posts /> : <SignedOut icon="play" title={t('posting.signed_out')} text={t('posting.signed_out_text')} />}
    </Page>
  );
}

type Open = { what: 'edit' | 'captions'; video: OwnVideo } | null;

/** While a file is being packaged the list is asked again: it changes by itself. */
const AGAIN_MS = 3_000;
const isMoving = ({ upload, state, publish_at }: OwnVideo): boolean =>
  upload.state === 'packaging' || (state === 'scheduled' && new Date(publish_at ?? 0).getTime() <= Date.now());

function Posts() {
  const { t } = useText();
  const [state, setState] = useState<PostState | 'all'>('all');
  const [open, setOpen] = useState<Open>(null);
  const query = { limit: 20, ...(state !== 'all' && { state }) };
  const list = $api.useInfiniteQuery(
    'get',
    '/api/videos/mine',
    { params: { query } },
    {
      ...PAGED,
      refetchInterval: ({ state: { data } }) =>
        data?.pages.some(({ items }) => items.some(isMoving)) ? AGAIN_MS : false,
    },
  );
  const videos = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const close = () => setOpen(null);
  return (
    <>
      <Choices
        label={t('posting.show')}
        bare
        look="chips"
        className="mb-5"
        value={state}
        onChange={setState}
        choices={(['all', 'draft', 'scheduled', 'published'] as const).map((value) => ({
          value,
          label: t(`posting.state_${value}`),
        }))}
      />
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && (
        <div className="grid gap-4">
          {[0, 1, 2].map((i) => (
            <Skeleton key={i} className="h-36 rounded-lg" />
          ))}
        </div>
      )}
      {list.data && videos.length === 0 && (
        <EmptyState
          icon="play"
          title={t(state === 'all' ? 'posting.no_posts' : `posting.none_${state}`)}
          text={t('posting.no_posts_text')}
          action={
            <ButtonLink to="/studio/upload" tone="accent" icon="upload">
              {t('posting.upload')}
            </ButtonLink>
          }
        />
      )}
      <ul className="divide-y divide-line/70">
        {videos.map((video) => (
          <PostRow key={video.video_id} video={video} onOpen={(what) => setOpen({ what, video })} />
        ))}
      </ul>
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      <EditSheet video={open?.what === 'edit' ? open.video : null} onClose={close} />
      <CaptionsSheet video={open?.what === 'captions' ? open.video : null} onClose={close} />
    </>
  );
}
