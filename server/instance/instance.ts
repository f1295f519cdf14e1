/** What the operator says of the instance: its name, whether new people may come, its legal pages. */
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import * as queries from './queries.ts';

export const LEGAL_PAGES = ['imprint', 'privacy', 'terms'] as const;
export type LegalPage = (typeof LEGAL_PAGES)[number];

export interface Settings {
  name: string;
  /** `invite`: who has a code may sign up; `closed`: nobody new. */
  registration: 'open' | 'invite' | 'closed';
  /** Who sells coins, as receipts must name them: the operator's full name and address. Empty: not filled in yet. */
  legal_name: string;
  legal_address: string;
}

const DEFAULTS: Settings = { name: 'Souk', registration: 'open', legal_name: '', legal_address: '' };

export const findSettings = async (q: Pick<Tx['client'], 'query'>): Promise<Settings> =>
  (await queries.findSettings(q)) ?? DEFAULTS;

export const setSettings = (ctx: Context, settings: Settings): Promise<void> =>
  queries.upsertSettings(ctx.db.pool, settings, ctx.clock.now());

/** What stands there until the operator has written the page: it says so, instead of looking like law. */
const MISSING = {
  imprint: {
    de: 'Hier steht das Impressum, sobald der Betreiber es eingetragen hat: Name, Anschrift, E-Mail-Adresse, Telefon, Register, USt-IdNr. (§ 5 DDG).',
    en: 'The imprint stands here once the operator has filled it in: name, postal address, e-mail, phone, register, VAT number.',
  },
  privacy: {
    de: 'Hier steht die Datenschutzerklärung, sobald der Betreiber sie eingetragen hat (Art. 13 DSGVO).',
    en: 'The privacy notice stands here once the operator has filled it in (GDPR art. 13).',
  },
  terms: {
    de: 'Hier stehen die Nutzungsbedingungen, sobald der Betreiber sie eingetragen hat.',
    en: 'The terms of use stand here once the operator has filled them in.',
  },
} as const;

/** A legal page in a language, in another where only that is filled, or what says that it is missing. */
export async function findLegalPage(ctx: Context, page: LegalPage, locale: 'de' | 'en') {
  const texts = await queries.findLegalTexts(ctx.db.pool, page);
  const body_text = texts.get(locale) ?? texts.values().next().value;
  return { page, filled: body_text !== undefined, body_text: body_text ?? MISSING[page][locale] };
}

export const setLegalPage = (ctx: Context, page: LegalPage, locale: 'de' | 'en', body_text: string): Promise<void> =>
  queries.upsertLegalText(ctx.db.pool, { page, locale, body_text, now: ctx.clock.now() });
