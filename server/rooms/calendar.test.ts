import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CalendarEntry, calendarFile } from './calendar.ts';
import { firstOccurrence, isLocalTime, isZone, occurrenceAfter, type Plan } from './occurrences.ts';

const entryOf = (plan: Partial<Plan>, more: Partial<CalendarEntry> = {}): CalendarEntry => {
  const full: Plan = { local_time: '2026-11-24T19:00', zone: 'Europe/Berlin', repeat: 'none', ...plan };
  return {
    ...full,
    uid: 'schedule_1@souk.example',
    title: 'Teapots',
    about: '',
    url: 'https://souk.example/schedules/1',
    starts_at: firstOccurrence(full),
    updated_at: new Date('2026-11-02T11:00:00Z'),
    revision: 0,
    cancelled: false,
    ...more,
  };
};

/** Reads a file as a calendar does: lines unfolded, split at the first colon. */
function read(file: string): { name: string; value: string }[] {
  return file
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .filter(Boolean)
    .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1) }));
}

const fieldOf = (file: string, name: string) => read(file).find((line) => line.name === name)?.value;

test('a calendar file: CRLF, at most 75 octets a line, whole letters, texts escaped', () => {
  const title = 'Töpfern; mit Öl, Glut\\Asche 🏺'.repeat(3);
  const file = calendarFile(entryOf({}, { title, about: 'Erste Zeile\nzweite Zeile: „schön“' }));
  assert.ok(file.endsWith('END:VCALENDAR\r\n'));
  assert.ok(!/[^\r]\n/.test(file), 'no bare line feed');
  for (const line of file.split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(line.isWellFormed());
  }
  const back = fieldOf(file, 'SUMMARY')?.replaceAll(/\\([\\;,])/g, '$1');
  assert.equal(back, title);
  assert.match(fieldOf(file, 'DESCRIPTION') ?? '', /^Erste Zeile\\nzweite Zeile: „schön“\\n\\nhttps:/);
  for (const name of ['VERSION', 'PRODID', 'UID', 'DTSTAMP', 'DTSTART']) assert.ok(fieldOf(file, name), name);
});

test('a single live stands in UTC; a cancelled one says so under the same UID, with a higher sequence', () => {
  const planned = calendarFile(entryOf({}));
  assert.equal(fieldOf(planned, 'DTSTART'), '20261124T180000Z');
  assert.ok(!planned.includes('VTIMEZONE') && !planned.includes('RRULE'));
  const cancelled = calendarFile(entryOf({}, { cancelled: true, revision: 1 }));
  assert.deepEqual(
    ['UID', 'SEQUENCE', 'STATUS'].map((name) => fieldOf(cancelled, name)),
    ['schedule_1@souk.example', '1', 'CANCELLED'],
  );
  assert.ok(!cancelled.includes('VALARM'));
});

/** The offset that a VTIMEZONE gives a wall time: the latest onset not after it. */
function offsetAt(file: string, local: string): string {
  const onsets: { onset: string; to: string }[] = [];
  let dates: string[] = [];
  for (const { name, value } of read(file)) {
    if (name === 'BEGIN' && (value === 'STANDARD' || value === 'DAYLIGHT')) dates = [];
    if (name === 'BEGIN' && value === 'VEVENT') break;
    if (name === 'DTSTART' || name === 'RDATE') dates.push(...value.split(','));
    if (name === 'TZOFFSETTO') onsets.push(...dates.map((onset) => ({ onset, to: value })));
  }
  const found = onsets.filter(({ onset }) => onset <= local).sort((a, b) => (a.onset < b.onset ? -1 : 1));
  return found.at(-1)?.to ?? 'none';
}

test('a weekly live keeps its time on the wall: the file’s zone gives the same instants as ours, for years', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'UTC',
    'Africa/Casablanca',
  ];
  for (const zone of zones) {
    const plan: Plan = { local_time: '2026-03-22T19:30', zone, repeat: 'weekly' };
    const entry = entryOf(plan);
    const file = calendarFile(entry);
    assert.equal(fieldOf(file, `DTSTART;TZID=${zone}`), '20260322T193000');
    assert.equal(fieldOf(file, 'RRULE'), 'FREQ=WEEKLY');
    let at = entry.starts_at;
    for (let week = 1; week < 400; week += 1) {
      const next = occurrenceAfter(plan, at);
      assert.ok(next);
      at = next;
      const local = Temporal.PlainDateTime.from('2026-03-22T19:30')
        .add({ weeks: week })
        .toString()
        .replaceAll(/[-:]/g, '');
      const offset = offsetAt(file, `${local}00`.slice(0, 15));
      const theirs = Temporal.PlainDateTime.from('2026-03-22T19:30').add({ weeks: week });
      const instant = Temporal.Instant.from(`${theirs}${offset.slice(0, 3)}:${offset.slice(3, 5)}`);
      assert.equal(instant.epochMilliseconds, at.getTime(), `${zone}, week ${week}`);
    }
  }
});

test('an hour that summer time leaves out is the one after it; times of the calendar only', () => {
  const gap: Plan = { local_time: '2027-03-28T02:30', zone: 'Europe/Berlin', repeat: 'daily' };
  assert.equal(firstOccurrence(gap).toISOString(), '2027-03-28T01:30:00.000Z');
  assert.equal(occurrenceAfter(gap, firstOccurrence(gap))?.toISOString(), '2027-03-29T00:30:00.000Z');
  assert.equal(occurrenceAfter({ ...gap, repeat: 'none' }, firstOccurrence(gap)), null);
  assert.deepEqual(
    ['2026-02-29T10:00', '2028-02-29T10:00', '2026-11-02T25:00', '2026-11-02', 'tomorrow'].map(isLocalTime),
    [false, true, false, false, false],
  );
  assert.deepEqual(
    ['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', '+02:00', 'Mars/Base', '', 'x;y:z'].map(isZone),
    [true, true, true, false, false, false, false],
  );
});
