import { useQuery } from '@tanstack/react-query';

/** What everyone may know of this instance (`GET /api/instance`). */
export interface Instance {
  name: string;
  /** The demo's cast lives here, and its doors are open. */
  demo: boolean;
  /** The payment provider moves no real money: every page says so. */
  sandbox: boolean;
}

async function fetchInstance(): Promise<Instance> {
  const response = await fetch('/api/instance');
  if (!response.ok) throw new Error('the instance did not answer');
  return response.json();
}

export function useInstance(): Instance | undefined {
  return useQuery({ queryKey: ['instance'], queryFn: fetchInstance, staleTime: Number.POSITIVE_INFINITY }).data;
}
