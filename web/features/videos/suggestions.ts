/** Tags and people that a caption may mean: tags that its writer has used, people whom they follow. */
import { api } from '../../api.ts';
import type { Begun } from './caption.ts';

const MOST = 6;

export async function suggest({ sign, start }: Begun, person_id: string, signal: AbortSignal): Promise<string[]> {
  const found = sign === '@' ? await followed(person_id, signal) : await ownTags(signal);
  const wanted = start.toLowerCase();
  const fits = ({ name, also }: Named) => name.startsWith(wanted) || also.toLowerCase().startsWith(wanted);
  return found
    .filter((one) => fits(one) && one.name !== wanted)
    .map(({ name }) => name)
    .slice(0, MOST);
}

interface Named {
  name: string;
  also: string;
}

async function followed(person_id: string, signal: AbortSignal): Promise<Named[]> {
  const params = { path: { person_id }, query: { limit: 100 } };
  const { data } = await api.GET('/api/people/{person_id}/following', { params, signal });
  return (data?.items ?? []).map(({ handle, name }) => ({ name: handle, also: name }));
}

async function ownTags(signal: AbortSignal): Promise<Named[]> {
  const { data } = await api.GET('/api/videos/mine', { params: { query: { limit: 50 } }, signal });
  const counts = new Map<string, number>();
  for (const tag of data?.items.flatMap(({ tags }) => tags) ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => ({ name, also: name }));
}
