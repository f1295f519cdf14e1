/** All SQL of the instance. */
import type { Tx } from '../kernel/db.ts';
import type { LegalPage, Settings } from './instance.ts';

type Asks = Pick<Tx['client'], 'query'>;

export async function findSettings(q: Asks): Promise<Settings | null> {
  const { rows } = await q.query<Settings>(
    'select name, registration, legal_name, legal_address from instance_settings',
  );
  return rows[0] ?? null;
}

export async function upsertSettings(q: Asks, given: Settings, now: Date): Promise<void> {
  const { name, registration, legal_name, legal_address } = given;
  await q.query(
    `insert into instance_settings (name, registration, legal_name, legal_address, updated_at)
     values ($1, $2, $3, $4, $5)
     on conflict (only_row) do update
       set name = $1, registration = $2, legal_name = $3, legal_address = $4, updated_at = $5`,
    [name, registration, legal_name, legal_address, now],
  );
}

export async function findLegalTexts(q: Asks, page: LegalPage): Promise<Map<'de' | 'en', string>> {
  const { rows } = await q.query<{ locale: 'de' | 'en'; body_text: string }>(
    'select locale, body_text from legal_pages where page = $1 order by locale',
    [page],
  );
  return new Map(rows.map((row) => [row.locale, row.body_text]));
}

export async function upsertLegalText(
  q: Asks,
  { page, locale, body_text, now }: { page: LegalPage; locale: 'de' | 'en'; body_text: string; now: Date },
): Promise<void> {
  await q.query(
    `insert into legal_pages (page, locale, body_text, updated_at) values ($1, $2, $3, $4)
     on conflict (page, locale) do update set body_text = $3, updated_at = $4`,
    [page, locale, body_text, now],
  );
}
