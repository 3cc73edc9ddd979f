/**
 * Finds where the last segment's groups end, by the seal of a clean stop or by scanning.
 *
 * Boundary: it reads, and fills in `end`, `head` and the index of the last segment.
 *
 * E5. A seal is believed only if the last group that it names verifies and ends where it says.
 */
import { join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { FrameScanner, frameTimeMs } from './frame-scanner';
import { SEGMENT_HEADER_BYTES, segmentName } from './format';
import { chainAfter } from './group-body';
import { JournalCorruption } from './journal';
import type { JournalHead } from './journal';
import { SEAL_NAME, decodeSeal, readMark } from './mark-files';
import type { Seal } from './mark-files';
import { OpenIndex } from './open-index';
import { scanSegment } from './scan-segment';
import { headBefore } from './segment';
import type { Segment } from './segment';
import { SparsePlaces } from './sparse-places';
import { tornBytes } from './torn-tail';

export interface FoundEnd {
  readonly how: 'clean' | 'unclean';
  /** Bytes of a torn group behind the last valid one. */
  readonly torn: number;
  readonly lastFrame: number;
  /** Whether a seal file has to be removed. */
  readonly sealFile: boolean;
}

/** The seal of the last stop: `damaged` if its file does not verify. Throws JournalCorruption if it names another journal. */
export async function loadSeal(
  files: Files,
  dir: string,
  segments: readonly Segment[],
): Promise<Seal | 'damaged' | undefined> {
  const bytes = await readMark(files, dir, SEAL_NAME);
  if (bytes === undefined) return undefined;
  const seal = decodeSeal(bytes);
  const last = segments.at(-1);
  if (seal === undefined) {
    if (last === undefined) throw new JournalCorruption(SEAL_NAME, 0, 'there is a seal, but no segment');
    return 'damaged';
  }
  if (last?.header.firstSequence !== seal.segmentFirst) {
    throw new JournalCorruption(
      segmentName(seal.segmentFirst),
      0,
      'the segment that the seal names is not the last one',
    );
  }
  if (last.header.history !== seal.history) {
    throw new JournalCorruption(last.name, 48, `the seal is of history ${seal.history}`);
  }
  return seal;
}

/** Where the groups of the last segment end. Throws JournalCorruption. */
export async function findEnd(
  files: Files,
  dir: string,
  segment: Segment,
  seal: Seal | 'damaged' | undefined,
): Promise<FoundEnd> {
  const file = await files.open(join(dir, segment.name), 'r');
  try {
    if (seal !== undefined && seal !== 'damaged') {
      await checkSeal(file, segment, seal);
      segment.end = seal.end;
      segment.head = seal.head;
      segment.open = new OpenIndex(segment.header.firstSequence, seal.end, undefined);
      return { how: 'clean', torn: 0, lastFrame: seal.lastFrame, sealFile: true };
    }
    const places = new SparsePlaces();
    const { name, header } = segment;
    const scanned = await scanSegment(file, name, header, await file.size(), ({ firstSequence, offset }) =>
      places.add(firstSequence, offset),
    );
    const torn = await tornBytes(file, name, header.salt, scanned.end);
    if (torn > 0 && seal === 'damaged') {
      const problem = `${scanned.problem ?? 'bytes follow'}, after a clean stop`;
      throw new JournalCorruption(name, scanned.end, problem);
    }
    segment.trailer = undefined;
    segment.end = scanned.end;
    segment.head = scanned.head;
    segment.open = new OpenIndex(header.firstSequence, scanned.end, places);
    return { how: 'unclean', torn, lastFrame: scanned.lastFrame, sealFile: seal === 'damaged' };
  } finally {
    await file.close();
  }
}

async function checkSeal(file: OpenFile, segment: Segment, seal: Seal): Promise<void> {
  const { name, header } = segment;
  const size = await file.size();
  if (size !== seal.end) {
    throw new JournalCorruption(
      name,
      Math.min(size, seal.end),
      `the file has ${size} bytes, but was sealed at ${seal.end}`,
    );
  }
  const head = await headAt(file, segment, seal);
  const fits =
    head.sequence === seal.head.sequence &&
    head.timeMs === seal.head.timeMs &&
    Buffer.from(head.chain).equals(seal.head.chain) &&
    Buffer.from(head.digest).equals(seal.head.digest);
  if (!fits) {
    throw new JournalCorruption(name, seal.lastFrame, `the last group is not the one that was sealed`);
  }
  if (seal.lastFrame === 0 && seal.end !== SEGMENT_HEADER_BYTES) {
    throw new JournalCorruption(name, SEGMENT_HEADER_BYTES, `bytes follow the header of ${header.firstSequence}`);
  }
}

/** The head after the group that the seal names as the last. */
async function headAt(file: OpenFile, { name, header }: Segment, seal: Seal): Promise<JournalHead> {
  if (seal.lastFrame === 0) return headBefore(header);
  const scanner = new FrameScanner(file, name, header.salt, seal.lastFrame, seal.end, undefined);
  const frame = await scanner.next();
  if (frame === undefined)
    throw new JournalCorruption(name, seal.lastFrame, scanner.problem ?? 'the last group is missing');
  if (scanner.offset !== seal.end) throw new JournalCorruption(name, scanner.offset, 'bytes follow the last group');
  return {
    sequence: frame.lastSequence,
    chain: chainAfter(frame.parts.previousChain, frame.body),
    timeMs: frameTimeMs(frame, name),
    digest: Buffer.from(frame.parts.stateDigest),
  };
}
