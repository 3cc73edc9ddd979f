import type { OpenFile } from '../files';
import { SEGMENT_HEADER_BYTES, decodeSegmentHeader, segmentName } from './format';
import type { SegmentHeader } from './format';
import { TRAILER_BYTES, decodeTrailer } from './footer-format';
import type { Trailer } from './footer-format';
import { JournalCorruption } from './journal';
import type { JournalHead } from './journal';
import type { OpenIndex } from './open-index';

/** One segment file as the journal knows it. */
export interface Segment {
  readonly name: string;
  header: SegmentHeader;
  /** The byte behind the last durable frame. */
  end: number;
  /** What the journal's head was after that frame; with no frame, what it was before the segment. */
  head: JournalHead;
  /** Set once it ends in a footer. */
  trailer: Trailer | undefined;
  /** Its index in memory, until it is sealed. */
  open: OpenIndex | undefined;
}

/** The head before the first group of a segment. */
export function headBefore(header: SegmentHeader): JournalHead {
  return {
    sequence: header.firstSequence - 1,
    chain: header.chain,
    timeMs: header.timeMs,
    digest: header.digest,
  };
}

export function trailerHead(trailer: Trailer): JournalHead {
  return {
    sequence: trailer.lastSequence,
    chain: trailer.chain,
    timeMs: trailer.timeMs,
    digest: trailer.digest,
  };
}

/** Reads the header of the segment file `name`. Throws JournalCorruption when it does not verify or is another segment's. */
export async function readSegmentHeader(file: OpenFile, name: string): Promise<SegmentHeader> {
  const header = decodeSegmentHeader(await file.read(0, SEGMENT_HEADER_BYTES), name);
  if (segmentName(header.firstSequence) !== name) {
    throw new JournalCorruption(name, 80, `the file holds the segment from sequence ${header.firstSequence}`);
  }
  return header;
}

/** The trailer at the end of the file, or undefined when it does not end in one that verifies. */
export async function readTrailer(file: OpenFile, salt: Buffer): Promise<Trailer | undefined> {
  const size = await file.size();
  if (size < SEGMENT_HEADER_BYTES + TRAILER_BYTES) return undefined;
  return decodeTrailer(await file.read(size - TRAILER_BYTES, TRAILER_BYTES), salt, size);
}
