import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, Icon, Link, More, Skeleton, Tabs } from '../../ui/index.ts';
import type { Profile } from '../people/data.ts';
import type { VideoView } from './use_deeds.ts';

type List = 'of' | 'liked' | 'saved';

/** On a profile: what a person posted, what they like where they show it, and to oneself what one saved. */
export default function ProfilePart({ person }: { person: Profile }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const [tab, setTab] = useState<string>('of');
  const own = me?.person_id === person.person_id;
  const lists: List[] = [
    'of',
    ...(own || person.shows_likes ? (['liked'] as const) : []),
    ...(own ? (['saved'] as const) : []),
  ];
  return (
    <Tabs
      label={t('videos.lists')}
      className="mt-8"
      value={tab}
      onChange={setTab}
      tabs={lists.map((list) => ({
        value: list,
        label: t(`videos.tab_${list}`),
        panel: tab === list ? <Grid person={person} list={list} own={own} /> : null,
      }))}
    />
  );
}

function useList(person_id: string, list: List) {
  const query = { limit: 24 };
  const of = $api.useInfiniteQuery(
    'get',
    '/api/videos/of/{person_id}',
    { params: { path: { person_id }, query } },
    { ...PAGED, enabled: list === 'of' },
  );
  const liked = $api.useInfiniteQuery(
    'get',
    '/api/videos/liked-by/{person_id}',
    { params: { path: { person_id }, query } },
    { ...PAGED, enabled: list === 'liked' },
  );
  const saved = $api.useInfiniteQuery(
    'get',
    '/api/videos/saved',
    { params: { query } },
    { ...PAGED, enabled: list === 'saved' },
  );
  return { of, liked, saved }[list];
}

function Grid({ person, list, own }: { person: Profile; list: List; own: boolean }) {
  const { t } = useText();
  const videos = useList(person.person_id, list);
  const items = videos.data?.pages.flatMap((page) => page.items) ?? [];
  if (videos.isPending) return <Skeleton className="h-72 rounded-xl" />;
  return (
    <>
      <ErrorNote error={videos.error} onRetry={() => void videos.refetch()} />
      {list === 'liked' && own && !person.shows_likes && (
        <p className="mb-4 flex items-center gap-2 text-soft text-sm">
          <Icon name="lock" className="size-4" />
          {t('videos.liked_private')}
        </p>
      )}
      {items.length === 0 && !videos.error && (
        <EmptyState
          icon={list === 'saved' ? 'bookmark' : list === 'liked' ? 'heart' : 'play'}
          title={t(own ? `videos.none_${list}_own` : `videos.none_${list}`, { name: person.name })}
          text={own && t(`videos.none_${list}_text`)}
          action={
            own &&
            list === 'of' && (
              <ButtonLink to="/studio/upload" tone="accent" icon="upload">
                {t('videos.post_first')}
              </ButtonLink>
            )
          }
        />
      )}
      <ul className="grid grid-cols-3 gap-1 sm:grid-cols-4 sm:gap-2 lg:grid-cols-5 xl:grid-cols-6">
        {items.map((video) => (
          <li key={video.video_id}>
            <VideoTile video={video} />
          </li>
        ))}
      </ul>
      <More show={videos.hasNextPage} busy={videos.isFetchingNextPage} onMore={() => void videos.fetchNextPage()} />
    </>
  );
}

/** A video as a still, with how often it was seen. */
export function VideoTile({ video }: { video: VideoView }) {
  const { t } = useText();
  const format = useFormat();
  const views = format.compact(video.counts.views);
  const name = video.caption.split('\n')[0]?.slice(0, 80) || video.person.name;
  return (
    <Link
      to={`/videos/${video.video_id}`}
      aria-label={t('videos.tile', { name, views })}
      className="group relative block aspect-[9/14] overflow-hidden rounded-md bg-raised"
    >
      {video.cover_url ? (
        <img
          src={video.cover_url}
          alt=""
          loading="lazy"
          className="size-full object-cover transition-transform duration-180 group-hover:scale-103"
        />
      ) : (
        <span className="line-clamp-5 block break-words p-3 pt-4 font-semibold text-sm">{name}</span>
      )}
      <span className="absolute inset-x-0 bottom-0 flex items-center gap-1 bg-linear-to-t from-black/70 to-transparent px-2 pt-8 pb-1.5 font-semibold text-sm text-white">
        <Icon name="play" className="size-3.5" filled />
        <span className="tabular">{views}</span>
        {video.visibility !== 'everyone' && <Icon name="lock" className="ml-auto size-4" />}
      </span>
    </Link>
  );
}
