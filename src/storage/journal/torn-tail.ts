/**
 * Says what the bytes behind the last group that verifies are.
 *
 * Boundary: it reads; cutting is for copy-forward.ts.
 *
 * T1. Zeros are space written ahead: a clean end.
 * T2. A torn tail is one group at most, with no valid group of its segment after it. It was never acknowledged, unless a
 *     witness says so: its caller asks them.
 * T3. Anything else is corruption, named and placed: a valid group behind damage, more damage than one group, or the
 *     footer of a segment that says that a later one must exist.
 */
import { crc32 } from 'node:zlib';
import type { OpenFile } from '../files';
import { FRAME_HEADER_BYTES, GROUP_BYTES_MAX, frameStart, lastNonZero, readFrameHeader } from './format';
import { FOOTER_HEAD_BYTES, footerHead } from './footer-format';
import { READ_BYTES } from './frame-scanner';
import { JournalCorruption } from './journal';
import { readTrailer } from './segment';

/** The end of a segment whose last valid group ends at `offset`: how many bytes of a torn group stand there; 0 for none. */
export async function tornBytes(file: OpenFile, segment: string, salt: Buffer, offset: number): Promise<number> {
  const size = await file.size();
  if (size < offset) throw new JournalCorruption(segment, size, `the file ends before byte ${offset}`);
  const head = await file.read(offset, FOOTER_HEAD_BYTES);
  if (head.equals(footerHead(salt)) || (await readTrailer(file, salt)) !== undefined) {
    throw new JournalCorruption(segment, offset, 'the segment was sealed, so a later one must exist, and is missing');
  }
  const torn = (await lastSetByte(file, offset, size)) + 1 - offset;
  if (torn <= 0) return 0;
  const valid = await validFrameAfter(file, salt, offset, offset + torn);
  if (valid !== undefined) {
    throw new JournalCorruption(segment, offset, `no valid group stands here, yet one follows at byte ${valid}`);
  }
  if (torn > FRAME_HEADER_BYTES + GROUP_BYTES_MAX) {
    throw new JournalCorruption(segment, offset, `${torn} bytes do not verify, more than one group has`);
  }
  return torn;
}

/** The offset of the last byte in [from, to) that is not zero, or -1. */
async function lastSetByte(file: OpenFile, from: number, to: number): Promise<number> {
  for (let end = to; end > from; end -= READ_BYTES) {
    const start = Math.max(from, end - READ_BYTES);
    const bytes = await file.read(start, end - start);
    const last = lastNonZero(bytes, 0, bytes.length);
    if (last >= 0) return start + last;
  }
  return -1;
}

/** The offset of the first frame of this salt in [from, to) whose checksums hold. */
async function validFrameAfter(file: OpenFile, salt: Buffer, from: number, to: number): Promise<number | undefined> {
  const start = frameStart(salt);
  // Windows overlap, so that a frame's start is whole in one of them.
  for (let at = from; at < to; at += READ_BYTES) {
    const bytes = await file.read(at, READ_BYTES + start.length - 1);
    for (let hit = bytes.indexOf(start); hit >= 0; hit = bytes.indexOf(start, hit + 1)) {
      if (await isValidFrame(file, salt, at + hit)) return at + hit;
    }
  }
  return undefined;
}

async function isValidFrame(file: OpenFile, salt: Buffer, offset: number): Promise<boolean> {
  const bytes = await file.read(offset, FRAME_HEADER_BYTES);
  if (bytes.length < FRAME_HEADER_BYTES) return false;
  const header = readFrameHeader(bytes, 0, salt);
  if (typeof header === 'string') return false;
  const body = await file.read(offset + FRAME_HEADER_BYTES, header.bodyBytes);
  return body.length === header.bodyBytes && crc32(body) === header.bodyCrc;
}
