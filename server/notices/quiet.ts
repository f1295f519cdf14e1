/** Quiet hours: when the phone stays silent, on the reader's own clock. */

export interface Quiet {
  zone: string;
  /** `HH:MM`, both or none. */
  quiet_from: string | null;
  quiet_until: string | null;
}

/**
 * When the quiet hours end in which `now` lies, or null outside of them. They may run over midnight; on the nights when
 * clocks change they end when the clock on the wall says so (FAULTS B8).
 */
export function quietUntil({ zone, quiet_from, quiet_until }: Quiet, now: Date): Date | null {
  if (quiet_from === null || quiet_until === null || quiet_from === quiet_until) return null;
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const [from, until] = [Temporal.PlainTime.from(quiet_from), Temporal.PlainTime.from(quiet_until)];
  const time = here.toPlainTime();
  const [begun, over] = [Temporal.PlainTime.compare(time, from) >= 0, Temporal.PlainTime.compare(time, until) >= 0];
  const night = Temporal.PlainTime.compare(from, until) > 0;
  if (night ? !begun && over : !begun || over) return null;
  const day = here.toPlainDate().add({ days: night && begun ? 1 : 0 });
  const end = day.toZonedDateTime({ timeZone: zone, plainTime: until });
  return new Date(end.epochMilliseconds);
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    // Offsets (`+02:00`) are no place: they know no summer time.
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
