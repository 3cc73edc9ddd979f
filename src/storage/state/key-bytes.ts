/**
 * Bytes of LevelDB keys. They sort as their parts do, part by part, and no two lists of parts give the same bytes.
 *
 * B1. Text is UTF-8 ended by 0x00; a 0x00 or 0x01 within becomes 0x01 0x01 or 0x01 0x02. No text is a prefix of another.
 *     Text must be well-formed Unicode, as all text out of protobuf is.
 * B2. Numbers are big-endian of a fixed length.
 * B3. A task id that the service gave (t12) is 0x10 + the count of its number's bytes, then these bytes: t2 sorts before t10.
 *     Any other id is 0x20 and text, so all of them sort after the given ones.
 */
import { taskNumber } from '../../domain/derive';

/** 0x10 + 7 bytes at most: 2^53 fits in seven. */
const GIVEN_ID = 0x10;
const CHOSEN_ID = 0x20;

/** Writes one key after the other into the same memory. */
export class KeyWriter {
  private bytes = Buffer.allocUnsafe(512);
  private length = 0;

  start(table: number): this {
    this.length = 0;
    return this.u8(table);
  }

  u8(value: number): this {
    this.room(1);
    this.bytes[this.length++] = Math.min(value, 0xff);
    return this;
  }

  u32(value: number): this {
    this.room(4);
    this.length = this.bytes.writeUInt32BE(value, this.length);
    return this;
  }

  /** A time in milliseconds; what six bytes cannot hold is the nearest that they can. */
  u48(value: number): this {
    this.room(6);
    this.length = this.bytes.writeUIntBE(Math.min(Math.max(value, 0), 0xffff_ffff_ffff), this.length, 6);
    return this;
  }

  /** A sequence, in seven bytes: below 2^53. A restore may give one above 2^48 (see ADR 14). */
  sequence(value: number): this {
    const high = Math.floor(value / 0x1_0000_0000_0000);
    return this.u8(high).u48(value - high * 0x1_0000_0000_0000);
  }

  raw(value: Uint8Array): this {
    this.room(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    return this;
  }

  text(value: string): this {
    // Twice three bytes: no UTF-16 unit takes more than three in UTF-8, and an escape doubles one byte at most.
    this.room(value.length * 3 + 1);
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code < 2 || code > 0x7f) return this.escaped(value);
      bytes[at++] = code;
    }
    bytes[at++] = 0;
    this.length = at;
    return this;
  }

  id(value: string): this {
    const number = taskNumber(value);
    if (number === 0) return this.u8(CHOSEN_ID).text(value);
    const count = bytesOf(number);
    this.room(1 + count);
    this.bytes[this.length++] = GIVEN_ID + count;
    let rest = number;
    for (let i = this.length + count - 1; i >= this.length; i--) {
      this.bytes[i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.length += count;
    return this;
  }

  /** How ids begin that were chosen: for ranges of ids of several parts. The prefix must be in ASCII and printable. */
  idPrefix(prefix: string): this {
    return this.u8(CHOSEN_ID).raw(Buffer.from(prefix, 'latin1'));
  }

  /** The key. It stands in shared memory until the next `start`. */
  done(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** The key in memory of its own. */
  copy(): Buffer {
    return Buffer.from(this.done());
  }

  private escaped(value: string): this {
    const utf8 = Buffer.from(value, 'utf8');
    this.room(utf8.length * 2 + 1);
    for (const byte of utf8) {
      if (byte < 2) this.bytes[this.length++] = 1;
      this.bytes[this.length++] = byte < 2 ? byte + 1 : byte;
    }
    this.bytes[this.length++] = 0;
    return this;
  }

  private room(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.length + count) * 2);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** Reads a key part by part. Throws RangeError where the bytes are no such part. */
export class KeyReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  u8(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('the key ends early');
    this.at++;
    return byte;
  }

  number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 256 + this.u8();
    return value;
  }

  raw(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new RangeError('the key ends early');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  text(): string {
    const start = this.at;
    let escapes = 0;
    let byte: number;
    while ((byte = this.u8()) !== 0) {
      if (byte !== 1) continue;
      const next = this.u8();
      if (next !== 1 && next !== 2) throw new RangeError(`escape ${next} in a key`);
      escapes++;
    }
    const part = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, this.at - 1 - start);
    return (escapes === 0 ? part : unescaped(part)).toString('utf8');
  }

  id(): string {
    const tag = this.u8();
    if (tag === CHOSEN_ID) return this.text();
    if (tag <= GIVEN_ID || tag > GIVEN_ID + 7) throw new RangeError(`id of form ${tag} in a key`);
    return `t${this.number(tag - GIVEN_ID)}`;
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new RangeError('the key goes on after its last part');
  }
}

/** The first key after all that start with `prefix`. */
export function after(prefix: Uint8Array): Buffer {
  const bound = Buffer.from(prefix);
  for (let i = bound.length - 1; i >= 0; i--) {
    const byte = bound[i] as number;
    if (byte < 0xff) {
      bound[i] = byte + 1;
      return bound.subarray(0, i + 1);
    }
  }
  throw new RangeError('no key sorts after this prefix');
}

function bytesOf(number: number): number {
  let count = 1;
  for (let rest = Math.floor(number / 256); rest > 0; rest = Math.floor(rest / 256)) count++;
  return count;
}

function unescaped(part: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(part.length);
  let length = 0;
  for (let i = 0; i < part.length; i++) {
    const byte = part[i] as number;
    plain[length++] = byte === 1 ? (part[++i] as number) - 1 : byte;
  }
  return plain.subarray(0, length);
}
