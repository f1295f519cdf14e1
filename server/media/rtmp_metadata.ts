/** The picture's size from `onMetaData`: two numbers, found by their names and held to what the house takes. */

const DATA = 18;
const SIDE = { least: 16, most: 1_920 };

/** Null for a message that is no metadata with a size. Only players' hints come from it: pictures say their own size. */
export function readSize(type: number, body: Buffer): { width: number; height: number } | null {
  if (type !== DATA) return null;
  const [width, height] = [numberAfter(body, 'width'), numberAfter(body, 'height')];
  return width && height ? { width, height } : null;
}

/** AMF0: the name's length and letters, 0x00 for a number, eight bytes of it. */
function numberAfter(body: Buffer, name: string): number | null {
  const at = body.indexOf(Buffer.from(`\0${String.fromCharCode(name.length)}${name}\0`, 'latin1'));
  const from = at + name.length + 3;
  if (at < 0 || from + 8 > body.length) return null;
  const value = Math.round(body.readDoubleBE(from));
  return value >= SIDE.least && value <= SIDE.most ? value : null;
}
