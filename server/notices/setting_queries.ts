/** SQL of what people chose about notices. */
import type { Asks } from './queries.ts';

export interface Settings {
  zone: string;
  /** `HH:MM`, both or none. */
  quiet_from: string | null;
  quiet_until: string | null;
}

export async function findSettings(q: Asks, person_id: string): Promise<Settings | null> {
  const { rows } = await q.query<Settings>({
    name: 'notices_settings',
    text: 'select zone, quiet_from, quiet_until from notice_settings where person_id = $1',
    values: [person_id],
  });
  return rows[0] ?? null;
}
