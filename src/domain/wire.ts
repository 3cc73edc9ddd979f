/** Protobuf wire types (protobuf.dev/programming-guides/encoding). */
export const WIRE_VARINT = 0;
export const WIRE_FIXED64 = 1;
export const WIRE_BYTES = 2;
export const WIRE_FIXED32 = 5;

const decoder = new TextDecoder();

/**
 * Walks the top-level fields of an encoded message without decoding it. After each `next()` that gives true, `field`,
 * `wire` and the place of the value are set. Throws RangeError on bytes that are no message.
 */
export class WireScan {
  field = 0;
  wire = 0;
  /** Where the field's tag starts. */
  tagStart = 0;
  /** Where the value's bytes start: after the length for WIRE_BYTES. */
  valueStart = 0;
  /** The first byte after the field. */
  end: number;
  /** The value of a WIRE_VARINT field; exact up to 2^53. */
  varint = 0;

  constructor(
    readonly bytes: Uint8Array,
    start = 0,
    private readonly limit = bytes.length,
  ) {
    this.end = start;
  }

  next(): boolean {
    if (this.end >= this.limit) return false;
    this.tagStart = this.end;
    const tag = this.readVarint(this.end);
    this.field = Math.floor(tag / 8);
    this.wire = tag % 8;
    this.valueStart = this.end;
    switch (this.wire) {
      case WIRE_VARINT:
        this.varint = this.readVarint(this.end);
        break;
      case WIRE_BYTES: {
        const length = this.readVarint(this.end);
        this.valueStart = this.end;
        this.end += length;
        break;
      }
      case WIRE_FIXED64:
        this.end += 8;
        break;
      case WIRE_FIXED32:
        this.end += 4;
        break;
      default:
        throw new RangeError(`wire type ${this.wire} at byte ${this.tagStart}`);
    }
    if (this.end > this.limit) throw new RangeError(`the field at byte ${this.tagStart} is cut short`);
    return true;
  }

  /** The value of a WIRE_BYTES field as text. */
  text(): string {
    return textOf(this.bytes, this.valueStart, this.end);
  }

  /** The fields of a WIRE_BYTES field that holds a message. */
  message(): WireScan {
    return new WireScan(this.bytes, this.valueStart, this.end);
  }

  /** Reads a varint at `position` and moves `end` behind it. Multiplies where shifts would lose bits above 2^31. */
  private readVarint(position: number): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = position < this.limit ? this.bytes[position] : undefined;
      if (byte === undefined) break;
      position++;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.end = position;
        return value;
      }
      scale *= 128;
    }
    throw new RangeError(`the varint before byte ${position} does not end`);
  }
}

/** UTF-8 to text. Short ASCII, which is nearly all of it, costs a third of the decoder. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 48) return decoder.decode(bytes.subarray(start, end));
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x80) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
