/**
 * Undoes Snappy (google/snappy, format_description.txt): LevelDB compresses the index of a table with it, and Node has no
 * Snappy. Throws RangeError on bytes that are none.
 */
export function unsnappy(bytes: Buffer): Buffer {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('compressed bytes end early');
    return byte;
  };
  const little = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) value += next() * 2 ** (8 * i);
    return value;
  };
  const plain = Buffer.alloc(plainLength(next));
  let length = 0;
  while (at < bytes.length) {
    const tag = next();
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >>> 2;
      const count = 1 + (short < 60 ? short : little(short - 59));
      if (at + count > bytes.length || length + count > plain.length) throw new RangeError('a literal is too long');
      bytes.copy(plain, length, at, at + count);
      at += count;
      length += count;
      continue;
    }
    const count = kind === 1 ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
    const back = kind === 1 ? (tag >>> 5) * 256 + next() : little(kind === 2 ? 2 : 4);
    if (back === 0 || back > length || length + count > plain.length) throw new RangeError('a copy goes astray');
    // Byte by byte: a copy may overlap what it writes.
    for (let i = 0; i < count; i++, length++) plain[length] = plain[length - back] as number;
  }
  if (length !== plain.length) throw new RangeError('compressed bytes end early');
  return plain;
}

/** At most 64 MiB: no index of a table is near it. */
const PLAIN_BYTES_MAX = 64 * 1024 * 1024;

function plainLength(next: () => number): number {
  let length = 0;
  for (let shift = 0; shift < 5; shift++) {
    const byte = next();
    length += (byte & 0x7f) * 128 ** shift;
    if (byte < 0x80) {
      if (length > PLAIN_BYTES_MAX) throw new RangeError(`compressed bytes of ${length} bytes`);
      return length;
    }
  }
  throw new RangeError('the length of compressed bytes does not end');
}
