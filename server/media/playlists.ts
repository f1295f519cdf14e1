/**
 * The playlists of a stream (RFC 8216). The server writes them from what it has checked and stored; none is taken from
 * outside. PURE: facts in, text out.
 *
 * A stream is a row of runs (each a connection of the host's encoder, with its own init segment). Runs with the same
 * tracks and codecs form one layout, and share a playlist with a discontinuity between them. Another layout (a host
 * who comes back without sound) gets a playlist of its own: the old one ends, and the player asks for the master again.
 * Of a layout with a smaller picture in some of its runs there are two lists, alike in all but the files they name.
 */

export interface Listed {
  /** Counts the segments of the stream, over all runs. */
  seq: number;
  run: number;
  /** How many runs of the same layout came before this one. */
  discontinuity: number;
  /** Media time: when the first frame was recorded, by the server's clock. */
  starts_at: Date;
  duration_ms: number;
  /** Whether the run has a smaller picture too. */
  has_low: boolean;
}

export interface Picture {
  /** RFC 6381, joined by commas. */
  codecs: string;
  width: number;
  height: number;
  bits_per_s: number;
}

/** Segments in the playlist of a running live: what a viewer may lag behind before segments are skipped. */
export const WINDOW = 30;

/** @param pictures the large one, and a smaller one where there is one */
export function masterPlaylist(pictures: (Picture & { uri: string })[]): string {
  return lines('#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...pictures.flatMap(variant));
}

function variant({ bits_per_s, codecs, width, height, uri }: Picture & { uri: string }): string[] {
  const attributes = [
    `BANDWIDTH=${Math.max(1, Math.ceil(bits_per_s))}`,
    `CODECS="${codecs}"`,
    ...(width > 0 ? [`RESOLUTION=${width}x${height}`] : []),
  ];
  return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, uri];
}

/** Which of the two pictures; where a run has no smaller one, the large one stands in both lists. */
export type Size = 'main' | 'low';

/** The last segments of a layout. @param over no segment will follow: the live has ended, or another layout began */
export function livePlaylist(segments: Listed[], size: Size, over: boolean): string {
  const shown = segments.slice(-WINDOW);
  return lines(...head(shown), ...entries(shown, size), ...(over ? ['#EXT-X-ENDLIST'] : []));
}

/** Everything of a layout, to be watched again from any second. */
export function replayPlaylist(segments: Listed[], size: Size): string {
  return lines(...head(segments, '#EXT-X-PLAYLIST-TYPE:VOD'), ...entries(segments, size), '#EXT-X-ENDLIST');
}

function head(segments: Listed[], ...more: string[]): string[] {
  const longest = Math.max(1_000, ...segments.map(({ duration_ms }) => duration_ms));
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.round(longest / 1_000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.seq ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${segments[0]?.discontinuity ?? 0}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...more,
  ];
}

function entries(segments: Listed[], size: Size): string[] {
  return segments.flatMap((segment, i) => {
    const before = segments[i - 1];
    const low = size === 'low' && segment.has_low;
    return [
      ...(before && before.run !== segment.run ? ['#EXT-X-DISCONTINUITY'] : []),
      ...(before?.run === segment.run ? [] : [`#EXT-X-MAP:URI="${low ? 'low-' : ''}init-${segment.run}.mp4"`]),
      `#EXT-X-PROGRAM-DATE-TIME:${segment.starts_at.toISOString()}`,
      `#EXTINF:${(segment.duration_ms / 1_000).toFixed(3)},`,
      `${low ? 'low' : 'seg'}-${segment.seq}.m4s`,
    ];
  });
}

const lines = (...all: string[]) => `${all.join('\n')}\n`;
