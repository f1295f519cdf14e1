/** A text message as it travels from a server: RFC 6455 §5.2, unmasked, whole. */
export function framed(payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

/** What `framed` wrapped; for tests and for reading one's own frames. */
export function unframed(bytes: Buffer): Buffer {
  const [, short = 0] = bytes;
  return bytes.subarray(short < 126 ? 2 : short === 126 ? 4 : 10);
}
