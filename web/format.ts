import { useMemo } from 'react';
import { type Locale, useText } from './text.ts';

/** Money as it travels: minor units as a digit string, and an ISO 4217 code. */
export interface Money {
  amount: string;
  currency: string;
}

/** Minor units to the reader's notation, exactly: the digits go to Intl as a string and never become a float. */
export function formatMoney(money: Money, locale: Locale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(decimal(money.amount, digits));
}

function decimal(minor: string, digits: number): Intl.StringNumericLiteral {
  const negative = minor.startsWith('-');
  const padded = minor.slice(negative ? 1 : 0).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const fraction = digits ? `.${padded.slice(-digits)}` : '';
  return `${negative ? '-' : ''}${whole}${fraction}` as Intl.StringNumericLiteral;
}

const SECOND = 1000;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

function relative(at: Date, now: Date, locale: Locale): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / SECOND);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(Math.min(0, seconds), 'second');
}

export interface Format {
  money: (money: Money) => string;
  /** Counts and coins: 12,480 */
  number: (value: number | bigint | string) => string;
  /** Counts where there is little room: 12.5K */
  compact: (value: number | bigint) => string;
  /** Basis points: 1900 → 19 % */
  percent: (bps: number) => string;
  date: (at: string | Date) => string;
  time: (at: string | Date) => string;
  dateTime: (at: string | Date) => string;
  /** "3 minutes ago" */
  ago: (at: string | Date) => string;
  /** Seconds of a recording: 1:02:09 */
  duration: (seconds: number) => string;
}

function clockDigits(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

export function formatsOf(locale: Locale): Format {
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    money: (money) => formatMoney(money, locale),
    number: (value) => number.format(typeof value === 'string' ? BigInt(value) : value),
    compact: (value) => compact.format(value),
    percent: (bps) => percent.format(bps / 10_000),
    date: (at) => date.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    ago: (at) => relative(new Date(at), new Date(), locale),
    duration: clockDigits,
  };
}

/** Numbers, money and dates in the reader's notation. */
export function useFormat(): Format {
  const { locale } = useText();
  return useMemo(() => formatsOf(locale), [locale]);
}
