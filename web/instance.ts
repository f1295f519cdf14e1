import type { paths } from '@souk/sdk/openapi';
import { $api } from './api.ts';

/** What everyone may know of this instance. `sandbox`: no real money moves, and every page says so. */
export type Instance = paths['/api/instance']['get']['responses'][200]['content']['application/json'];

export function useInstance(): Instance | undefined {
  return $api.useQuery('get', '/api/instance', {}, { staleTime: Number.POSITIVE_INFINITY }).data;
}
