/** What notices say: `server/<room>/texts/{de,en}.json`, flat id → ICU message, the same ids in both. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type I18n, setupI18n } from '@lingui/core';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { formatMoney } from '../kernel/money.ts';

export type Locale = 'de' | 'en';
const LOCALES: Locale[] = ['de', 'en'];

/** A value inside a text. It is stored as it is and formatted for each reader. */
export type Param =
  | string
  | number
  /** Minor units as digits: `{ money: '1999', currency: 'EUR' }` */
  | { money: string; currency: string }
  /** A count that may be longer than a number: `{ digits: '100000' }` */
  | { digits: string }
  /** RFC 3339; shown in the reader's zone. */
  | { time: string }
  /** A text of the law or of an operator that exists in both languages. */
  | { either: { de: string; en: string } }
  /** Another text of the catalogue; several are lines below each other. */
  | { text: string; params?: Params }
  | { lines: { text: string; params?: Params }[] };
export type Params = Record<string, Param>;

export interface Reader {
  locale: Locale;
  zone: string;
}

const SERVER = resolve(import.meta.dirname, '..');

/** All texts of a language. @throws where an id stands twice */
export function readTexts(locale: Locale): Map<string, string> {
  const all = new Map<string, string>();
  for (const room of readdirSync(SERVER).sort()) {
    const file = join(SERVER, room, 'texts', `${locale}.json`);
    if (!existsSync(file)) continue;
    for (const [id, text] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)) {
      if (all.has(id)) throw new Error(`the text ${id} stands twice (second time in ${file})`);
      all.set(id, text);
    }
  }
  return all;
}

const spoken = new Map<Locale, I18n>();

function speaker(locale: Locale): I18n {
  const known = spoken.get(locale);
  if (known) return known;
  const messages = Object.fromEntries([...readTexts(locale)].map(([id, text]) => [id, compileMessageOrThrow(text)]));
  const fresh = setupI18n({ locale, messages: { [locale]: messages } });
  spoken.set(locale, fresh);
  return fresh;
}

export const hasText = (id: string): boolean => LOCALES.every((locale) => Object.hasOwn(speaker(locale).messages, id));

/** @throws where the text does not exist: a reader never sees an id */
export function say(reader: Reader, id: string, params: Params = {}): string {
  const texts = speaker(reader.locale);
  if (!Object.hasOwn(texts.messages, id)) throw new Error(`the text ${id} stands nowhere`);
  const values = Object.entries(params).map(([name, param]) => [name, formatted(reader, param)]);
  return texts._(id, Object.fromEntries(values));
}

function formatted(reader: Reader, param: Param): string | number {
  if (typeof param !== 'object') return param;
  if ('money' in param) {
    return formatMoney({ amount: BigInt(param.money), currency: param.currency }, reader.locale);
  }
  if ('digits' in param) return new Intl.NumberFormat(reader.locale).format(BigInt(param.digits));
  if ('time' in param) return timeOf(reader, new Date(param.time));
  if ('either' in param) return param.either[reader.locale];
  if ('text' in param) return say(reader, param.text, param.params);
  return param.lines.map((line) => say(reader, line.text, line.params)).join('\n');
}

const timeOf = ({ locale, zone }: Reader, at: Date): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(at);
