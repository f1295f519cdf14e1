/** The playlists of a package (RFC 8216), written from what was measured while it was cut. PURE: facts in, text out. */

export interface Rendition {
  rendition: number;
  /** RFC 6381, joined by commas. */
  codecs: string;
  width: number;
  height: number;
  peak_bits_per_s: number;
  segments: { ms: number; bytes: number }[];
}

/** The best first: where a player does not know its uplink yet, it begins with the first. */
export function packageMaster(renditions: Rendition[]): string {
  const variants = renditions.toSorted((a, b) => b.peak_bits_per_s - a.peak_bits_per_s).flatMap(variant);
  return lines('#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...variants);
}

function variant({ rendition, codecs, width, height, peak_bits_per_s, segments }: Rendition): string[] {
  const [ms, bytes] = segments.reduce(([t, b], one) => [t + one.ms, b + one.bytes], [0, 0]);
  const average = Math.ceil((bytes * 8_000) / Math.max(1, ms));
  const attributes = [
    `BANDWIDTH=${Math.max(peak_bits_per_s, average)}`,
    `AVERAGE-BANDWIDTH=${average}`,
    `CODECS="${codecs}"`,
    `RESOLUTION=${width}x${height}`,
  ];
  return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, `r${rendition}.m3u8`];
}

export function packageList({ rendition, segments }: Rendition): string {
  const longest = Math.max(1_000, ...segments.map(({ ms }) => ms));
  return lines(
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.round(longest / 1_000)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="r${rendition}-init.mp4"`,
    ...segments.flatMap(({ ms }, n) => [`#EXTINF:${(ms / 1_000).toFixed(3)},`, `r${rendition}-${n}.m4s`]),
    '#EXT-X-ENDLIST',
  );
}

const lines = (...all: string[]) => `${all.join('\n')}\n`;
