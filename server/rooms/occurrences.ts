/** PURE: when a planned live takes place. Its host's clock on the wall decides; a repetition keeps it over summer time. */

export type Repeat = 'none' | 'daily' | 'weekly';

export interface Plan {
  /** `2026-11-24T19:00` on the wall of the zone, at the first time. */
  local_time: string;
  /** IANA: `Europe/Berlin`. */
  zone: string;
  repeat: Repeat;
}

const DAYS: Record<Repeat, number> = { none: 0, daily: 1, weekly: 7 };
const DAY_MS = 86_400_000;
const NAME = /^[A-Za-z]+(?:[_/+-][A-Za-z0-9]+)*$/;

/** A zone by its name; an offset (`+01:00`) would know nothing of summer time. */
export function isZone(zone: string): boolean {
  if (!NAME.test(zone) || zone.length > 60) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a day and a time of the calendar. */
export function isLocalTime(text: string): boolean {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString({ smallestUnit: 'minute' }) === text;
  } catch {
    return false;
  }
}

/** Time `n` of a plan, from 0. An hour that summer time leaves out counts as the one after it, a doubled one as its first. */
function occurrence({ local_time, zone, repeat }: Plan, n: number): Date {
  const local = Temporal.PlainDateTime.from(local_time).add({ days: n * DAYS[repeat] });
  return new Date(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

export const firstOccurrence = (plan: Plan): Date => occurrence(plan, 0);

/** The first of a plan's times after an instant; null where there is none any more. */
export function occurrenceAfter(plan: Plan, after: Date): Date | null {
  const first = firstOccurrence(plan);
  if (first > after) return first;
  if (plan.repeat === 'none') return null;
  const passed = (after.getTime() - first.getTime()) / (DAYS[plan.repeat] * DAY_MS);
  // A day of summer time is an hour shorter or longer: begin one early and look.
  for (let n = Math.max(0, Math.floor(passed) - 1); ; n += 1) {
    const at = occurrence(plan, n);
    if (at > after) return at;
  }
}
