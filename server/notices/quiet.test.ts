import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isZone, quietUntil } from './quiet.ts';

const night = { zone: 'Europe/Berlin', quiet_from: '22:00', quiet_until: '07:00' };
const ends = (quiet: Parameters<typeof quietUntil>[0], now: string) =>
  quietUntil(quiet, new Date(now))?.toISOString() ?? null;

test('quiet hours over midnight, by day, and none', () => {
  assert.equal(ends(night, '2026-11-02T20:59:59Z'), null);
  assert.equal(ends(night, '2026-11-02T21:00:00Z'), '2026-11-03T06:00:00.000Z');
  assert.equal(ends(night, '2026-11-03T05:59:59Z'), '2026-11-03T06:00:00.000Z');
  assert.equal(ends(night, '2026-11-03T06:00:00Z'), null);
  const siesta = { zone: 'America/New_York', quiet_from: '13:00', quiet_until: '15:30' };
  assert.equal(ends(siesta, '2026-11-02T17:59:00Z'), null);
  assert.equal(ends(siesta, '2026-11-02T18:00:00Z'), '2026-11-02T20:30:00.000Z');
  assert.equal(ends(siesta, '2026-11-02T20:30:00Z'), null);
  assert.equal(ends({ ...night, quiet_from: null, quiet_until: null }, '2026-11-02T23:00:00Z'), null);
});

test('B8: on the nights when clocks change, quiet ends by the clock on the wall', () => {
  assert.equal(ends(night, '2026-03-28T22:00:00Z'), '2026-03-29T05:00:00.000Z');
  assert.equal(ends(night, '2026-10-24T21:00:00Z'), '2026-10-25T06:00:00.000Z');
  // 02:30 does not exist on 29 March: the next moment that does.
  assert.equal(ends({ ...night, quiet_until: '02:30' }, '2026-03-28T22:00:00Z'), '2026-03-29T01:30:00.000Z');
});

test('quiet always ends within a day and an hour, and not before now', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(zone, time, time, moment, (where, quiet_from, quiet_until, now) => {
      const end = quietUntil({ zone: where, quiet_from, quiet_until }, now);
      if (end === null) return true;
      const wait_ms = end.getTime() - now.getTime();
      return wait_ms >= 0 && wait_ms <= 25 * 3_600_000;
    }),
    { numRuns: 500 },
  );
});

test('a zone is a place', () => {
  assert.ok(isZone('Europe/Berlin'));
  for (const wrong of ['Europe/Atlantis', '+02:00', '', 'x'.repeat(100)]) assert.equal(isZone(wrong), false);
});
