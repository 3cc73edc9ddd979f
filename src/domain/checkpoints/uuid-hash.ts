// By which repeated items of a transcript are known: 8 bytes a uuid. What is on disk depends on it: it never changes.

/** Bytes of one hash. */
export const UUID_HASH_BYTES = 8;

/** Two lanes of 32 bits over the UTF-16 units, each mixed with the other at the end: of a thousand uuids no two meet by chance. */
export function uuidHash(uuid: string): Buffer {
  let a = 0x9e3779b1 ^ uuid.length;
  let b = 0x85ebca77 ^ uuid.length;
  for (let i = 0; i < uuid.length; i++) {
    const unit = uuid.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  const bytes = Buffer.alloc(UUID_HASH_BYTES);
  bytes.writeUInt32BE(a >>> 0, 0);
  bytes.writeUInt32BE(b >>> 0, 4);
  return bytes;
}

/** The hashes in a run of them, as texts. */
export function hashesIn(run: Buffer): Set<string> {
  const hashes = new Set<string>();
  for (let at = 0; at < run.length; at += UUID_HASH_BYTES) hashes.add(run.toString('latin1', at, at + UUID_HASH_BYTES));
  return hashes;
}
