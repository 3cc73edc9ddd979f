import { join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { SEGMENT_HEADER_BYTES, encodeSegmentHeader, segmentName } from './format';
import type { SegmentHeader } from './format';
import { OpenIndex } from './open-index';
import type { Segment } from './segment';
import { headBefore } from './segment';

/** The file of the next segment while it is written ahead. */
export const NEXT_NAME = 'next.seg.new';

/** Turns the file written ahead into a segment: when this resolves, its header and its name survive power loss. */
export async function placeSegment(
  files: Files,
  dir: string,
  header: SegmentHeader,
): Promise<{ segment: Segment; file: OpenFile }> {
  const aside = join(dir, NEXT_NAME);
  const name = segmentName(header.firstSequence);
  const file = await files.open(aside, 'r+');
  try {
    await file.write(encodeSegmentHeader(header), 0);
    await file.sync();
    await files.rename(aside, join(dir, name));
    await files.syncDirectory(dir);
  } catch (error) {
    await file.close();
    throw error;
  }
  const open = OpenIndex.empty(header.firstSequence);
  return {
    segment: { name, header, end: SEGMENT_HEADER_BYTES, head: headBefore(header), trailer: undefined, open },
    file,
  };
}
