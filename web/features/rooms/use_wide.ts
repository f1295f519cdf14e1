import { useSyncExternalStore } from 'react';

const wide = matchMedia('(min-width: 48rem)');

function listen(changed: () => void): () => void {
  wide.addEventListener('change', changed);
  return () => wide.removeEventListener('change', changed);
}

/** Whether there is room for columns: for pages whose parts differ, not only their places. */
export const useWide = (): boolean => useSyncExternalStore(listen, () => wide.matches);
