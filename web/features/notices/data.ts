import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { $api, PAGED } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import type { IconName } from '../../ui/index.ts';

export type Line = paths['/api/notices']['get']['responses'][200]['content']['application/json']['items'][number];
export type NoticeSettings = paths['/api/notices/settings']['get']['responses'][200]['content']['application/json'];
export type Kind = NoticeSettings['notices'][number];
export type Channel = Kind['channels'][number]['channel'];

export const SIGNS: Record<Line['category'], IconName> = {
  account: 'lock',
  money: 'receipt',
  orders: 'box',
  gifts: 'gift',
  live: 'live',
  people: 'users',
  selling: 'store',
  moderation: 'shield',
};

/** The inbox in the language that is shown, which may be another than that of one's mails. */
export function useInbox() {
  const { me } = useSignedIn();
  const { locale } = useText();
  return $api.useInfiniteQuery(
    'get',
    '/api/notices',
    { params: { query: { limit: 30, locale } } },
    { ...PAGED, enabled: me !== null },
  );
}

export function useRead() {
  const queries = useQueryClient();
  return $api.useMutation('put', '/api/notices/read', {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/notices'] });
      await queries.invalidateQueries({ queryKey: ['get', '/api/notices/unread'] });
    },
  });
}

export function useNoticeSettings() {
  const { me } = useSignedIn();
  const { locale } = useText();
  const asked = { params: { query: { locale } } };
  const settings = $api.useQuery('get', '/api/notices/settings', asked, { enabled: me !== null });
  const queries = useQueryClient();
  /** Every change answers with the settings as they now stand. */
  const onSuccess = (now: NoticeSettings) =>
    queries.setQueryData($api.queryOptions('get', '/api/notices/settings', asked).queryKey, now);
  return { settings, onSuccess, asked };
}
