/**
 * PURE: outside playlists (RFC 8216), read for what the house needs of them and written anew. Nothing of their text
 * goes through: a tag that is not known here does not reach a viewer.
 */

export class Unusable extends Error {}

export interface OutsideSegment {
  seq: number;
  /** As it stands there; resolved against where the playlist was found. */
  uri: string;
  map: string | null;
  duration_ms: number;
  discontinuity: boolean;
  /** Its program date time, where it is said or follows from the one before. */
  at: Date | null;
}

export interface OutsideMedia {
  kind: 'media';
  segments: OutsideSegment[];
  discontinuities: number;
  ended: boolean;
}

export interface OutsideMaster {
  kind: 'master';
  variants: { uri: string; attributes: string[] }[];
  /** Sound that comes by itself. */
  sounds: { uri: string; attributes: string[] }[];
}

const MOST_SEGMENTS = 60;
const MOST_VARIANTS = 12;
const LONGEST_S = 30;
/** What would need more than handing bytes on. */
const REFUSED = /^#EXT-X-(KEY:(?!METHOD=NONE)|BYTERANGE|DEFINE|SESSION-KEY|I-FRAMES-ONLY)/;

/** @throws Unusable with the reason */
export function readPlaylist(text: string): OutsideMedia | OutsideMaster {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines[0]?.replace(/^\ufeff/, '') !== '#EXTM3U') throw new Unusable('is no HLS playlist');
  const refused = lines.find((line) => REFUSED.test(line));
  if (refused) throw new Unusable(`uses ${refused.split(':')[0]}`);
  return lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:')) ? readMaster(lines) : readMedia(lines);
}

const attributeOf = (line: string, name: string): string | null =>
  new RegExp(`[:,]${name}=("[^"]*"|[^,"]*)`).exec(line)?.[1]?.replaceAll('"', '') ?? null;

/** `NAME=value`, only where the value is what such a value may be. */
const taken = (line: string, shapes: Record<string, RegExp>): string[] =>
  Object.entries(shapes).flatMap(([name, shape]) => {
    const value = attributeOf(line, name);
    if (value === null || !shape.test(value)) return [];
    return [`${name}=${QUOTED.has(name) ? `"${value}"` : value}`];
  });

const QUOTED = new Set(['CODECS', 'AUDIO', 'GROUP-ID', 'NAME', 'LANGUAGE', 'CHANNELS']);
const NAME = /^[\p{L}\p{N} ._-]{1,60}$/u;
const VARIANT = {
  BANDWIDTH: /^\d{1,10}$/,
  'AVERAGE-BANDWIDTH': /^\d{1,10}$/,
  CODECS: /^[A-Za-z0-9.,]{1,100}$/,
  RESOLUTION: /^\d{1,5}x\d{1,5}$/,
  'FRAME-RATE': /^[\d.]{1,8}$/,
  AUDIO: NAME,
};
const SOUND = {
  TYPE: /^AUDIO$/,
  'GROUP-ID': NAME,
  NAME,
  LANGUAGE: /^[A-Za-z0-9-]{1,20}$/,
  DEFAULT: /^(YES|NO)$/,
  AUTOSELECT: /^(YES|NO)$/,
  CHANNELS: /^[0-9/A-Z]{1,10}$/,
};

function readMaster(lines: string[]): OutsideMaster {
  const master: OutsideMaster = { kind: 'master', variants: [], sounds: [] };
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('#EXT-X-MEDIA:') && attributeOf(line, 'TYPE') === 'AUDIO') {
      const uri = attributeOf(line, 'URI');
      if (uri) master.sounds.push({ uri, attributes: taken(line, SOUND) });
    }
    if (!line.startsWith('#EXT-X-STREAM-INF:')) continue;
    const uri = lines.slice(at + 1).find((next) => next !== '' && !next.startsWith('#'));
    const attributes = taken(line, VARIANT);
    if (uri && attributes.some((one) => one.startsWith('BANDWIDTH='))) master.variants.push({ uri, attributes });
  }
  const many = Math.max(master.variants.length, master.sounds.length) > MOST_VARIANTS;
  if (many || master.variants.length === 0) throw new Unusable('has no variants, or too many');
  return master;
}

function readMedia(lines: string[]): OutsideMedia {
  const numberOf = (tag: string) => Number(lines.find((line) => line.startsWith(tag))?.slice(tag.length) ?? 0);
  let seq = numberOf('#EXT-X-MEDIA-SEQUENCE:');
  const discontinuities = numberOf('#EXT-X-DISCONTINUITY-SEQUENCE:');
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(discontinuities)) throw new Unusable('counts wrongly');
  const segments: OutsideSegment[] = [];
  let [map, duration_ms, discontinuity, at]: [string | null, number, boolean, Date | null] = [null, 0, false, null];
  for (const line of lines) {
    if (line.startsWith('#EXT-X-MAP:')) {
      map = attributeOf(line, 'URI');
      if (!map || attributeOf(line, 'BYTERANGE')) throw new Unusable('has a map that is no file');
    } else if (line.startsWith('#EXTINF:')) duration_ms = Math.round(Number.parseFloat(line.slice(8)) * 1_000);
    else if (line === '#EXT-X-DISCONTINUITY') [discontinuity, at] = [true, null];
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) at = timeOf(line.slice(25));
    else if (line !== '' && !line.startsWith('#')) {
      if (!(duration_ms > 0 && duration_ms <= LONGEST_S * 1_000)) throw new Unusable('has segments of no length');
      segments.push({ seq, uri: line, map, duration_ms, discontinuity, at });
      at = at && new Date(at.getTime() + duration_ms);
      [seq, duration_ms, discontinuity] = [seq + 1, 0, false];
    }
  }
  const kept = segments.slice(-MOST_SEGMENTS);
  const before = segments.slice(0, -MOST_SEGMENTS).filter((segment) => segment.discontinuity).length;
  return {
    ...{ kind: 'media', segments: kept, discontinuities: discontinuities + before },
    ended: lines.includes('#EXT-X-ENDLIST') || lines.includes('#EXT-X-PLAYLIST-TYPE:VOD'),
  };
}

