import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Choices, EmptyState, ErrorNote, More, Sheet, Skeleton } from '../../ui/index.ts';
import { CommentForm } from './comment_form.tsx';
import { CommentThread } from './comment_row.tsx';
import { type Comment, type Order, unique, useComments, useRefreshComments } from './comments_data.ts';
import { addComments, useDeeds, type VideoView } from './use_deeds.ts';

interface CommentSheetProps {
  video: VideoView;
  /** Shown above the others: somebody followed a link to it. */
  comment_id: string | null;
  onClose: () => void;
}

/** What people say about a video, over the running video. */
export default function CommentSheet({ video, comment_id, onClose }: CommentSheetProps) {
  const { t } = useText();
  const format = useFormat();
  const refresh = useRefreshComments();
  const { counts } = useDeeds(video);
  const [order, setOrder] = useState<Order>('top');
  const [answered, setAnswered] = useState<Comment | null>(null);
  const comments = useComments(video.video_id, order);
  const linked = useLinked(comment_id);
  const items = unique(comments.data?.pages ?? []).filter((one) => one.comment_id !== linked?.comment_id);
  const none = comments.isSuccess && items.length === 0 && !linked;
  const said = (comment: Comment) => {
    if (!comment.held_for) addComments(video, 1);
    void refresh();
  };
  return (
    <Sheet
      open
      clear
      onClose={onClose}
      title={t('videos.comments', { n: counts.comments, shown: format.compact(counts.comments) })}
      foot={<CommentForm video={video} answered={answered} onAnswered={setAnswered} onSaid={said} />}
    >
      <div className="min-h-[34dvh]">
        {counts.comments > 1 && (
          <Choices
            label={t('videos.order')}
            look="chips"
            value={order}
            onChange={setOrder}
            choices={[
              { value: 'top', label: t('videos.order_top') },
              { value: 'newest', label: t('videos.order_newest') },
            ]}
          />
        )}
        <ErrorNote error={comments.error} onRetry={() => void comments.refetch()} />
        {comments.isPending && <Skeleton className="h-40 rounded-lg" />}
        {none && <EmptyState icon="chat" title={t('videos.no_comments')} text={t('videos.no_comments_text')} />}
        <ul aria-live="polite" aria-label={t('videos.comments_open')}>
          {linked && <CommentThread video={video} comment={linked} shown onAnswer={setAnswered} />}
          {items.map((comment) => (
            <CommentThread key={comment.comment_id} video={video} comment={comment} onAnswer={setAnswered} />
          ))}
        </ul>
        <More
          show={comments.hasNextPage}
          busy={comments.isFetchingNextPage}
          onMore={() => void comments.fetchNextPage()}
        />
      </div>
    </Sheet>
  );
}

/** The comment of a link; of a reply, too. Nothing where it is gone. */
function useLinked(comment_id: string | null): Comment | null {
  const linked = $api.useQuery(
    'get',
    '/api/comments/{comment_id}',
    { params: { path: { comment_id: comment_id ?? '' } } },
    { enabled: comment_id !== null, retry: false },
  );
  return linked.data ?? null;
}
