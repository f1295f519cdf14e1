/** SQL of what people chose about notices. */
import type { Tx } from '../kernel/db.ts';
import type { Asks, Choice } from './queries.ts';

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

export async function upsertSettings(q: Asks, person_id: string, settings: Settings): Promise<void> {
  await q.query(
    `insert into notice_settings (person_id, zone, quiet_from, quiet_until) values ($1, $2, $3, $4)
     on conflict (person_id) do update set zone = $2, quiet_from = $3, quiet_until = $4`,
    [person_id, settings.zone, settings.quiet_from, settings.quiet_until],
  );
}

export async function upsertChoices(
  q: Asks,
  person_id: string,
  choices: Pick<Choice, 'kind' | 'channel' | 'wanted'>[],
): Promise<void> {
  await q.query(
    `insert into notice_choices (person_id, kind, channel, wanted)
     select $1, r.kind, r.channel, r.wanted
     from jsonb_to_recordset($2::jsonb) as r (kind text, channel text, wanted boolean)
     on conflict (person_id, kind, channel) do update set wanted = excluded.wanted`,
    [person_id, JSON.stringify(choices)],
  );
}

/** All that is kept only for this person; notices of others that name them look the name up, and find none. */
export async function deletePerson(tx: Tx, person_id: string, address: string | null): Promise<void> {
  const own = ['notices', 'notice_items', 'notice_choices', 'notice_settings', 'push_subscriptions'];
  for (const table of own) await tx.client.query(`delete from ${table} where person_id = $1`, [person_id]);
  for (const table of ['mail_bounces', 'mail_suppressions']) {
    await tx.client.query(`delete from ${table} where address = $1`, [address]);
  }
}
