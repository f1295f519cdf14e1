import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { $api, PAGED } from '../../api.ts';

export type Conversation =
  paths['/api/messages/{conversation_id}']['get']['responses'][200]['content']['application/json'];
export type Message =
  paths['/api/messages/{conversation_id}/items']['get']['responses'][200]['content']['application/json']['items'][number];
export type Box = 'inbox' | 'requests';

/** Asked again while the page is looked at; not in the background. */
const LIST_MS = 20_000;
const OPEN_MS = 4_000;

export const useConversations = (box: Box, enabled: boolean) =>
  $api.useInfiniteQuery(
    'get',
    '/api/messages',
    { params: { query: { box, limit: 30 } } },
    { ...PAGED, enabled, refetchInterval: LIST_MS },
  );

export const useNew = (enabled: boolean) =>
  $api.useQuery('get', '/api/messages/new', {}, { enabled, refetchInterval: LIST_MS });

export const useConversation = (conversation_id: string) =>
  $api.useQuery('get', '/api/messages/{conversation_id}', { params: { path: { conversation_id } } });

export const useMessages = (conversation_id: string) =>
  $api.useInfiniteQuery(
    'get',
    '/api/messages/{conversation_id}/items',
    { params: { path: { conversation_id }, query: { limit: 40 } } },
    { ...PAGED, refetchInterval: OPEN_MS },
  );

/** Asks again for everything about messages. */
export function useRefreshMessages(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [, path] }) => typeof path === 'string' && path.startsWith('/api/messages'),
    });
}

/** What a conversation is called: its title, else its people. */
export const nameOf = ({ title, people }: Conversation, nobody: string): string =>
  title ?? (people.map(({ name }) => name).join(', ') || nobody);
