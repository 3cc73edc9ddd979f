/**
 * Copies the valid groups of the last segment to a new file after an unclean stop.
 *
 * Boundary: the caller has verified the groups and decided where they end.
 *
 * Y1. What was read may be in the page cache alone (a failed flush leaves it readable): nothing is served before a flushed copy has
 *     taken its place.
 * Y2. The copy has a new salt, so no leftover of the old file can be taken for its group. Offsets, bodies and chain stay.
 * Y3. The old file stays until the copy is flushed and renamed over it; torn bytes are kept aside before that.
 */
import { hash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { FrameScanner } from './frame-scanner';
import { FRAME_HEADER_BYTES, SEGMENT_HEADER_BYTES, encodeSegmentHeader, writeFrameHeader } from './format';
import { JournalCorruption } from './journal';
import type { Segment } from './segment';

/** Bytes gathered for one write. */
const WRITE_BYTES = 1024 * 1024;

const TORN_DIRECTORY = 'torn';

/** Replaces the segment's file by a flushed copy of its groups up to `segment.end`, and notes the new salt. */
export async function copyForward(files: Files, path: string, segment: Segment, salt: Buffer): Promise<void> {
  const header = { ...segment.header, salt };
  const aside = `${path}.new`;
  const from = await files.open(path, 'r');
  try {
    const to = await files.open(aside, 'wx+');
    try {
      await to.write(encodeSegmentHeader(header), 0);
      await copyFrames(from, to, segment, salt);
      await to.sync();
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  await files.rename(aside, path);
  await files.syncDirectory(dirname(path));
  segment.header = header;
}

async function copyFrames(from: OpenFile, to: OpenFile, segment: Segment, salt: Buffer): Promise<void> {
  const { header, name, end } = segment;
  const scanner = new FrameScanner(from, name, header.salt, SEGMENT_HEADER_BYTES, end, header.firstSequence);
  let gathered: Buffer[] = [];
  let bytes = 0;
  let position = SEGMENT_HEADER_BYTES;
  const flush = async (): Promise<void> => {
    await to.write(Buffer.concat(gathered, bytes), position);
    position += bytes;
    gathered = [];
    bytes = 0;
  };
  for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
    const copy = Buffer.allocUnsafe(frame.bytes);
    frame.body.copy(copy, FRAME_HEADER_BYTES);
    writeFrameHeader(copy, 0, salt, frame.firstSequence, frame.body.length);
    gathered.push(copy);
    bytes += copy.length;
    if (bytes >= WRITE_BYTES) await flush();
  }
  if (scanner.problem !== undefined) throw new JournalCorruption(name, scanner.offset, scanner.problem);
  if (bytes > 0) await flush();
}

/** Keeps `bytes` of a segment aside in `torn/`, flushed. Gives the name below `dir`. The same bytes go to the same name. */
export async function keepTorn(files: Files, path: string, offset: number, bytes: number): Promise<string> {
  const dir = dirname(path);
  const tornDir = join(dir, TORN_DIRECTORY);
  const source = await files.open(path, 'r');
  const torn = await source.read(offset, bytes).finally(() => source.close());
  const name = `${basename(path, '.seg')}-${offset}-${hash('sha256', torn).slice(0, 8)}.torn`;
  await files.makeDirectory(tornDir);
  await files.syncDirectory(dir);
  if ((await files.list(tornDir)).includes(name)) await files.unlink(join(tornDir, name));
  const kept = await files.open(join(tornDir, name), 'wx+');
  try {
    await kept.write(torn, 0);
    await kept.sync();
  } finally {
    await kept.close();
  }
  await files.syncDirectory(tornDir);
  return `${TORN_DIRECTORY}/${name}`;
}
