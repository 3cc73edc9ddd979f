// Protobuf messages put together from parts that are already encoded: a stored row goes into a reply without a decode.

/** One length-delimited field: its number and its encoded value. */
export interface Part {
  readonly field: number;
  readonly bytes: Uint8Array;
}

const LENGTH_DELIMITED = 2;

/** How many bytes a varint takes. `value` is a whole number from 0 to 2^53 - 1. */
export function varintBytes(value: number): number {
  let count = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) count++;
  return count;
}

/** Writes a varint and returns the offset after it. */
export function writeVarint(target: Uint8Array, value: number, offset: number): number {
  let rest = value;
  let at = offset;
  while (rest >= 0x8000_0000) {
    target[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    target[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  target[at++] = rest;
  return at;
}

/** How many bytes a length-delimited field takes with its tag and length. */
export function fieldBytes(field: number, length: number): number {
  return varintBytes(field << 3) + varintBytes(length) + length;
}

/** Writes a length-delimited field and returns the offset after it. */
export function writeField(target: Uint8Array, field: number, bytes: Uint8Array, offset: number): number {
  let at = writeVarint(target, (field << 3) | LENGTH_DELIMITED, offset);
  at = writeVarint(target, bytes.length, at);
  target.set(bytes, at);
  return at + bytes.length;
}

/** A message of the parts, in their order; a field may repeat. `tail` is appended as it is: encoded fields. */
export function splice(parts: readonly Part[], tail?: Uint8Array): Buffer {
  let length = tail?.length ?? 0;
  for (const { field, bytes } of parts) length += fieldBytes(field, bytes.length);
  const target = Buffer.allocUnsafe(length);
  let at = 0;
  for (const { field, bytes } of parts) at = writeField(target, field, bytes, at);
  if (tail) target.set(tail, at);
  return target;
}

/** A history that the present one comes from, up to where it was left. */
export interface Ancestor {
  readonly history: string;
  readonly last: number;
}

/** Encodes positions of a history, and of those that it comes from up to where each was left. */
export class PositionEncoding {
  private readonly prefix: Buffer;
  /** Oldest first. */
  private readonly ancestors: readonly { readonly history: string; readonly last: number; readonly prefix: Buffer }[];
  /** The last sequence of an ancestor; -1 without any. */
  private readonly forked: number;

  constructor(
    readonly history: string,
    ancestors: readonly Ancestor[] = [],
  ) {
    this.prefix = prefixOf(history);
    this.ancestors = ancestors.map((each) => ({ ...each, prefix: prefixOf(each.history) }));
    this.forked = ancestors.at(-1)?.last ?? -1;
  }

  /** The history that gave a sequence. */
  historyAt(sequence: number): string {
    return this.ancestorAt(sequence)?.history ?? this.history;
  }

  /** `holdfast.v1.Position`, encoded. */
  bytes(sequence: number): Buffer {
    const prefix = this.ancestorAt(sequence)?.prefix ?? this.prefix;
    const length = prefix.length + (sequence > 0 ? 1 + varintBytes(sequence) : 0);
    const target = Buffer.allocUnsafe(length);
    this.write(target, sequence, 0, prefix);
    return target;
  }

  /** A message {1: entity, 2: position}: the shape of most replies. */
  entityReply(entity: Uint8Array, sequence: number): Buffer {
    const positionLength = this.prefix.length + (sequence > 0 ? 1 + varintBytes(sequence) : 0);
    const target = Buffer.allocUnsafe(fieldBytes(1, entity.length) + fieldBytes(2, positionLength));
    let at = writeField(target, 1, entity, 0);
    at = writeVarint(target, (2 << 3) | LENGTH_DELIMITED, at);
    at = writeVarint(target, positionLength, at);
    this.write(target, sequence, at, this.prefix);
    return target;
  }

  /** The present history for all but few readers: one comparison. */
  private ancestorAt(sequence: number): { readonly history: string; readonly prefix: Buffer } | undefined {
    return sequence > this.forked ? undefined : this.ancestors.find(({ last }) => sequence <= last);
  }

  private write(target: Uint8Array, sequence: number, offset: number, prefix: Buffer): void {
    target.set(prefix, offset);
    if (sequence === 0) return;
    const at = offset + prefix.length;
    target[at] = 2 << 3;
    writeVarint(target, sequence, at + 1);
  }
}

function prefixOf(history: string): Buffer {
  return splice([{ field: 1, bytes: Buffer.from(history) }]);
}
