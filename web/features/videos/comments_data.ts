/** What the comment sheet asks of the house. */
import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { $api, PAGED } from '../../api.ts';

type Answer = paths['/api/videos/{video_id}/comments']['get']['responses'][200]['content']['application/json'];
export type Comment = Answer['items'][number];
export type Order = 'top' | 'newest';

export const useComments = (video_id: string, order: Order) =>
  $api.useInfiniteQuery(
    'get',
    '/api/videos/{video_id}/comments',
    { params: { path: { video_id }, query: { order, limit: 20 } } },
    PAGED,
  );

export const useReplies = (comment_id: string, open: boolean) =>
  $api.useInfiniteQuery(
    'get',
    '/api/comments/{comment_id}/replies',
    { params: { path: { comment_id }, query: { limit: 10 } } },
    { ...PAGED, enabled: open },
  );

/** Asks again for the comments and answers of this page. */
export function useRefreshComments(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [, path] }) => typeof path === 'string' && /\/comments/.test(path),
    });
}

/** Pages of a list whose order moves may name one twice. */
export function unique(pages: readonly { items: Comment[] }[]): Comment[] {
  const all = pages.flatMap((page) => page.items);
  return [...new Map(all.map((one) => [one.comment_id, one])).values()];
}
