import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostsTime, restUntil } from './when.ts';

test('a countdown counts whole seconds and is over when it is time', () => {
  const at = new Date('2026-11-24T18:00:00Z');
  const before = (ms: number) => new Date(at.getTime() - ms);
  assert.deepEqual(restUntil(at, before(90_061_000)), { days: 1, hours: 1, minutes: 1, seconds: 1 });
  assert.deepEqual(restUntil(at, before(1)), { days: 0, hours: 0, minutes: 0, seconds: 1 });
  assert.equal(restUntil(at, at), null);
});

test('the host’s clock is told only where it shows another time', () => {
  const plan = { starts_at: '2026-11-24T18:00:00.000Z', zone: 'Europe/Berlin', repeat: 'none' as const };
  assert.equal(hostsTime(plan, 'en', 'Europe/Paris'), null);
  assert.match(hostsTime(plan, 'en', 'America/New_York') ?? '', /07:00 PM/);
});
