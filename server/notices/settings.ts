/** In which language and zone somebody reads, and when they want quiet. */
import type { Context } from '../kernel/context.ts';
import { type MarketCode, pack } from '../markets/index.ts';
import { findContact } from '../people/index.ts';
import { findSettings } from './setting_queries.ts';
import type { Locale, Reader } from './texts.ts';

/** Somebody who set no zone reads in their market's. */
export async function readerOf(ctx: Context, person_id: string | null, locale: Locale): Promise<Reader> {
  if (person_id === null) return { locale, zone: 'UTC' };
  const settings = await findSettings(ctx.db.pool, person_id);
  if (settings) return { locale, zone: settings.zone };
  const contact = await findContact(ctx.db, person_id);
  return { locale, zone: contact ? pack(contact.market as MarketCode).zone : 'UTC' };
}