function timeOf(text: string): Date | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

export interface Edge {
  edge_seq: number;
  edge_at: Date;
  source_clock: boolean;
}

/** A clock further away than this is not what the pictures were taken by. */
const STRANGE_MS = 3_600_000;

/** So many segments back is an old answer; further back is a playlist that begins to count anew. */
const OVERTAKEN = 3;

/**
 * Where the newest segment ends, in media time: by the playlist's own clock where it has one that can be true; else by
 * when the house first saw a segment, and by what was added since.
 */
export function edgeOf({ segments }: OutsideMedia, before: Edge | null, now: Date): Edge | null {
  const last = segments.at(-1);
  if (!last) return before;
  // An answer that was overtaken by a newer one says nothing.
  if (before && last.seq < before.edge_seq && before.edge_seq - last.seq <= OVERTAKEN) return before;
  const own = last.at && last.at.getTime() + last.duration_ms;
  const plausible = own !== null && Math.abs(own - now.getTime()) < STRANGE_MS;
  const source_clock = before ? before.source_clock && plausible : plausible;
  if (source_clock && own !== null) return { edge_seq: last.seq, edge_at: new Date(own), source_clock };
  const added = before ? segments.filter(({ seq }) => seq > before.edge_seq) : [];
  // One that begins to count anew, or was not looked at for long, begins now.
  const follows = before && last.seq >= before.edge_seq && added.length < segments.length;
  if (!follows) return { edge_seq: last.seq, edge_at: now, source_clock };
  return { edge_seq: last.seq, edge_at: new Date(before.edge_at.getTime() + lengthOf(added)), source_clock };
}

const lengthOf = (segments: OutsideSegment[]): number => segments.reduce((sum, one) => sum + one.duration_ms, 0);

/** Media time of each segment's beginning. */
export function timesOf({ segments }: OutsideMedia, edge: Edge): Date[] {
  return segments.map((segment, i) => {
    if (edge.source_clock && segment.at) return segment.at;
    const until = segments.findLastIndex(({ seq }) => seq <= edge.edge_seq);
    const ms = i <= until ? -lengthOf(segments.slice(i, until + 1)) : lengthOf(segments.slice(until + 1, i));
    return new Date(edge.edge_at.getTime() + ms);
  });
}

/** @param place where viewers get what lies at an address of the playlist */
export function writeMedia(media: OutsideMedia, edge: Edge, place: (uri: string) => string): string {
  const times = timesOf(media, edge);
  const { segments } = media;
  const longest = Math.max(1_000, ...segments.map(({ duration_ms }) => duration_ms));
  const head = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(longest / 1_000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.seq ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${media.discontinuities}`,
  ];
  const entries = segments.flatMap(({ uri, map, duration_ms, discontinuity }, i) => [
    ...(discontinuity ? ['#EXT-X-DISCONTINUITY'] : []),
    ...(map && map !== segments[i - 1]?.map ? [`#EXT-X-MAP:URI="${place(map)}"`] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${times[i]?.toISOString()}`,
    `#EXTINF:${(duration_ms / 1_000).toFixed(3)},`,
    place(uri),
  ]);
  return [...head, ...entries, ...(media.ended ? ['#EXT-X-ENDLIST'] : []), ''].join('\n');
}

/** @param place where viewers get the playlist that lies at an address */
export function writeMaster({ variants, sounds }: OutsideMaster, place: (uri: string) => string): string {
  return [
    ...['#EXTM3U', '#EXT-X-VERSION:7'],
    ...sounds.map(({ uri, attributes }) => `#EXT-X-MEDIA:${[...attributes, `URI="${place(uri)}"`].join(',')}`),
    ...variants.flatMap(({ uri, attributes }) => [`#EXT-X-STREAM-INF:${attributes.join(',')}`, place(uri)]),
    '',
  ].join('\n');
}

/** What a file of pictures or sound is, by its first bytes; null for everything that the house hands to no browser. */
export function sortOf(bytes: Buffer): string | null {
  const box = bytes.subarray(4, 8).toString('latin1');
  if (['styp', 'ftyp', 'moof', 'sidx', 'emsg', 'prft'].includes(box)) return 'video/mp4';
  const packets = bytes.length > 0 && bytes.length % 188 === 0;
  if (packets && [0, 188, 376].every((at) => at >= bytes.length || bytes[at] === 0x47)) return 'video/mp2t';
  const adts = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0;
  return adts || bytes.subarray(0, 3).toString('latin1') === 'ID3' ? 'audio/aac' : null;
}
