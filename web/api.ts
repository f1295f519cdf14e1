import type { paths } from '@souk/sdk/openapi';
import { QueryClient } from '@tanstack/react-query';
import createFetchClient, { type Middleware } from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { useRef } from 'react';

/** A fresh Idempotency-Key: one for each thing a person wants once. */
export function newKey(): string {
  return crypto.randomUUID();
}

/**
 * A key that stays the same while one deed is tried again and changes when it is done. For everything that moves money:
 * `headers: { 'Idempotency-Key': key.value() }`, then `key.renew()` after success.
 */
export function useKey(): { value: () => string; renew: () => void } {
  const held = useRef<string>(undefined);
  held.current ??= newKey();
  return {
    value: () => held.current as string,
    renew: () => {
      held.current = newKey();
    },
  };
}

const withKey: Middleware = {
  onRequest({ request }) {
    const needsKey = request.method === 'POST' && !request.headers.has('Idempotency-Key');
    if (needsKey) request.headers.set('Idempotency-Key', newKey());
    return request;
  },
};

/** openapi-react-query asks for the first page as page 0, whatever one gives it; our first page has no cursor. */
const firstPage: Middleware = {
  onRequest({ request }) {
    const url = new URL(request.url);
    if (url.searchParams.get('after') !== '0') return undefined;
    url.searchParams.delete('after');
    return new Request(url, request);
  },
};

/** Signed out meanwhile, here or in another tab: the screens hear of it. */
const stillSignedIn: Middleware = {
  onResponse({ response }) {
    if (response.status === 401) void queryClient.invalidateQueries({ queryKey: ME });
  },
};

/** The typed client of the house's own API. Refusals come back as `error` (a problem document), never as a throw. */
export const api = createFetchClient<paths>({ baseUrl: location.origin });
api.use(withKey, firstPage, stillSignedIn);

/** The same client for TanStack Query: `$api.useQuery('get', '/api/rooms')`, `$api.useMutation('post', '/api/gifts')`. */
export const $api = createQueryClient(api);

/** A list that goes on: `$api.useInfiniteQuery('get', '/api/orders', {…}, PAGED)`. */
export const PAGED = {
  pageParamName: 'after',
  initialPageParam: undefined,
  getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
};

/** Under which the answer to "who am I" is kept. */
export const ME = ['me'];

const STALE_MS = 5000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // A refusal will not change by asking again; a failed connection may.
      retry: (count, error) => count < 2 && !isRefusal(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

function isRefusal(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status < 500;
}
