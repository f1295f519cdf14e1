/**
 * PURE: a planned live as a calendar file (RFC 5545). A single time stands in UTC; a repetition stands on the wall of
 * its host's zone, with the changes of that zone as VTIMEZONE, because the rule must know of summer time (§3.6.5).
 */
import type { Plan } from './occurrences.ts';

export interface CalendarEntry extends Plan {
  /** The same for ever: a calendar that has it replaces it. */
  uid: string;
  title: string;
  about: string;
  url: string;
  starts_at: Date;
  /** When it was written or changed. */
  updated_at: Date;
  revision: number;
  cancelled: boolean;
}

/** A live has no planned end; calendars want one. */
const LASTS = 'PT1H';
const REMIND_BEFORE = 'PT10M';
/** Changes of the zone are listed this far ahead. */
const YEARS_AHEAD = 10;
const LINE_BYTES = 75;

/** @returns the file, with CRLF and folded lines */
export function calendarFile(entry: CalendarEntry): string {
  const repeats = entry.repeat !== 'none';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Souk//Live//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...(repeats ? zoneLines(entry.zone, entry.starts_at) : []),
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `DTSTAMP:${utc(entry.updated_at)}`,
    `LAST-MODIFIED:${utc(entry.updated_at)}`,
    `SEQUENCE:${entry.revision}`,
    `STATUS:${entry.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    repeats ? `DTSTART;TZID=${entry.zone}:${wall(entry.starts_at, entry.zone)}` : `DTSTART:${utc(entry.starts_at)}`,
    `DURATION:${LASTS}`,
    ...(repeats ? [`RRULE:FREQ=${entry.repeat.toUpperCase()}`] : []),
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped([entry.about, entry.url].filter(Boolean).join('\n\n'))}`,
    `URL:${entry.url}`,
    ...(entry.cancelled ? [] : alarm(entry.title)),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

const alarm = (title: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escaped(title)}`,
  `TRIGGER:-${REMIND_BEFORE}`,
  'END:VALARM',
];

/** `20261124T180000Z` */
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** `20261124T190000` on the wall of the zone. */
const wall = (at: Date, zone: string): string => compact(zoned(at, zone).toPlainDateTime());

const zoned = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

const compact = (at: Temporal.PlainDateTime): string =>
  at.toString({ smallestUnit: 'second' }).slice(0, 19).replaceAll(/[-:]/g, '');

/** Backslash, semicolon and comma are signs of the format; a line break is written as two letters (§3.3.11). */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');

/** At most 75 octets a line, never within a character; what follows begins with a space (§3.1). */
function folded(line: string): string[] {
  const lines: string[] = [];
  let now = '';
  let bytes = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (bytes + size > LINE_BYTES) {
      lines.push(now);
      now = ' ';
      bytes = 1;
    }
    now += letter;
    bytes += size;
  }
  return [...lines, now];
}

interface Change {
  /** Wall time before the change: onsets are written so. */
  onset: string;
  from: string;
  to: string;
  name: string;
  summer: boolean;
}

/** The zone's changes from the one in force at the start until some years ahead; each kind once, with its dates. */
function zoneLines(zone: string, starts_at: Date): string[] {
  const kinds = Map.groupBy(changesOf(zone, starts_at), ({ from, to, name }) => `${from} ${to} ${name}`);
  const parts = [...kinds.values()].flatMap((changes) => {
    const [first, ...others] = changes as [Change, ...Change[]];
    const kind = first.summer ? 'DAYLIGHT' : 'STANDARD';
    return [
      `BEGIN:${kind}`,
      `DTSTART:${first.onset}`,
      ...(others.length > 0 ? [`RDATE:${others.map(({ onset }) => onset).join(',')}`] : []),
      `TZOFFSETFROM:${first.from}`,
      `TZOFFSETTO:${first.to}`,
      `TZNAME:${first.name}`,
      `END:${kind}`,
    ];
  });
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts, 'END:VTIMEZONE'];
}

function changesOf(zone: string, starts_at: Date): Change[] {
  const start = zoned(starts_at, zone);
  const end = start.add({ years: YEARS_AHEAD });
  const before = start.getTimeZoneTransition('previous');
  const changes: Change[] = before ? [changeAt(before)] : [];
  for (let at = start.getTimeZoneTransition('next'); at && at.epochMilliseconds < end.epochMilliseconds; ) {
    changes.push(changeAt(at));
    at = at.getTimeZoneTransition('next');
  }
  // A zone that never changed its clocks.
  if (changes.length === 0) {
    const offset = offsetOf(start);
    return [{ onset: '19700101T000000', from: offset, to: offset, name: nameOf(start), summer: false }];
  }
  return changes;
}

function changeAt(at: Temporal.ZonedDateTime): Change {
  const before = at.subtract({ seconds: 1 });
  const onset = compact(before.toPlainDateTime().add({ seconds: 1 }));
  const summer = at.offsetNanoseconds > before.offsetNanoseconds;
  return { onset, from: offsetOf(before), to: offsetOf(at), name: nameOf(at), summer };
}

/** `+0100`; seconds only where a zone has them. */
const offsetOf = (at: Temporal.ZonedDateTime): string => at.offset.replaceAll(':', '');

const nameOf = (at: Temporal.ZonedDateTime): string =>
  new Intl.DateTimeFormat('en', { timeZone: at.timeZoneId, timeZoneName: 'short' })
    .formatToParts(at.epochMilliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value ?? at.offset;
