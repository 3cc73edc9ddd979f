// A journal rewritten by somebody who knows its format: a record is changed, and every checksum and chain value behind it put right.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  FRAME_HEADER_BYTES,
  SEGMENT_HEADER_BYTES,
  decodeSegmentHeader,
  encodeSegmentHeader,
  isSegmentName,
  readFrameHeader,
  writeFrameHeader,
} from '../../src/storage/journal/format';
import { groupParts } from '../../src/storage/journal/group-body';
import { TRAILER_BYTES, decodeTrailer } from '../../src/storage/journal/footer-format';

/** How thoroughly a forger works. */
export type Forgery =
  /** The checksums of the changed frame are put right, nothing else. */
  | 'checksum'
  /** So is the chain of all that follows, to the journal's end. */
  | 'chain';

/** Where the chain stands in a body: behind its tag and length. */
const CHAIN_AT = 2;

/** Changes the last byte of the last record of the group with `sequence`, in the segments in `dir`. */
export function forge(dir: string, sequence: number, forgery: Forgery): void {
  let chain: Buffer | undefined;
  for (const name of readdirSync(dir).filter(isSegmentName).sort()) {
    const path = join(dir, name);
    const bytes = readFileSync(path);
    const header = decodeSegmentHeader(bytes, name);
    if (chain) encodeSegmentHeader({ ...header, chain }).copy(bytes);
    chain = forgeSegment(bytes, header, sequence, forgery, chain);
    writeFileSync(path, bytes);
    if (chain && forgery === 'checksum') return;
  }
}

/** The last sequence of a group. */
function lastOf(body: Buffer, { firstSequence }: { readonly firstSequence: number }): number {
  return firstSequence + groupParts(body).records.length - 1;
}

/** The chain after the segment, once it differs. */
function forgeSegment(
  bytes: Buffer,
  { salt }: ReturnType<typeof decodeSegmentHeader>,
  sequence: number,
  forgery: Forgery,
  before: Buffer | undefined,
): Buffer | undefined {
  let chain = before;
  for (let at = SEGMENT_HEADER_BYTES; at + FRAME_HEADER_BYTES <= bytes.length;) {
    const frame = readFrameHeader(bytes, at, salt);
    if (typeof frame === 'string') break;
    const bodyAt = at + FRAME_HEADER_BYTES;
    const body = bytes.subarray(bodyAt, bodyAt + frame.bodyBytes);
    const nextAt = bodyAt + frame.bodyBytes;
    const next = nextAt + FRAME_HEADER_BYTES > bytes.length ? 'the end' : readFrameHeader(bytes, nextAt, salt);
    const isLast = typeof next === 'string' || next.firstSequence > sequence;
    const isIt = chain === undefined && frame.firstSequence <= sequence && isLast && sequence <= lastOf(body, frame);
    if (isIt) body[body.length - 1]! ^= 1;
    if (chain) chain.copy(body, CHAIN_AT);
    if (isIt || chain) {
      writeFrameHeader(bytes, at, salt, frame.firstSequence, frame.bodyBytes);
      const previous = body.subarray(CHAIN_AT, CHAIN_AT + 32);
      chain = createHash('sha256').update(previous).update(body).digest();
    }
    if (isIt && forgery === 'checksum') return chain;
    at = nextAt;
  }
  const trailer = decodeTrailer(bytes.subarray(bytes.length - TRAILER_BYTES), salt, bytes.length);
  if (trailer && chain) {
    const end = bytes.subarray(bytes.length - TRAILER_BYTES);
    chain.copy(end, 56);
    end.writeUInt32LE(crc32(end.subarray(0, TRAILER_BYTES - 4)), TRAILER_BYTES - 4);
  }
  return chain;
}
