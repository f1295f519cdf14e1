import { useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, cx, Icon, Link, Menu } from '../../ui/index.ts';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import { CommentText } from '../videos/comment_text.tsx';
import type { Message } from './data.ts';

const PAUSE_MS = 15 * 60_000;

interface MessageRowProps {
  message: Message;
  before: Message | null;
  /** In a group each says who speaks. */
  group: boolean;
}

export function MessageRow({ message, before, group }: MessageRowProps) {
  const { t } = useText();
  const format = useFormat();
  const { me } = useSignedIn();
  const [reporting, setReporting] = useState(false);
  const { person, thing } = message;
  const own = person?.person_id === me?.person_id;
  const paused = !before || new Date(message.sent_at).getTime() - new Date(before.sent_at).getTime() > PAUSE_MS;
  const speaks = group && !own && (paused || before?.person?.person_id !== person?.person_id);
  return (
    <li className="flex flex-col">
      {paused && <p className="py-2 text-center text-soft text-xs">{format.dateTime(message.sent_at)}</p>}
      <div className={cx('group flex items-end gap-2', own && 'flex-row-reverse')}>
        {group && !own && <Avatar name={person?.name ?? '–'} src={person?.avatar_url} size="xs" />}
        <div className={cx('flex max-w-[78%] flex-col gap-1', own ? 'items-end' : 'items-start')}>
          {speaks && <span className="px-1 text-soft text-xs">{person?.name ?? t('messages.nobody')}</span>}
          {thing && <Thing thing={thing} />}
          {(message.text || message.removed) && (
            <p
              className={cx(
                'rounded-2xl px-4 py-2',
                own ? 'rounded-br-sm bg-accent-wash' : 'rounded-bl-sm bg-raised',
                message.removed && 'text-soft italic',
              )}
            >
              {message.removed ? t('messages.removed') : <CommentText text={message.text} />}
            </p>
          )}
        </div>
        {!own && !message.removed && (
          <Menu
            label={t('messages.message_more')}
            className="min-h-8! min-w-8! text-soft opacity-60 hover:opacity-100 focus-visible:opacity-100"
            items={[{ label: t('videos.report'), icon: 'flag', onSelect: () => setReporting(true) }]}
          >
            <Icon name="more" className="size-4" />
          </Menu>
        )}
      </div>
      <ReportSheet
        subject={message.message_id}
        name={message.text.slice(0, 60)}
        open={reporting}
        onClose={() => setReporting(false)}
      />
    </li>
  );
}

/** What was passed on, as the reader may see it now. */
function Thing({ thing }: { thing: NonNullable<Message['thing']> }) {
  const { t } = useText();
  if (thing.gone || !thing.path) {
    return (
      <p className="flex items-center gap-2 rounded-2xl bg-raised px-4 py-3 text-soft text-sm">
        <Icon name="lock" className="size-4" />
        {t('messages.gone')}
      </p>
    );
  }
  return (
    <Link to={thing.path} className="flex w-60 items-center gap-3 rounded-2xl bg-raised p-2 hover:bg-line">
      <span className="flex h-20 w-14 shrink-0 items-center justify-center overflow-hidden rounded-lg bg-line">
        {thing.image_url ? (
          <img src={thing.image_url} alt="" className="size-full object-cover" />
        ) : (
          <Icon name={thing.kind === 'product' ? 'bag' : thing.kind === 'room' ? 'live' : 'play'} />
        )}
      </span>
      <span className="min-w-0">
        <span className="block text-soft text-xs">{t(`messages.kind_${thing.kind}`)}</span>
        <span className="line-clamp-2 break-words font-semibold text-sm">{thing.title}</span>
      </span>
    </Link>
  );
}
