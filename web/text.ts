import { i18n, type Values } from '@lingui/core';
import { useLingui } from '@lingui/react';

export { Trans as Rich } from '@lingui/react';

export const LOCALES = ['de', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const KEY = 'souk.locale';
const load = {
  de: () => import('virtual:messages/de'),
  en: () => import('virtual:messages/en'),
};

function isLocale(value: string | null | undefined): value is Locale {
  return value === 'de' || value === 'en';
}

/** The language chosen before, else the first of the browser's languages that we speak, else English. */
export function preferredLocale(): Locale {
  const stored = localStorage.getItem(KEY);
  if (isLocale(stored)) return stored;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale) ?? 'en';
}

/** Loads a language's messages and shows them at once in every mounted text; nothing is reloaded. */
export async function showLocale(locale: Locale): Promise<void> {
  const { default: messages } = await load[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}

/** A choice made by the reader: shown and remembered. */
export async function chooseLocale(locale: Locale): Promise<void> {
  localStorage.setItem(KEY, locale);
  await showLocale(locale);
}

export type Translate = (id: string, values?: Values) => string;

export interface Text {
  t: Translate;
  /** Whether the shown language has this text (for texts by code of a server's answer). */
  has: (id: string) => boolean;
  locale: Locale;
}

/** `const { t } = useText(); t('gifts.send', { n: 3 })`. Ids are `<room>.<thing>` in `web/locales/<locale>/<room>.json`. */
export function useText(): Text {
  const { i18n: shown } = useLingui();
  return {
    t: (id, values) => shown._(id, values),
    has: (id) => Object.hasOwn(shown.messages, id),
    locale: isLocale(shown.locale) ? shown.locale : 'en',
  };
}

export function useLocale(): [Locale, (locale: Locale) => void] {
  const { locale } = useText();
  return [locale, (next) => void chooseLocale(next)];
}
