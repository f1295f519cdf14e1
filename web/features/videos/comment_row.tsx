import { useState } from 'react';
import { api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, Badge, cx, Icon, Link, Menu, type MenuItem, toast, useProblemText } from '../../ui/index.ts';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import { CommentText } from './comment_text.tsx';
import { type Comment, unique, useRefreshComments, useReplies } from './comments_data.ts';
import { addComments, type VideoView } from './use_deeds.ts';

interface CommentRowProps {
  video: VideoView;
  comment: Comment;
  /** Somebody followed a link to it. */
  shown?: boolean;
  onAnswer: (comment: Comment) => void;
}

/** A comment with what stands below it. */
export function CommentThread({ video, comment, shown, onAnswer }: CommentRowProps) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const replies = useReplies(comment.comment_id, open);
  const items = unique(replies.data?.pages ?? []);
  const rest = comment.replies - items.length;
  return (
    <li className="py-2.5">
      <CommentRow video={video} comment={comment} shown={shown} onAnswer={onAnswer} />
      {(comment.replies > 0 || items.length > 0) && (
        <div className="pl-12">
          {open && (
            <ul aria-label={t('videos.replies')} className="grid gap-3 pt-3">
              {items.map((reply) => (
                <li key={reply.comment_id}>
                  <CommentRow video={video} comment={reply} onAnswer={onAnswer} />
                </li>
              ))}
            </ul>
          )}
          {(!open || replies.hasNextPage || replies.isFetching) && (
            <button
              type="button"
              aria-busy={replies.isFetching}
              onClick={() => (open ? void replies.fetchNextPage() : setOpen(true))}
              className="mt-1.5 flex min-h-8 items-center gap-2 font-semibold text-soft text-sm hover:text-ink"
            >
              <span aria-hidden="true" className="h-px w-6 bg-line" />
              {t('videos.show_replies', { n: Math.max(1, rest) })}
              <Icon name="down" className="size-4" />
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function CommentRow({ video, comment, shown, onAnswer }: CommentRowProps) {
  const { t } = useText();
  const format = useFormat();
  const { person, answers } = comment;
  const owns = person.person_id === video.person.person_id;
  return (
    <article className={cx('flex gap-3', shown && '-mx-2 rounded-lg bg-accent-wash p-2')}>
      <Link to={`/@${person.handle}`} aria-label={person.name} className="h-fit shrink-0 rounded-full">
        <Avatar name={person.name} src={person.avatar_url} size={comment.parent_id ? 'xs' : 'sm'} />
      </Link>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 text-soft text-sm">
          <Link to={`/@${person.handle}`} className="break-words font-semibold hover:underline">
            {person.name}
          </Link>
          {owns && <Badge tone="accent">{t('videos.creator')}</Badge>}
          {comment.pinned && (
            <span className="flex items-center gap-1">
              <Icon name="pin" className="size-3.5" />
              {t('videos.pinned')}
            </span>
          )}
        </p>
        <p className="mt-0.5">
          {answers && (
            <Link to={`/@${answers.handle}`} className="font-semibold text-accent-text hover:underline">
              @{answers.handle}{' '}
            </Link>
          )}
          <CommentText text={comment.text} />
        </p>
        {comment.held_for && (
          <p className="mt-1 flex items-center gap-1.5 text-accent-text text-sm">
            <Icon name="clock" className="size-4" />
            {t('videos.held')}
          </p>
        )}
        <div className="-ml-1 flex flex-wrap items-center gap-x-3 text-soft text-sm">
          <span className="ml-1">{format.ago(comment.created_at)}</span>
          {!comment.held_for && (
            <button
              type="button"
              className="min-h-8 rounded px-1 font-semibold hover:text-ink"
              onClick={() => onAnswer(comment)}
            >
              {t('videos.answer')}
            </button>
          )}
          {comment.liked_by_owner && (
            <span className="flex items-center gap-1">
              <Icon name="heart" filled className="size-3.5 text-accent-text" />
              {t('videos.liked_by_creator')}
            </span>
          )}
          <CommentDeeds video={video} comment={comment} />
        </div>
      </div>
      <CommentLike comment={comment} />
    </article>
  );
}

function CommentLike({ comment }: { comment: Comment }) {
  const { t } = useText();
  const format = useFormat();
  const { act } = useSignedIn();
  const problemText = useProblemText();
  const [wish, setWish] = useState<boolean | null>(null);
  const liked = wish ?? comment.liked;
  const likes = comment.likes + Number(liked) - Number(comment.liked);
  const set = async (wanted: boolean) => {
    setWish(wanted);
    const params = { path: { comment_id: comment.comment_id } };
    const { error } = wanted
      ? await api.PUT('/api/comments/{comment_id}/like', { params })
      : await api.DELETE('/api/comments/{comment_id}/like', { params });
    if (!error) return;
    setWish(!wanted);
    toast({ title: problemText(error), tone: 'bad' });
  };
  if (comment.held_for) return null;
  return (
    <button
      type="button"
      aria-pressed={liked}
      aria-label={`${t(liked ? 'videos.unlike_comment' : 'videos.like_comment')} · ${format.compact(likes)}`}
      onClick={() => act(() => set(!liked))}
      className="flex h-fit min-h-11 min-w-9 shrink-0 flex-col items-center text-soft"
    >
      <Icon name="heart" filled={liked} className={cx('size-5', liked && 'text-accent-text')} />
      {likes > 0 && <span className="tabular text-xs">{format.compact(likes)}</span>}
    </button>
  );
}

/** What the reader may do with a comment beyond liking it. */
function CommentDeeds({ video, comment }: { video: VideoView; comment: Comment }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const problemText = useProblemText();
  const refresh = useRefreshComments();
  const [reporting, setReporting] = useState(false);
  const writes = me?.person_id === comment.person.person_id;
  const owns = me?.person_id === video.person.person_id;
  const params = { path: { comment_id: comment.comment_id } };
  const run = async (answer: Promise<{ error?: unknown }>) => {
    const { error } = await answer;
    if (error) return void toast({ title: problemText(error), tone: 'bad' });
    await refresh();
  };
  const remove = async () => {
    await run(api.DELETE('/api/comments/{comment_id}', { params }));
    addComments(video, comment.held_for ? 0 : -1 - comment.replies);
  };
  const pin = () =>
    run(
      comment.pinned
        ? api.DELETE('/api/comments/{comment_id}/pin', { params })
        : api.PUT('/api/comments/{comment_id}/pin', { params }),
    );
  const items: MenuItem[] = [
    ...(owns && comment.held_for
      ? [
          {
            label: t('videos.approve'),
            icon: 'check' as const,
            onSelect: () => void run(api.PUT('/api/comments/{comment_id}/approval', { params })),
          },
        ]
      : []),
    ...(owns && !comment.parent_id && !comment.held_for
      ? [{ label: t(comment.pinned ? 'videos.unpin' : 'videos.pin'), icon: 'pin' as const, onSelect: () => void pin() }]
      : []),
    ...(writes || owns
      ? [{ label: t('videos.delete_comment'), icon: 'trash' as const, danger: true, onSelect: () => void remove() }]
      : []),
    ...(writes ? [] : [{ label: t('videos.report'), icon: 'flag' as const, onSelect: () => setReporting(true) }]),
  ];
  return (
    <>
      <Menu label={t('videos.comment_more')} items={items} className="min-h-8! min-w-8!">
        <Icon name="more" className="size-4" />
      </Menu>
      <ReportSheet
        subject={comment.comment_id}
        name={comment.text.slice(0, 60)}
        open={reporting}
        onClose={() => setReporting(false)}
      />
    </>
  );
}
