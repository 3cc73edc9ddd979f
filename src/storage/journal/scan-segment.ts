import type { OpenFile } from '../files';
import { FrameScanner, frameTimeMs } from './frame-scanner';
import type { Frame } from './frame-scanner';
import { SEGMENT_HEADER_BYTES } from './format';
import type { SegmentHeader } from './format';
import { chainAfter } from './group-body';
import { JournalCorruption } from './journal';
import type { JournalHead } from './journal';
import { headBefore } from './segment';

/** Where the groups of a segment end. */
export interface ScannedEnd {
  /** The byte behind the last group that verifies. */
  readonly end: number;
  /** Where that group begins; 0 when there is none. */
  readonly lastFrame: number;
  readonly head: JournalHead;
  /** What is wrong with the bytes there; undefined at `to`. */
  readonly problem: string | undefined;
}

/**
 * Verifies a segment's groups from its header up to byte `to`: checksums, sequences and chain. Ends at the first bytes that are no
 * frame; throws JournalCorruption at a frame that verifies but does not belong there.
 */
export async function scanSegment(
  file: OpenFile,
  name: string,
  header: SegmentHeader,
  to: number,
  visit: (frame: Frame) => void,
): Promise<ScannedEnd> {
  const scanner = new FrameScanner(file, name, header.salt, SEGMENT_HEADER_BYTES, to, header.firstSequence);
  let head = headBefore(header);
  let lastFrame = 0;
  for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
    const { parts, offset, body } = frame;
    if (!Buffer.from(head.chain).equals(parts.previousChain)) {
      throw new JournalCorruption(name, offset, 'the group does not continue the chain');
    }
    head = {
      sequence: frame.lastSequence,
      chain: chainAfter(head.chain, body),
      timeMs: frameTimeMs(frame, name),
      digest: Buffer.from(parts.stateDigest),
    };
    lastFrame = offset;
    visit(frame);
  }
  return { end: scanner.offset, lastFrame, head, problem: scanner.problem };
}
