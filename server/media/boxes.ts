/** ISO base media boxes (ISO/IEC 14496-12), read with bounds: nothing here trusts a length it was told. */
import { Refusal } from '../kernel/refusal.ts';
import './refusals.ts';

export interface Box {
  type: string;
  /** Where the box starts in the file, header included. */
  start: number;
  /** What the box holds, without its header. */
  body: DataView;
}

/** A kind of box that may stand in a place: how often, how large, and what may stand inside. */
export interface Rule {
  /** Exactly this often; by default once. */
  times?: readonly [least: number, most: number];
  /** Bytes of the whole box at most. */
  max: number;
  /** Boxes inside. Absent: a leaf. */
  inside?: Grammar;
}

export type Grammar = Record<string, Rule>;

export interface Node extends Box {
  children: Node[];
}

const HEADER = 8;

export function malformed(detail: string): never {
  throw new Refusal('media_invalid', { detail });
}

/** The boxes that lie side by side in `bytes`; refuses a length that leaves the bytes or hides some. */
export function listBoxes(bytes: DataView, start = 0): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    if (bytes.byteLength - at < HEADER) malformed('A box is cut off');
    const size = bytes.getUint32(at);
    // 0 (to the end) and 1 (64 bits) are legal in files and never needed in a segment.
    if (size < HEADER || at + size > bytes.byteLength) malformed('A box is longer than what holds it');
    boxes.push({ type: fourcc(bytes, at + 4), start: start + at, body: within(bytes, at + HEADER, size - HEADER) });
    at += size;
  }
  return boxes;
}

/** Reads boxes by a grammar; a kind that it does not name is refused, wherever it stands. */
export function readBoxes(bytes: DataView, grammar: Grammar, place: string, start = 0): Node[] {
  const nodes = listBoxes(bytes, start).map((box): Node => {
    const rule = Object.hasOwn(grammar, box.type) ? grammar[box.type] : undefined;
    if (!rule) return malformed(`${place} may not hold a box ${printable(box.type)}`);
    if (box.body.byteLength + HEADER > rule.max) malformed(`The box ${box.type} is too large`);
    const children = rule.inside ? readBoxes(box.body, rule.inside, box.type, box.start + HEADER) : [];
    return { ...box, children };
  });
  for (const [type, { times = [1, 1] }] of Object.entries(grammar)) {
    const found = nodes.filter((node) => node.type === type).length;
    if (found < times[0] || found > times[1]) malformed(`${place} holds ${found} boxes ${type}`);
  }
  return nodes;
}

/** The box at a path below `nodes`; the grammar has made sure that it is there. */
export function child(nodes: Node[], ...path: string[]): Node {
  const [type, ...rest] = path;
  const found = nodes.find((node) => node.type === type);
  if (!found) return malformed(`There is no box ${path.join('/')}`);
  return rest.length > 0 ? child(found.children, ...rest) : found;
}

export const childrenOf = (nodes: Node[], type: string): Node[] => nodes.filter((node) => node.type === type);

export const fourcc = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

/** A part of a view; refuses one that reaches beyond it. */
export function within(view: DataView, at: number, length = view.byteLength - at): DataView {
  if (length < 0 || at + length > view.byteLength) malformed('A field is cut off');
  return new DataView(view.buffer, view.byteOffset + at, length);
}

const printable = (type: string) => JSON.stringify(type.replace(/[^\x20-\x7e]/g, '?'));
