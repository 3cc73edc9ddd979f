/**
 * A checksum of all rows that does not depend on their order: each row is one element, and the buckets are sums of
 * elements. A change takes the old row's element out and puts the new one's in; both are known without a read.
 *
 * D1. An element is mixed from the row's entity hash and its stored CRC, which covers key, sequence and image.
 * D2. 4,096 buckets by entity hash, so that a difference names a 4,096th of the rows. Each is two sums modulo 2^32.
 * D3. The total is the sum of all buckets, kept as it goes: what a journal group commits to.
 */
import type { Digest } from './state';

export const BUCKETS = 4096;
const TOTAL_BYTES = 8;
/** Buckets as saved: two big-endian uint32 each. */
export const DIGEST_BYTES = BUCKETS * TOTAL_BYTES;

/** The bucket of a row with this entity hash. */
export const bucketOf = (hash: number): number => hash % BUCKETS;

export class BucketDigest implements Digest {
  private readonly lanes: Uint32Array;
  private high = 0;
  private low = 0;

  constructor(lanes = new Uint32Array(BUCKETS * 2)) {
    this.lanes = lanes;
    for (let i = 0; i < lanes.length; i += 2) {
      this.high = (this.high + (lanes[i] as number)) >>> 0;
      this.low = (this.low + (lanes[i + 1] as number)) >>> 0;
    }
  }

  /** Throws RangeError unless `bytes` are what `encode` gave. */
  static decode(bytes: Uint8Array): BucketDigest {
    if (bytes.length !== DIGEST_BYTES) throw new RangeError(`a digest has ${DIGEST_BYTES} bytes, not ${bytes.length}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new BucketDigest(Uint32Array.from({ length: BUCKETS * 2 }, (_, i) => view.getUint32(i * 4)));
  }

  /** Takes the element of a row's old CRC out and puts its new one in; 0 stands for no row. */
  replace(hash: number, oldCrc: number, newCrc: number): void {
    if (oldCrc !== 0) this.add(hash, -first(hash, oldCrc), -second(hash, oldCrc));
    if (newCrc !== 0) this.add(hash, first(hash, newCrc), second(hash, newCrc));
  }

  total(): Uint8Array {
    const bytes = Buffer.allocUnsafe(TOTAL_BYTES);
    bytes.writeUInt32BE(this.high, 0);
    bytes.writeUInt32BE(this.low, 4);
    return bytes;
  }

  clone(): BucketDigest {
    return new BucketDigest(this.lanes.slice());
  }

  encode(): Uint8Array {
    const bytes = Buffer.allocUnsafe(DIGEST_BYTES);
    this.lanes.forEach((lane, i) => bytes.writeUInt32BE(lane, i * 4));
    return bytes;
  }

  /** The buckets that are not the same in both, ascending. */
  differences(other: BucketDigest): number[] {
    const differing: number[] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const i = bucket * 2;
      if (this.lanes[i] !== other.lanes[i] || this.lanes[i + 1] !== other.lanes[i + 1]) differing.push(bucket);
    }
    return differing;
  }

  private add(hash: number, high: number, low: number): void {
    const i = bucketOf(hash) * 2;
    // Sums wrap in the typed array and by >>> 0 alike: both are modulo 2^32.
    this.lanes[i] = (this.lanes[i] as number) + high;
    this.lanes[i + 1] = (this.lanes[i + 1] as number) + low;
    this.high = (this.high + high) >>> 0;
    this.low = (this.low + low) >>> 0;
  }
}

function first(hash: number, crc: number): number {
  return finish(Math.imul(hash, 0x9e3779b1) ^ crc);
}

function second(hash: number, crc: number): number {
  return finish(Math.imul(crc, 0x85ebca77) + Math.imul(hash, 0xc2b2ae3d) + 0x27d4eb2f);
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. CRCs alone are linear and would cancel. */
function finish(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
