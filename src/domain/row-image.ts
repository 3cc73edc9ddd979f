import type { BinaryWriter as Writer } from '@bufbuild/protobuf/wire';
import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** Bytes that the kept writer may have grown by; one that grew by more is let go. */
const KEPT_BYTES_MAX = 1 << 20;

interface Encodable<T> {
  encode(message: T, writer?: Writer): Writer;
}

// One writer for all rows: a fresh one starts small and copies itself larger several times for each task.
let kept: Writer | undefined;

/** The bytes of a message: an own copy, shared from here by journal, state, reply and events. */
export function imageOf<T>(codec: Encodable<T>, message: T): Buffer {
  const writer = kept ?? new BinaryWriter();
  // A writer that threw halfway holds half a message.
  kept = undefined;
  const bytes = codec.encode(message, writer).finish();
  if (bytes.length <= KEPT_BYTES_MAX) kept = writer;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
