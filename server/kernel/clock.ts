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

/** The calendar day `YYYY-MM-DD` of an instant in a time zone. */
export function dayIn(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The calendar month `YYYY-MM` of an instant in a time zone. */
export const monthIn = (at: Date, zone: string): string => dayIn(at, zone).slice(0, 7);

/**
 * Age in whole years on the calendar of a time zone. Someone born on 29 February comes of age on 1 March
 * in a common year (§ 188 (2) BGB reads so).
 * @param born_on `YYYY-MM-DD`
 */
export function ageOn(born_on: string, at: Date, zone: string): number {
  const today = Temporal.PlainDate.from(dayIn(at, zone));
  const born = Temporal.PlainDate.from(born_on);
  const had_birthday = today.month > born.month || (today.month === born.month && today.day >= born.day);
  return today.year - born.year - (had_birthday ? 0 : 1);
}
