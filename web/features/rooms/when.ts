/** PURE: times of planned lives for readers in other zones than their host. */
import type { Locale } from '../../text.ts';

export interface Planned {
  starts_at: string;
  zone: string;
  repeat: 'none' | 'daily' | 'weekly';
}

export const readersZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "Tuesday 24 November at 19:00" in the reader's own zone. */
export const readersTime = ({ starts_at }: Planned, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(starts_at));

/** "Tue 19:00" for small cards; the date where it is more than six days off. */
export function shortTime({ starts_at }: Planned, locale: Locale, now: Date): string {
  const near = new Date(starts_at).getTime() - now.getTime() < 6 * 86_400_000;
  const day = near ? ({ weekday: 'short' } as const) : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit' }).format(new Date(starts_at));
}

/** The host's own clock, where it shows another time: "20:00 CET". Null where both agree. */
export function hostsTime({ starts_at, zone }: Planned, locale: Locale, readers = readersZone()): string | null {
  const at = new Date(starts_at);
  const wall = (timeZone: string) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);
  if (wall(zone) === wall(readers)) return null;
  const options = {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  } as const;
  return new Intl.DateTimeFormat(locale, options).format(at);
}

export interface Rest {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** What a countdown shows; null when it is time. */
export function restUntil(at: Date, now: Date): Rest | null {
  const seconds = Math.ceil((at.getTime() - now.getTime()) / 1_000);
  if (seconds <= 0) return null;
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3_600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}
