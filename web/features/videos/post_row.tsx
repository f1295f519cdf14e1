import { useState } from 'react';
import { $api, newKey, queryClient } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Badge,
  type BadgeTone,
  Dialog,
  ErrorNote,
  Icon,
  type IconName,
  Link,
  Menu,
  type MenuItem,
  toast,
} from '../../ui/index.ts';
import { type OwnVideo, publish } from './data.ts';

interface PostRowProps {
  video: OwnVideo;
  onOpen: (what: 'edit' | 'captions') => void;
}

type Standing = 'hidden' | 'refused' | 'receiving' | 'packaging' | OwnVideo['state'];

/** PURE: the one thing its owner should know about it first. */
export function standingOf({ state, upload, hidden_at }: OwnVideo): Standing {
  if (hidden_at) return 'hidden';
  if (upload.state === 'refused' || upload.state === 'receiving' || upload.state === 'packaging') return upload.state;
  return state;
}

const TONES: Partial<Record<Standing, BadgeTone>> = {
  hidden: 'bad',
  refused: 'bad',
  published: 'good',
  scheduled: 'wash',
};

/** One post: how it stands, what it brought, what can be done with it. */
export function PostRow({ video, onOpen }: PostRowProps) {
  const { t, has } = useText();
  const format = useFormat();
  const standing = standingOf(video);
  const { video_id, caption, upload, duration_ms, publish_at, published_at, visibility } = video;
  const refusal = `problem.${upload.refusal}`;
  const title = caption.split('\n')[0] || upload.file_name;
  const face = <Cover video={video} />;
  return (
    <li className="flex gap-4 py-4">
      {video.state === 'published' ? (
        <Link to={`/videos/${video_id}`} aria-label={t('posting.open', { title })} className="shrink-0 rounded-md">
          {face}
        </Link>
      ) : (
        face
      )}
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={TONES[standing] ?? 'plain'}>{t(`posting.standing_${standing}`)}</Badge>
          {visibility !== 'everyone' && <Badge icon="lock">{t(`posting.for_${visibility}`)}</Badge>}
          {video.captions.map(({ language }) => (
            <Badge key={language} icon="captions">
              {language.toUpperCase()}
            </Badge>
          ))}
        </div>
        <p className="line-clamp-2 break-words font-semibold">{title}</p>
        <p className="tabular text-soft text-sm">
          {[
            duration_ms !== null && format.duration(duration_ms / 1_000),
            published_at && format.dateTime(published_at),
            standing === 'scheduled' && publish_at && t('posting.at_time', { time: format.dateTime(publish_at) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {standing === 'refused' && (
          <p className="text-bad text-sm">{t(has(refusal) ? refusal : 'posting.refused_text')}</p>
        )}
        {video.state === 'published' && <Counts video={video} />}
      </div>
      <Deeds video={video} onOpen={onOpen} title={title} />
    </li>
  );
}

function Cover({ video }: { video: OwnVideo }) {
  return (
    <span className="flex aspect-[9/16] w-18 shrink-0 items-center justify-center overflow-hidden rounded-md bg-raised text-soft">
      {video.cover_url ? (
        <img src={video.cover_url} alt="" loading="lazy" className="size-full object-cover" />
      ) : (
        <Icon name="play" />
      )}
    </span>
  );
}

const COUNTS: { what: keyof OwnVideo['counts']; icon: IconName }[] = [
  { what: 'views', icon: 'eye' },
  { what: 'likes', icon: 'heart' },
  { what: 'comments', icon: 'chat' },
  { what: 'saves', icon: 'pin' },
  { what: 'shares', icon: 'share' },
];

function Counts({ video }: { video: OwnVideo }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <ul className="tabular mt-auto flex flex-wrap gap-x-4 gap-y-1 pt-1 text-soft text-sm">
      {COUNTS.map(({ what, icon }) => (
        <li key={what} className="flex items-center gap-1.5">
          <Icon name={icon} className="size-4" />
          <span aria-hidden="true">{format.compact(video.counts[what])}</span>
          <span className="sr-only">{t(`posting.count_${what}`, { n: video.counts[what] })}</span>
        </li>
      ))}
    </ul>
  );
}

function Deeds({ video, onOpen, title }: PostRowProps & { title: string }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const remove = $api.useMutation('delete', '/api/videos/{video_id}');
  const unplan = $api.useMutation('delete', '/api/videos/{video_id}/publish');
  const { video_id, state, upload, playlist_url } = video;
  const params = { path: { video_id } };
  const refresh = () => void queryClient.invalidateQueries();
  const failed = () => toast({ title: t('posting.deed_failed'), tone: 'bad' });
  const publishNow = () => publish(video_id, null, newKey()).then(refresh, failed);
  const may_publish = state === 'draft' && upload.state !== 'refused';
  const items: MenuItem[] = [
    { label: t('posting.edit'), icon: 'edit', onSelect: () => onOpen('edit') },
    ...(playlist_url
      ? [{ label: t('posting.captions'), icon: 'captions' as const, onSelect: () => onOpen('captions') }]
      : []),
    ...(may_publish ? [{ label: t('posting.publish'), icon: 'send' as const, onSelect: () => void publishNow() }] : []),
    ...(state === 'scheduled'
      ? [
          {
            label: t('posting.unschedule'),
            icon: 'clock' as const,
            onSelect: () => unplan.mutate({ params }, { onSuccess: refresh, onError: failed }),
          },
        ]
      : []),
    ...(state === 'published' ? [{ label: t('posting.watch'), icon: 'play' as const, to: `/videos/${video_id}` }] : []),
    { label: t('posting.delete'), icon: 'trash', danger: true, onSelect: () => setAsking(true) },
  ];
  return (
    <>
      <Menu label={t('posting.deeds', { title })} items={items} className="-mt-2 -mr-2 self-start" />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('posting.delete_title')}
        confirm={t('posting.delete')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params }, { onSuccess: () => setAsking(false), onSettled: refresh })}
      >
        <p>{t(state === 'published' ? 'posting.delete_text' : 'posting.delete_draft_text')}</p>
        <ErrorNote error={remove.error} className="mt-3" />
      </Dialog>
    </>
  );
}
