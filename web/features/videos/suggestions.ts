/** Tags and people that a caption may mean. */
import type { Begun } from './caption.ts';
import { listMine } from './data.ts';

const MOST = 6;

export async function suggest({ sign, start }: Begun, _signal: AbortSignal): Promise<string[]> {
  if (sign === '@') return [];
  const { items } = await listMine(null, 50);
  const counts = new Map<string, number>();
  for (const tag of items.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const wanted = start.toLowerCase();
  return [...counts.keys()]
    .filter((tag) => tag.startsWith(wanted) && tag !== wanted)
    .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
    .slice(0, MOST);
}
