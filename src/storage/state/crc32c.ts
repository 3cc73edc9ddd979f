/** CRC-32C (Castagnoli), which LevelDB puts behind each block. zlib has only the other polynomial. */

/** The reflected polynomial (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;
/** Eight bytes a step ("slicing by 8", Kounavis and Berry 2005): 8 KiB of tables, 4 to 5 times a bytewise loop. */
const SLICES = 8;

const tables = new Uint32Array(256 * SLICES);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  tables[byte] = crc;
}
for (let i = 256; i < tables.length; i++) {
  const crc = tables[i - 256] as number;
  tables[i] = (crc >>> 8) ^ (tables[crc & 0xff] as number);
}

/** The checksum of bytes from `start` to `end`, as uint32. */
export function crc32c(bytes: Buffer, start: number, end: number): number {
  const t = tables;
  let crc = 0xffff_ffff;
  let at = start;
  for (; at + SLICES <= end; at += SLICES) {
    const low = crc ^ bytes.readInt32LE(at);
    const high = bytes.readInt32LE(at + 4);
    crc =
      (t[1792 + (low & 0xff)] as number) ^
      (t[1536 + ((low >>> 8) & 0xff)] as number) ^
      (t[1280 + ((low >>> 16) & 0xff)] as number) ^
      (t[1024 + (low >>> 24)] as number) ^
      (t[768 + (high & 0xff)] as number) ^
      (t[512 + ((high >>> 8) & 0xff)] as number) ^
      (t[256 + ((high >>> 16) & 0xff)] as number) ^
      (t[high >>> 24] as number);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ (t[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
