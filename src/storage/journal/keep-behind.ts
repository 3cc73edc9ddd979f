/**
 * Builds the journal that is left behind damage: whole segments get a second name, the one in which the first run begins is copied from there on.
 *
 * Boundary: a directory of its own, filled aside. The damaged journal is not touched.
 *
 * U1. The history, sequences, bodies and chain stay what they were; a segment that begins anew has a header of its own and a new salt.
 * U2. When it resolves everything in the directory survives power loss, and opens as a trimmed journal whose last stop was an unclean one, or a
 *     clean one if the sealed segment is kept whole.
 */
import { join } from 'node:path';
import type { Files } from '../files';
import {
  DIGEST_BYTES,
  SALT_BYTES,
  SEGMENT_HEADER_BYTES,
  encodeSegmentHeader,
  segmentName,
  writeFrameHeader,
} from './format';
import { FRAME_HEADER_BYTES } from './format';
import { FrameScanner } from './frame-scanner';
import { JournalCorruption } from './journal';
import { OLDEST_NAME, SEAL_NAME, encodeOldest, readMark, writeMark } from './mark-files';
import type { Run } from './survey';

/** `runs` follow one another without a gap, and reach to the end of the journal in `from`. */
export async function keepBehind(
  files: Files,
  from: string,
  to: string,
  runs: readonly Run[],
  random: (bytes: number) => Buffer,
): Promise<void> {
  const first = runs[0];
  if (first === undefined) throw new JournalCorruption('', 0, 'nothing of the journal is left behind the damage');
  const isWhole = first.from === SEGMENT_HEADER_BYTES;
  if (!isWhole) await copyRun(files, from, to, first, random(SALT_BYTES));
  for (const { segment } of isWhole ? runs : runs.slice(1))
    await secondName(files, join(from, segment), join(to, segment));
  const { history } = first.header;
  const mark = { history, sequence: first.first, chain: first.chainBefore };
  if (first.first > 1) await writeMark(files, to, OLDEST_NAME, encodeOldest(mark));
  const seal = await readMark(files, from, SEAL_NAME);
  const sealedIsWhole = runs.length > 1 || isWhole;
  if (seal !== undefined && sealedIsWhole) await writeMark(files, to, SEAL_NAME, seal);
  await files.syncDirectory(to);
}

/** A copy where hard links are not to be had. */
async function secondName(files: Files, from: string, to: string): Promise<void> {
  try {
    await files.link(from, to);
  } catch {
    const source = await files.open(from, 'r');
    try {
      const target = await files.open(to, 'wx+');
      try {
        await target.write(await source.read(0, await source.size()), 0);
        await target.sync();
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  }
}

async function copyRun(files: Files, from: string, to: string, run: Run, salt: Buffer): Promise<void> {
  const header = {
    ...run.header,
    ...{ salt, firstSequence: run.first, chain: run.chainBefore },
    // What stood before it is lost: nobody knows its time and digest.
    ...{ timeMs: 0, digest: Buffer.alloc(DIGEST_BYTES) },
  };
  const source = await files.open(join(from, run.segment), 'r');
  try {
    const target = await files.open(join(to, segmentName(run.first)), 'wx+');
    try {
      await target.write(encodeSegmentHeader(header), 0);
      const scanner = new FrameScanner(source, run.segment, run.header.salt, run.from, run.to, run.first);
      let position = SEGMENT_HEADER_BYTES;
      for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
        const copy = Buffer.allocUnsafe(frame.bytes);
        frame.body.copy(copy, FRAME_HEADER_BYTES);
        writeFrameHeader(copy, 0, salt, frame.firstSequence, frame.body.length);
        await target.write(copy, position);
        position += copy.length;
      }
      if (scanner.problem !== undefined) throw new JournalCorruption(run.segment, scanner.offset, scanner.problem);
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
