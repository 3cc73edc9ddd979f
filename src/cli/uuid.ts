import { createHash, randomBytes } from 'node:crypto';

/** A UUIDv7: the time, then 74 random bits. A request id for one command. */
export function uuidV7(atMs: number = Date.now(), random: Uint8Array = randomBytes(10)): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(atMs, 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  return format(bytes, 7);
}

/** A UUIDv8 made of what it stands for: the same parts give the same id on every machine, at any time. */
export function uuidOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part);
    // Each part's length goes before it, so that two lists of parts never run together into the same bytes.
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return format(hash.digest().subarray(0, 16), 8);
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
