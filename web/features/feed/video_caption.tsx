import { Fragment, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { cx, Icon, Link } from '../../ui/index.ts';
import type { VideoItem } from './data.ts';

const LONG = 90;
const PARTS = /([#@][\p{L}\p{N}_.]{1,60})/u;

/** Who posted it, in whose words, and with which sound. */
export function VideoCaption({ item: { video, replay } }: { item: VideoItem }) {
  const { t } = useText();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { person, caption, published_at, sound, duet_of } = video;
  return (
    <div className="pointer-events-auto max-w-xl text-sm [text-shadow:0_1px_3px_rgb(0_0_0/0.6)]">
      <p className="flex items-baseline gap-2">
        <Link to={`/@${person.handle}`} className="truncate font-bold text-base hover:underline">
          @{person.handle}
        </Link>
        {published_at && <span className="shrink-0 text-white/80 text-xs">{format.ago(published_at)}</span>}
        {replay && <span className="shrink-0 text-white/80 text-xs">· {t('feed.seen_before')}</span>}
      </p>
      {caption && (
        <p className={cx('mt-1 whitespace-pre-line break-words', !open && 'line-clamp-2')}>
          <Words text={caption} />
        </p>
      )}
      {caption.length > LONG && (
        <button type="button" className="min-h-6 font-semibold" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t(open ? 'feed.less_text' : 'feed.more_text')}
        </button>
      )}
      {duet_of && (
        <p className="mt-1">
          <Link to={`/videos/${duet_of.video_id}`} className="hover:underline">
            {t('feed.duet_with', { handle: `@${duet_of.person.handle}` })}
          </Link>
        </p>
      )}
      {sound && (
        <Link to={`/sounds/${sound.sound_id}`} className="mt-1 flex min-h-6 items-center gap-1.5 hover:underline">
          <Icon name="volume" className="size-4 shrink-0" />
          <span className="truncate">
            {sound.title} · {sound.owner.name}
          </span>
        </Link>
      )}
    </div>
  );
}

/** People in it lead to their profiles; tags are only marked, until there is a search for them. */
function Words({ text }: { text: string }) {
  return text.split(PARTS).map((part, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
    if (!PARTS.test(part)) return <Fragment key={at}>{part}</Fragment>;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
    if (part.startsWith('#')) return <strong key={at}>{part}</strong>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
      <Link key={at} to={`/@${part.slice(1).toLowerCase()}`} className="font-semibold hover:underline">
        {part}
      </Link>
    );
  });
}
