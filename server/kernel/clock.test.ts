import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageOn, createManualClock, dayIn, monthIn } from './clock.ts';

test('B20: an age is judged on the calendar of the market, to the day', () => {
  const cases: [born_on: string, at: string, zone: string, age: number][] = [
    ['2008-11-21', '2026-11-20T22:59:59Z', 'Europe/Berlin', 17],
    ['2008-11-21', '2026-11-20T23:00:00Z', 'Europe/Berlin', 18],
    ['2008-11-21', '2026-11-20T23:00:00Z', 'America/New_York', 17],
    ['2008-02-29', '2026-02-28T12:00:00Z', 'Europe/Berlin', 17],
    ['2008-02-29', '2026-03-01T12:00:00Z', 'Europe/Berlin', 18],
    ['2008-02-29', '2024-02-29T12:00:00Z', 'Europe/Berlin', 16],
  ];
  for (const [born, at, zone, age] of cases) assert.equal(ageOn(born, new Date(at), zone), age, `${born} on ${at}`);
});

test('B8: days and months follow the zone through the change to summer time', () => {
  assert.equal(dayIn(new Date('2026-03-28T23:30:00Z'), 'Europe/Berlin'), '2026-03-29');
  assert.equal(dayIn(new Date('2026-03-29T22:30:00Z'), 'Europe/Berlin'), '2026-03-30');
  assert.equal(monthIn(new Date('2026-12-31T23:30:00Z'), 'Europe/Berlin'), '2027-01');
});

test('a manual clock stands still until it is moved', () => {
  const clock = createManualClock(new Date('2026-01-01T00:00:00Z'));
  assert.equal(clock.now().getTime(), clock.now().getTime());
  clock.advance(1500);
  assert.equal(clock.now().toISOString(), '2026-01-01T00:00:01.500Z');
});
