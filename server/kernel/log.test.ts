import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { plainError, withoutAddresses } from './log.ts';

test('D17: an error in the log says what is wrong with the code, and nothing of the row', () => {
  const detail = 'Failing row contains (Mara, 5 Lane).';
  const error = Object.assign(new Error('violates a check'), { code: '23514', constraint: 'lane', detail, where: 'x' });
  const said = plainError(new Error('outer', { cause: error })) as { cause: Record<string, unknown> };
  assert.deepEqual([said.cause.code, said.cause.constraint], ['23514', 'lane']);
  assert.doesNotMatch(JSON.stringify(said), /Mara/);
  const wrong = Object.assign(new Error('invalid input syntax for type date: "5 Lane"'), { code: '22007' });
  assert.doesNotMatch(JSON.stringify(plainError(wrong)), /Lane/);
});

test('D17, D15: addresses leave no trace in a line, and a line without end costs no time', () => {
  assert.equal(
    withoutAddresses('{"to":"mara.c@example.test","at":"/x/@scope/y"}'),
    '{"to":"[address]","at":"/x/@scope/y"}',
  );
  const begun = performance.now();
  withoutAddresses(`${'x'.repeat(200_000)} @`);
  assert.ok(performance.now() - begun < 5_000);
});

test('G11: a sink that stands still stops nobody; lines are dropped, not requests', async (t) => {
  const script = `
    const { createLog } = await import(${JSON.stringify(import.meta.resolve('./log.ts'))});
    const log = createLog('info');
    for (let n = 0; n < 400; n += 1) {
      for (let i = 0; i < 25; i += 1) log.info({ text: 'x'.repeat(1_000) }, 'a line');
      await new Promise((turn) => setImmediate(turn));
    }
    process.stderr.write('still here');`;
  // A pipe that nobody reads from is full after 64 kB.
  const piped = '"$0" --input-type=module -e "$1" | sleep 600';
  const child = spawn('sh', ['-c', piped, process.execPath, script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  t.after(() => process.kill(-(child.pid as number), 'SIGKILL'));
  const [said] = await once(child.stderr as NonNullable<typeof child.stderr>, 'data', {
    signal: AbortSignal.timeout(120_000),
  });
  assert.equal(String(said), 'still here');
});
