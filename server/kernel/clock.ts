/** Time enters the house here and nowhere else: SQL never reads a clock. */

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface ManualClock extends Clock {
  /** Moves time on. */
  advance(ms: number): void;
  set(at: Date): void;
}

/** A clock that stands still until it is moved: for tests and the simulation. */
export function createManualClock(start: Date): ManualClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (to) => {
      at = to.getTime();
    },
  };
}

/** The day asked for last in each zone, and from when until when it lasts. */
const days = new Map<string, { from: number; until: number; day: string }>();

/** The calendar day `YYYY-MM-DD` of an instant in a time zone. Asked for every gift: the calendar is asked once a day. */
export function dayIn(at: Date, zone: string): string {
  const ms = at.getTime();
  const last = days.get(zone);
  if (last && ms >= last.from && ms < last.until) return last.day;
  const start = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).startOfDay();
  const day = start.toPlainDate().toString();
  const until = start.add({ days: 1 }).startOfDay().epochMilliseconds;
  days.set(zone, { from: start.epochMilliseconds, until, day });
  return day;
}

/** The calendar month `YYYY-MM` of an instant in a time zone. */
export const monthIn = (at: Date, zone: string): string => dayIn(at, zone).slice(0, 7);

/**
 * Age in whole years on the calendar of a time zone. Someone born on 29 February comes of age on 1 March
 * in a common year (§ 188 (2) BGB reads so).
 * @param born_on `YYYY-MM-DD`
 */
export function ageOn(born_on: string, at: Date, zone: string): number {
  const today = dayIn(at, zone);
  const had_birthday = today.slice(5) >= born_on.slice(5);
  return Number(today.slice(0, 4)) - Number(born_on.slice(0, 4)) - (had_birthday ? 0 : 1);
}
