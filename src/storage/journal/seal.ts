/**
 * Seals a segment: writes the footer behind its last frame.
 *
 * Boundary: the frames are durable already, and are not touched.
 *
 * L1. A trailer that verifies proves the whole footer: the rest is flushed before the trailer is written, as the file's last bytes.
 *     A crash between leaves a file that does not end in a trailer; its frames are scanned, and it is sealed again.
 */
import type { Files, OpenFile } from '../files';
import type { EntityPositions } from './entity-positions';
import { entityEntry } from './entity-positions';
import { FrameScanner } from './frame-scanner';
import { SEGMENT_HEADER_BYTES } from './format';
import { TRAILER_BYTES, encodeFooter } from './footer-format';
import { visitEntities } from './group-body';
import { JournalCorruption } from './journal';
import { OpenIndex } from './open-index';
import type { Segment } from './segment';
import { readTrailer } from './segment';
import type { SparsePlaces } from './sparse-places';

/** Adds the frames in [header, to) to an index. Throws JournalCorruption at one that does not verify. */
export async function indexFrames(
  file: OpenFile,
  segment: Segment,
  to: number,
  places: SparsePlaces,
  positions: EntityPositions,
): Promise<void> {
  const { header, name } = segment;
  const scanner = new FrameScanner(file, name, header.salt, SEGMENT_HEADER_BYTES, to, header.firstSequence);
  for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
    places.add(frame.firstSequence, frame.offset);
    let ordinal = frame.firstSequence - header.firstSequence;
    for (const record of frame.parts.records) {
      visitEntities(record, (hash) => positions.add(entityEntry(hash, ordinal)));
      ordinal += 1;
    }
  }
  if (scanner.problem !== undefined) throw new JournalCorruption(name, scanner.offset, scanner.problem);
}

/** An index of all frames of a segment, from the frames. */
export async function indexFromFrames(file: OpenFile, segment: Segment): Promise<OpenIndex> {
  const index = new OpenIndex(segment.header.firstSequence, segment.end, undefined);
  await index.fill((places, positions) => indexFrames(file, segment, segment.end, places, positions));
  return index;
}

/** Writes and flushes the footer, and notes it in `segment`. Safe while others read frames. */
export async function sealSegment(files: Files, path: string, segment: Segment): Promise<void> {
  const file = await files.open(path, 'r+');
  try {
    const index = segment.open ?? (await indexFromFrames(file, segment));
    await index.fill((places, positions) => indexFrames(file, segment, index.indexedFrom, places, positions));
    const footer = encodeFooter(segment.header.salt, await index.sortedEntities(), index.allPlaces(), {
      framesEnd: segment.end,
      lastSequence: segment.head.sequence,
      chain: Buffer.from(segment.head.chain),
      timeMs: segment.head.timeMs,
      digest: Buffer.from(segment.head.digest),
    });
    const trailerAt = footer.length - TRAILER_BYTES;
    await file.write(footer.subarray(0, trailerAt), segment.end);
    await file.truncate(segment.end + trailerAt);
    await file.sync();
    await file.write(footer.subarray(trailerAt), segment.end + trailerAt);
    await file.sync();
    segment.trailer = await readTrailer(file, segment.header.salt);
    if (segment.trailer !== undefined) segment.open = undefined;
  } finally {
    await file.close();
  }
}
