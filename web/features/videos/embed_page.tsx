import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Icon, Loading, useTitle } from '../../ui/index.ts';
import { Labels } from '../access/labels.tsx';
import { usePlayback } from '../media/use_playback.ts';
import type { VideoView } from './use_deeds.ts';

/** A video in a frame of another site: plays, says whose it is and what it must say, sells nothing, knows nobody. */
export default function EmbedPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const video = $api.useQuery('get', '/api/videos/{video_id}', {
    params: { path: { video_id: id }, query: { on: 'embed' } },
  });
  useTitle(video.data?.person.name ?? t('videos.embed'));
  if (video.isPending) return <Loading className="min-h-dvh" />;
  if (!video.data) {
    return (
      <p className="grid min-h-dvh place-content-center gap-3 bg-black p-6 text-center text-white">
        <Icon name="lock" className="mx-auto size-8" />
        {t('videos.embed_gone')}
      </p>
    );
  }
  return <Player video={video.data} />;
}

function Player({ video }: { video: VideoView }) {
  const { t } = useText();
  const ref = useRef<HTMLVideoElement>(null);
  const state = usePlayback(ref, { stream_id: video.video_id, url: video.playlist_url, live: false }, undefined);
  return (
    <main className="relative h-dvh overflow-hidden bg-black text-white">
      <video
        ref={ref}
        loop
        muted
        playsInline
        controls
        poster={video.cover_url ?? undefined}
        aria-label={video.caption || video.person.name}
        className="size-full object-contain"
      >
        {video.captions.map(({ language, url }) => (
          <track key={language} kind="captions" srcLang={language} label={language} src={url} />
        ))}
      </video>
      {(state === 'failed' || state === 'unplayable') && (
        <p role="status" className="absolute inset-x-6 top-1/3 rounded-lg bg-black/75 p-4 text-center text-sm">
          {t('videos.embed_failed')}
        </p>
      )}
      <header className="absolute inset-x-0 top-0 flex items-start gap-2 bg-linear-to-b from-black/75 to-transparent p-3 pb-10">
        <a
          href={`/videos/${video.video_id}`}
          target="_blank"
          rel="noopener"
          className="min-w-0 grow rounded text-sm hover:underline"
        >
          <span className="block truncate font-semibold">
            {video.person.name} @{video.person.handle}
          </span>
          <span className="line-clamp-2 break-words">{video.caption}</span>
        </a>
        <span className="flex shrink-0 flex-col items-end gap-1">
          <Labels labels={video.labels} />
        </span>
      </header>
    </main>
  );
}
