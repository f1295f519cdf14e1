import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, Loading, useTitle } from '../../ui/index.ts';
import type { Links, VideoItem, VideoView } from './data.ts';
import { FeedOf } from './feed_page.tsx';

/** `/videos/:id`: one video, and below it the feed. */
export default function VideoPage() {
  const { id = '' } = useParams({ strict: false });
  const path = { video_id: id };
  const video = $api.useQuery('get', '/api/videos/{video_id}', { params: { path } }, { staleTime: 60_000 });
  const links = $api.useQuery('get', '/api/videos/{video_id}/products', { params: { path } }, { staleTime: 60_000 });
  if (video.isPending || links.isPending) return <Loading className="min-h-dvh" />;
  if (video.error) return <Missing error={video.error} onRetry={() => void video.refetch()} />;
  return <Opened key={id} video={video.data} links={links.data?.links ?? []} />;
}

function Opened({ video, links }: { video: VideoView; links: Links }) {
  useTitle(`@${video.person.handle}: ${video.caption}`);
  const first = useMemo<VideoItem>(
    () => ({ kind: 'video', video, links, replay: false, why: [], served_id: '' }),
    [video, links],
  );
  return <FeedOf name="for_you" first={first} />;
}

function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useText();
  const gone = typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
  if (!gone) return <ErrorNote className="m-6" error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      className="min-h-[60dvh] justify-center"
      icon="play"
      title={t('feed.video_gone')}
      text={t('feed.video_gone_text')}
      action={
        <ButtonLink to="/" tone="accent">
          {t('feed.to_for_you')}
        </ButtonLink>
      }
    />
  );
}
