/**
 * One commit group as bytes: a frame around `holdfast.journal.v1.Group`, put together by hand from records that are
 * already encoded, and looked into without decoding them.
 *
 * Boundary: bytes in memory.
 *
 * G1. The body equals what the generated encoder of Group writes: a reader needs the proto alone.
 * G2. chain = SHA-256(previous chain ‖ body).
 */
import { hash } from 'node:crypto';
import type { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { WIRE_BYTES, WireScan } from '../../domain/wire';
import { entityHash } from '../entity-hash';
import {
  CHAIN_BYTES,
  DIGEST_BYTES,
  FRAME_HEADER_BYTES,
  GROUP_BYTES_MAX,
  RECORD_BYTES_MAX,
  writeFrameHeader,
} from './format';
import type { NewGroup } from './journal';

const TAG_PREVIOUS_CHAIN = 0x0a;
const TAG_STATE_DIGEST = 0x1a;
const TAG_RECORD = 0x22;

/** Bytes of a frame besides its records: its header, the chain and the digest. */
export const FRAME_OVERHEAD_BYTES = FRAME_HEADER_BYTES + 2 + CHAIN_BYTES + 2 + DIGEST_BYTES;

/** The write buffer that is kept: ordinary groups fit, so that an append allocates nothing of size. */
const KEPT_BUFFER_BYTES = 256 * 1024;
/** What the buffer begins with, in bytes: it grows with the first groups. */
const FIRST_BUFFER_BYTES = 8 * 1024;

/** Bytes of the frame for this group. Throws RangeError when a record or the group is out of bounds. */
export function frameBytes(group: NewGroup): number {
  let total = FRAME_OVERHEAD_BYTES;
  for (const { length } of group.records) {
    if (length > RECORD_BYTES_MAX) throw new RangeError(`a record of ${length} bytes is above ${RECORD_BYTES_MAX}`);
    total += 1 + varintBytes(length) + length;
  }
  if (total - FRAME_HEADER_BYTES > GROUP_BYTES_MAX) throw new RangeError(`a group of ${total} bytes is too large`);
  if (group.stateDigest.length !== DIGEST_BYTES) throw new RangeError(`a state digest has ${DIGEST_BYTES} bytes`);
  return total;
}

/** Encodes one group after another into a buffer of its own: a frame is valid until the next call. */
export class GroupEncoder {
  private kept = Buffer.allocUnsafeSlow(FIRST_BUFFER_BYTES);

  /** The frame of `length` bytes (from `frameBytes`) and the chain after it. */
  encode(group: NewGroup, length: number, previousChain: Uint8Array, salt: Buffer): { frame: Buffer; chain: Buffer } {
    if (length > this.kept.length && length <= KEPT_BUFFER_BYTES) {
      this.kept = Buffer.allocUnsafeSlow(Math.min(Math.max(2 * this.kept.length, length), KEPT_BUFFER_BYTES));
    }
    const frame = length <= KEPT_BUFFER_BYTES ? this.kept.subarray(0, length) : Buffer.allocUnsafeSlow(length);
    let at = FRAME_HEADER_BYTES;
    frame[at] = TAG_PREVIOUS_CHAIN;
    frame[at + 1] = CHAIN_BYTES;
    frame.set(previousChain, at + 2);
    at += 2 + CHAIN_BYTES;
    frame[at] = TAG_STATE_DIGEST;
    frame[at + 1] = DIGEST_BYTES;
    frame.set(group.stateDigest, at + 2);
    at += 2 + DIGEST_BYTES;
    for (const record of group.records) {
      frame[at] = TAG_RECORD;
      at = writeVarint(frame, record.length, at + 1);
      frame.set(record, at);
      at += record.length;
    }
    // The header's place has the size of a chain: with the previous chain in it, one call hashes both without a copy.
    frame.set(previousChain, 0);
    const chain = hash('sha256', frame, 'buffer');
    writeFrameHeader(frame, 0, salt, group.firstSequence, length - FRAME_HEADER_BYTES);
    return { frame, chain };
  }
}

/** The chain after a group with this body. */
export function chainAfter(previousChain: Uint8Array, body: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([previousChain, body]), 'buffer');
}

export interface GroupParts {
  readonly previousChain: Uint8Array;
  readonly stateDigest: Uint8Array;
  /** Encoded records: views of the body. */
  readonly records: readonly Uint8Array[];
}

/** Looks into a body. Throws RangeError when it is no group. */
export function groupParts(body: Uint8Array): GroupParts {
  const scan = new WireScan(body);
  let previousChain: Uint8Array | undefined;
  let stateDigest: Uint8Array | undefined;
  const records: Uint8Array[] = [];
  while (scan.next()) {
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === 1) previousChain = body.subarray(scan.valueStart, scan.end);
    else if (scan.field === 3) stateDigest = body.subarray(scan.valueStart, scan.end);
    else if (scan.field === 4) records.push(body.subarray(scan.valueStart, scan.end));
  }
  if (previousChain?.length !== CHAIN_BYTES) throw new RangeError('the group does not hold the chain before it');
  if (stateDigest?.length !== DIGEST_BYTES) throw new RangeError('the group does not hold the state digest');
  if (records.length === 0) throw new RangeError('the group holds no record');
  return { previousChain, stateDigest, records };
}

/** A record's sequence and time. Throws RangeError when it is malformed. */
export function recordStamp(record: Uint8Array): { sequence: number; timeMs: number } {
  const scan = new WireScan(record);
  let sequence = 0;
  let timeMs = 0;
  while (scan.next()) {
    if (scan.field === 1) sequence = scan.varint;
    else if (scan.field === 2) timeMs = scan.varint;
  }
  return { sequence, timeMs };
}

/** Calls `visit` with the entity hash of each change of an encoded record. */
export function visitEntities(record: Uint8Array, visit: (hash: number) => void): void {
  const scan = new WireScan(record);
  while (scan.next()) if (scan.field === 10 && scan.wire === WIRE_BYTES) visit(changedEntity(scan.message()));
}

function changedEntity(change: WireScan): number {
  let kind = 0;
  let project = '';
  let id = '';
  while (change.next()) {
    if (change.field === 1) kind = change.varint;
    else if (change.field === 2) project = change.text();
    else if (change.field === 3) id = change.text();
  }
  return entityHash(kind as EntityKind, project, id);
}

/** Bytes that a varint of this value takes. */
function varintBytes(value: number): number {
  let count = 1;
  for (let rest = value; rest >= 128; rest >>>= 7) count += 1;
  return count;
}

/** Writes a varint below 2^31 and gives the offset behind it. */
function writeVarint(bytes: Uint8Array, value: number, offset: number): number {
  let at = offset;
  let rest = value;
  for (; rest >= 128; rest >>>= 7) {
    bytes[at] = (rest & 0x7f) | 0x80;
    at += 1;
  }
  bytes[at] = rest;
  return at + 1;
}
