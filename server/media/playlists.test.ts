import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LevelDetails, M3U8Parser, PlaylistLevelType } from 'hls.js';
import { type Listed, livePlaylist, masterPlaylist, replayPlaylist, WINDOW } from './playlists.ts';

/** hls.js reads what we write: another's understanding of the same RFC. */
function parse(text: string): LevelDetails {
  const details = M3U8Parser.parseLevelPlaylist(text, 'https://souk.test/a/b.m3u8', 0, PlaylistLevelType.MAIN, 0, null);
  assert.equal(details.playlistParsingError, null);
  return details;
}

const START = Date.parse('2026-11-21T18:00:00Z');

/** Runs of segments as ingest stores them: media time goes on inside a run and jumps ahead between two. */
const streams = fc
  .array(
    fc.record({
      durations: fc.array(fc.integer({ min: 20, max: 1_400 }), { minLength: 1, maxLength: 40 }),
      pause_ms: fc.nat(60_000),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((runs) => {
    let at = START;
    const listed: Listed[] = [];
    for (const [i, { durations, pause_ms }] of runs.entries()) {
      for (const duration_ms of durations) {
        listed.push({ seq: listed.length, run: i + 1, discontinuity: i, starts_at: new Date(at), duration_ms });
        at += duration_ms;
      }
      at += pause_ms;
    }
    return listed;
  });

test('a replay lists every segment once, at the media time it was recorded', () => {
  fc.assert(
    fc.property(streams, (segments) => {
      const { fragments, live, totalduration } = parse(replayPlaylist(segments));
      assert.equal(live, false);
      assert.deepEqual(
        fragments.map(({ sn, cc, programDateTime, initSegment }) => [sn, cc, programDateTime, initSegment?.relurl]),
        segments.map(({ seq, run, discontinuity, starts_at }) => [
          seq,
          discontinuity,
          starts_at.getTime(),
          `init-${run}.mp4`,
        ]),
      );
      const whole = segments.reduce((sum, { duration_ms }) => sum + duration_ms, 0) / 1_000;
      assert.ok(Math.abs(totalduration - whole) < 0.001);
    }),
  );
});

test('media time is the start of the run plus the durations before', () => {
  fc.assert(
    fc.property(streams, (segments) => {
      for (const [, run] of Map.groupBy(parse(livePlaylist(segments, false)).fragments, ({ cc }) => cc)) {
        const [first] = run;
        let at = first?.programDateTime ?? 0;
        for (const { programDateTime, duration } of run) {
          assert.equal(programDateTime, at);
          at += Math.round(duration * 1_000);
        }
      }
    }),
  );
});

test('a live window moves over the segments without changing what it says of any of them', () => {
  fc.assert(
    fc.property(streams, (segments) => {
      const known = new Map<number, string>();
      let skipped = 0;
      for (let n = 1; n <= segments.length; n += 1) {
        const details = parse(livePlaylist(segments.slice(0, n), n === segments.length));
        assert.equal(details.live, n < segments.length);
        assert.equal(details.fragments.length, Math.min(n, WINDOW));
        assert.ok(details.startSN >= skipped, 'the media sequence never goes back');
        skipped = details.startSN;
        for (const { sn, cc, relurl, duration } of details.fragments) {
          assert.ok(Math.round(duration) <= details.targetduration);
          const told = JSON.stringify([cc, relurl, duration]);
          assert.equal(known.get(Number(sn)) ?? told, told);
          known.set(Number(sn), told);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a master playlist says what a player must be able to play', () => {
  const picture = { codecs: 'avc1.42c01f,mp4a.40.2', width: 720, height: 1280, bits_per_s: 1_234_567.2 };
  const text = masterPlaylist(picture, 'live-1.m3u8');
  const { levels } = M3U8Parser.parseMasterPlaylist(text, 'https://souk.test/a/master.m3u8');
  const [level] = levels;
  assert.equal(levels.length, 1);
  assert.deepEqual(
    [level?.url, level?.bitrate, level?.width, level?.videoCodec, level?.audioCodec],
    ['https://souk.test/a/live-1.m3u8', 1_234_568, 720, 'avc1.42c01f', 'mp4a.40.2'],
  );
});
