import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BACKLOG, type Refused, Upload } from './upload.ts';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A server that answers in turn; a missing answer is a network that is away. */
function uploadTo(answers: (Answer | null)[]) {
  const asked: string[] = [];
  const told: { taken: number; refused: Refused[]; busy: number } = { taken: 0, refused: [], busy: 0 };
  const upload = new Upload(
    { stream_id: 'stream_x', key: 'k', publisher_id: 'p' },
    {
      onTaken: () => {
        told.taken += 1;
      },
      onBusy: () => {
        told.busy += 1;
      },
      onRefused: (why) => told.refused.push(why),
    },
    async (url) => {
      asked.push(url.split('/').slice(7).join('/'));
      const answer = answers.shift();
      if (!answer) throw new TypeError('Failed to fetch');
      return Response.json(answer.body, { status: answer.status });
    },
  );
  return { upload, asked, told };
}

const taken = (next_seq: number): Answer => ({
  status: 200,
  body: { next_seq, anchor_at: '2026-11-21T12:00:00.000Z', edge_at: '2026-11-21T12:00:01.000Z' },
});
const refused = (code: string, more = {}): Answer => ({ status: 409, body: { code, ...more } });
const bytes = new ArrayBuffer(8);

test('segments go out one by one, numbered as the server says', async () => {
  const { upload, asked, told } = uploadTo([{ status: 200, body: { run: 2, next_seq: 7 } }, taken(8), taken(9)]);
  upload.add('init', bytes);
  upload.add('segment', bytes);
  upload.add('segment', bytes);
  await upload.finish(1_000);
  assert.deepEqual(asked, ['init', 'segments/7', 'segments/8']);
  assert.equal(told.taken, 2);
});

test('a network that is away is asked again, and an answer that was lost is no second segment', async () => {
  const first = { status: 200, body: { run: 1, next_seq: 0 } };
  const { upload, asked, told } = uploadTo([
    first,
    null,
    refused('segment_out_of_order', { next_seq: 1 }),
    refused('stream_busy'),
    taken(2),
  ]);
  upload.add('init', bytes);
  upload.add('segment', bytes);
  upload.add('segment', bytes);
  await upload.finish(5_000);
  assert.deepEqual(asked, ['init', 'segments/0', 'segments/0', 'segments/1', 'segments/1']);
  assert.deepEqual(told, { taken: 1, refused: [], busy: 1 });
});

test('a lost key, an ended stream and a run that cannot go on stop the upload with the reason', async () => {
  const reasons = { stream_key_refused: 'key_refused', stream_ended: 'ended', segment_gap: 'again' };
  for (const [code, why] of Object.entries(reasons)) {
    const { upload, asked, told } = uploadTo([refused(code)]);
    upload.add('init', bytes);
    upload.add('segment', bytes);
    await upload.finish(1_000);
    assert.deepEqual(told.refused, [why]);
    assert.equal(asked.length, 1);
  }
});

test('what waits too long is given up: the picture starts afresh', async () => {
  const { upload, told } = uploadTo([]);
  for (let i = 0; i <= BACKLOG; i += 1) upload.add('segment', bytes);
  assert.deepEqual(told.refused, ['too_slow']);
  assert.equal(upload.backlog, 0);
});
