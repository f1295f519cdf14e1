import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { $api, PAGED, queryClient } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  Button,
  Checkbox,
  EmptyState,
  ErrorNote,
  Icon,
  Link,
  More,
  Note,
  Page,
  Section,
  Sheet,
  Skeleton,
  TextField,
} from '../../ui/index.ts';
import type { SoundView, VideoCard } from './data.ts';

/** `/sounds/:id`: what a sound is, and what people have made with it. */
export default function SoundPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const params = { path: { sound_id: id } };
  const sound = $api.useQuery('get', '/api/sounds/{sound_id}', { params });
  const list = { path: { sound_id: id }, query: { limit: 24 } };
  const uses = $api.useInfiniteQuery('get', '/api/sounds/{sound_id}/videos', { params: list }, PAGED);
  const videos = uses.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={sound.data?.title ?? t('posting.sound')} bare back>
      <ErrorNote error={sound.error} onRetry={() => void sound.refetch()} />
      {sound.isPending && <Skeleton className="h-40 rounded-xl" />}
      {sound.data && <Head sound={sound.data} />}
      {sound.data && (
        <Section title={t('posting.sound_videos')}>
          <ErrorNote error={uses.error} onRetry={() => void uses.refetch()} />
          {uses.data && videos.length === 0 && (
            <EmptyState icon="play" title={t('posting.sound_unused')} text={t('posting.sound_unused_text')} />
          )}
          <ul className="grid grid-cols-3 gap-1 sm:grid-cols-4 md:gap-2 lg:grid-cols-5">
            {videos.map((video) => (
              <Tile key={video.video_id} video={video} />
            ))}
          </ul>
          <More show={uses.hasNextPage} busy={uses.isFetchingNextPage} onMore={() => void uses.fetchNextPage()} />
        </Section>
      )}
    </Page>
  );
}

function Head({ sound }: { sound: SoundView }) {
  const { t } = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { me, act } = useSignedIn();
  const { title, owner, cover_url, duration_ms, uses, withdrawn, playlist_url, sound_id } = sound;
  const mine = me?.person_id === owner.person_id;
  const use = () => act(() => navigate({ to: '/studio/record', search: { sound: sound_id } as never }));
  const length = duration_ms === null ? null : format.duration(duration_ms / 1_000);
  return (
    <>
      <div className="flex flex-wrap items-center gap-5">
        <span className="relative flex size-28 shrink-0 items-center justify-center overflow-hidden rounded-xl bg-raised text-soft md:size-36">
          {cover_url && <img src={cover_url} alt="" className="size-full object-cover" />}
          <span className="absolute flex size-12 items-center justify-center rounded-full bg-black/55 text-white">
            <Icon name="volume" />
          </span>
        </span>
        <div className="min-w-0 grow basis-52">
          <p className="break-words font-bold text-xl tracking-[-0.02em]">{title}</p>
          <Link to={`/@${owner.handle}`} className="mt-1.5 inline-flex items-center gap-2 rounded-md py-1">
            <Avatar name={owner.name} src={owner.avatar_url} size="sm" />
            <span className="font-semibold">{owner.name}</span>
          </Link>
          <p className="tabular mt-1 text-soft text-sm">
            {[t('posting.sound_uses', { n: uses }), length].filter(Boolean).join(' · ')}
          </p>
        </div>
        {playlist_url && (
          <Button tone="accent" size="lg" icon="camera" className="max-sm:w-full" onClick={use}>
            {t('posting.use_sound')}
          </Button>
        )}
      </div>
      {withdrawn && !mine && <Note className="mt-5">{t('posting.sound_withdrawn')}</Note>}
      {mine && <OwnerTools sound={sound} />}
    </>
  );
}

function OwnerTools({ sound }: { sound: SoundView }) {
  const { t } = useText();
  const [naming, setNaming] = useState(false);
  const [title, setTitle] = useState(sound.title);
  const rename = $api.useMutation('put', '/api/sounds/{sound_id}');
  const permit = $api.useMutation('put', '/api/sounds/{sound_id}/permission');
  const params = { path: { sound_id: sound.sound_id } };
  const refresh = () => void queryClient.invalidateQueries();
  return (
    <div className="mt-6 grid gap-4 rounded-lg border border-line p-4">
      <Checkbox
        kind="switch"
        label={t('posting.sound_permit')}
        hint={t('posting.sound_permit_hint')}
        checked={!sound.withdrawn}
        disabled={permit.isPending}
        onChange={(allowed) => permit.mutate({ params, body: { allowed } }, { onSettled: refresh })}
      />
      <ErrorNote error={permit.error} />
      <Button icon="edit" className="justify-self-start" onClick={() => setNaming(true)}>
        {t('posting.sound_rename')}
      </Button>
      <Sheet open={naming} onClose={() => setNaming(false)} title={t('posting.sound_rename')}>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const done = { onSuccess: () => setNaming(false), onSettled: refresh };
            rename.mutate({ params, body: { title: title.trim() } }, done);
          }}
        >
          <TextField label={t('posting.sound_name')} value={title} onChange={setTitle} maxLength={100} />
          <ErrorNote error={rename.error} />
          <Button tone="accent" submit busy={rename.isPending} disabled={!title.trim()}>
            {t('posting.save')}
          </Button>
        </form>
      </Sheet>
    </div>
  );
}

function Tile({ video }: { video: VideoCard }) {
  const { t } = useText();
  const format = useFormat();
  const { video_id, cover_url, caption, person, counts } = video;
  const title = caption.split('\n')[0] || person.name;
  return (
    <li>
      <Link
        to={`/videos/${video_id}`}
        aria-label={t('posting.open', { title: `${title}, @${person.handle}` })}
        className="relative flex aspect-[9/16] items-center justify-center overflow-hidden rounded-md bg-raised text-soft"
      >
        {cover_url ? (
          <img src={cover_url} alt="" loading="lazy" className="size-full object-cover" />
        ) : (
          <Icon name="play" className="size-7" />
        )}
        <span className="tabular absolute inset-x-0 bottom-0 flex items-center gap-1 bg-linear-to-t from-black/70 to-transparent p-2 pt-6 font-semibold text-sm text-white">
          <Icon name="play" className="size-3.5" filled />
          {format.compact(counts.views)}
        </span>
      </Link>
    </li>
  );
}
