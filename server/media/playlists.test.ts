import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LevelDetails, M3U8Parser, PlaylistLevelType } from 'hls.js';
import hlsParser from 'hls-parser';
import { type Listed, livePlaylist, masterPlaylist, replayPlaylist, type Size, WINDOW } from './playlists.ts';

/** Two others read what we write, each with an understanding of the same RFC of its own. */
function parse(text: string): LevelDetails {
  const other = hlsParser.parse(text);
  const details = M3U8Parser.parseLevelPlaylist(text, 'https://souk.test/a/b.m3u8', 0, PlaylistLevelType.MAIN, 0, null);
  assert.equal(details.playlistParsingError, null);
  assert.ok(!other.isMasterPlaylist);
  assert.equal(other.mediaSequenceBase, details.startSN);
  assert.equal(other.endlist, !details.live);
  assert.deepEqual(
    other.segments.map(({ uri, programDateTime }) => [uri, programDateTime?.getTime()]),
    details.fragments.map(({ relurl, programDateTime }) => [relurl, programDateTime]),
  );
  return details;
}

const START = Date.parse('2026-11-21T18:00:00Z');

/** Runs of segments as ingest stores them: media time goes on inside a run and jumps ahead between two. */
const streams = fc
  .array(
    fc.record({
      durations: fc.array(fc.integer({ min: 20, max: 1_400 }), { minLength: 1, maxLength: 40 }),
      pause_ms: fc.nat(60_000),
      has_low: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((runs) => {
    let at = START;
    const listed: Listed[] = [];
    for (const [i, { durations, pause_ms, has_low }] of runs.entries()) {
      for (const duration_ms of durations) {
        const place = { seq: listed.length, run: i + 1, discontinuity: i, has_low };
        listed.push({ ...place, starts_at: new Date(at), duration_ms });
        at += duration_ms;
      }
      at += pause_ms;
    }
    return listed;
  });

test('a replay lists every segment once, at the media time it was recorded', () => {
  fc.assert(
    fc.property(streams, (segments) => {
      const { fragments, live, totalduration } = parse(replayPlaylist(segments, 'main'));
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
      for (const [, run] of Map.groupBy(parse(livePlaylist(segments, 'main', false)).fragments, ({ cc }) => cc)) {
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
        const details = parse(livePlaylist(segments.slice(0, n), 'main', n === segments.length));
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

test('the lists of two pictures say the same of every second, and name other files where there are two', () => {
  fc.assert(
    fc.property(streams, (segments) => {
      const [main, low] = (['main', 'low'] satisfies Size[]).map((size) => parse(replayPlaylist(segments, size)));
      const told = (list: LevelDetails | undefined) =>
        list?.fragments.map(({ sn, cc, programDateTime, duration }) => [sn, cc, programDateTime, duration]);
      assert.deepEqual(told(low), told(main));
      assert.deepEqual(
        low?.fragments.map(({ relurl, initSegment }) => [relurl, initSegment?.relurl]),
        segments.map(({ seq, run, has_low }) =>
          has_low ? [`low-${seq}.m4s`, `low-init-${run}.mp4`] : [`seg-${seq}.m4s`, `init-${run}.mp4`],
        ),
      );
    }),
  );
});

test('a master playlist says what a player must be able to play, of each picture', () => {
  const large = { codecs: 'avc1.42c01f,mp4a.40.2', width: 720, height: 1280, bits_per_s: 1_234_567.2 };
  const low = { codecs: 'avc1.42c01e,mp4a.40.2', width: 360, height: 640, bits_per_s: 400_000 };
  const pictures = [
    { ...large, uri: 'live-1.m3u8' },
    { ...low, uri: 'live-1-low.m3u8' },
  ];
  const text = masterPlaylist(pictures);
  const { levels } = M3U8Parser.parseMasterPlaylist(text, 'https://souk.test/a/master.m3u8');
  const told = [
    ['live-1.m3u8', 1_234_568, 720, 'avc1.42c01f', 'mp4a.40.2'],
    ['live-1-low.m3u8', 400_000, 360, 'avc1.42c01e', 'mp4a.40.2'],
  ];
  assert.deepEqual(
    levels.map(({ url, bitrate, width, videoCodec, audioCodec }) => [
      url.replace('https://souk.test/a/', ''),
      ...[bitrate, width, videoCodec, audioCodec],
    ]),
    told,
  );
  const other = hlsParser.parse(text);
  assert.ok(other.isMasterPlaylist);
  assert.deepEqual(
    other.variants.map(({ uri, bandwidth, resolution, codecs }) => [uri, bandwidth, resolution?.width, codecs]),
    told.map(([uri, bits, width, ...codecs]) => [uri, bits, width, codecs.join(',')]),
  );
  assert.equal(M3U8Parser.parseMasterPlaylist(masterPlaylist(pictures.slice(0, 1)), 'x:/y').levels.length, 1);
});
