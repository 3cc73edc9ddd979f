/**
 * Opens a journal: creates it, trusts a clean seal, or recovers from an unclean stop.
 *
 * Boundary: what happens once, before serving.
 *
 * E1. Nothing is changed before everything that can be checked cheaply was: a corrupt journal is left as it was found.
 * E2. A seal is removed, durably, before anything is appended: it vouches for one stop.
 * E3. A journal that ends below a witness, or has another chain at its sequence, is corrupt. A clean stop leaves no torn tail,
 *     even if its seal is damaged since.
 * E4. A crash during any step leaves a journal that opens the same way again.
 */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Files } from '../files';
import { copyForward, keepTorn } from './copy-forward';
import { FileJournal } from './file-journal';
import {
  CHAIN_BYTES,
  DIGEST_BYTES,
  HISTORY_BYTES,
  SALT_BYTES,
  SEGMENT_BYTES_MAX,
  SEGMENT_HEADER_BYTES,
  segmentName,
} from './format';
import { JournalCorruption } from './journal';
import type { JournalFound, Witness } from './journal';
import { findEnd, loadSeal } from './journal-end';
import type { FoundEnd } from './journal-end';
import { NO_HISTORY } from './lineage';
import { loadSegments } from './load-segments';
import { SEAL_NAME } from './mark-files';
import { NEXT_NAME, placeSegment } from './place-segment';
import { Runway } from './runway';
import { sealSegment } from './seal';
import { SegmentIndexes } from './segment-indexes';
import { SegmentReader } from './segment-reader';
import { SegmentSet } from './segment-set';

export interface OpenJournalOptions {
  readonly files: Files;
  /** The directory of the segments; created if absent. Its parent exists. */
  readonly dir: string;
  /** Everything that knows how far the journal once was. */
  readonly witnesses: readonly Witness[];
  /** The usual size of a segment in bytes; 64 MiB if not given. */
  readonly segmentBytesMax?: number | undefined;
  /** Bytes for salts and the history id; the system's source if not given. */
  readonly random?: ((bytes: number) => Buffer) | undefined;
  /** Told of faults that were made good, one sentence each. */
  readonly warn?: ((message: string) => void) | undefined;
}

interface Opening {
  readonly files: Files;
  readonly dir: string;
  readonly random: (bytes: number) => Buffer;
  readonly warn: (message: string) => void;
}

/**
 * The journal in `dir`, ready to append. What it holds when this resolves survives power loss. Throws JournalCorruption
 * with nothing changed, or the disk's error.
 */
export async function openFileJournal(
  options: OpenJournalOptions,
): Promise<{ journal: FileJournal; found: JournalFound }> {
  const { files, dir, witnesses } = options;
  const segmentBytesMax = options.segmentBytesMax ?? SEGMENT_BYTES_MAX;
  const opening: Opening = {
    files,
    dir,
    random: options.random ?? randomBytes,
    warn: options.warn ?? (() => undefined),
  };
  await files.makeDirectory(dir);
  await files.syncDirectory(dirname(dir));
  const { segments, leftOver } = await loadSegments(files, dir);
  const seal = await loadSeal(files, dir, segments);
  const set = new SegmentSet(files, dir, segments);
  let found: JournalFound;
  let lastFrame = 0;
  if (segments.length === 0) {
    refuseWitnesses(witnesses);
    await clearAside(opening);
    found = { how: 'created' };
    await create(opening, set);
  } else {
    const end = await findEnd(files, dir, set.last, seal);
    lastFrame = end.lastFrame;
    const reader = new SegmentReader(set, new SegmentIndexes(files, set, opening.warn));
    await checkWitnesses(reader, set, witnesses);
    found = await settle(opening, set, end, leftOver);
  }
  const path = set.path(set.last);
  const file = await files.open(path, 'r+');
  // Created, sealed or copied: the file ends with its header or last frame, and all of it is on disk.
  const runway = await Runway.continue(files, path, set.last.end);
  return { journal: new FileJournal({ ...opening, set, segmentBytesMax, file, runway, lastFrame }), found };
}

/** Makes good what the stop left undone, in an order that bears a crash at any point (E4). */
async function settle(
  opening: Opening,
  set: SegmentSet,
  end: FoundEnd,
  leftOver: readonly string[],
): Promise<JournalFound> {
  const { files, dir } = opening;
  await clearAside(opening);
  let tornTail: JournalFound['tornTail'];
  if (end.how === 'unclean') {
    const { last } = set;
    const { torn } = end;
    if (torn > 0) {
      const keptAs = await keepTorn(files, set.path(last), last.end, torn);
      tornTail = { segment: last.name, offset: last.end, bytes: torn, keptAs };
    }
    await copyForward(files, set.path(last), last, opening.random(SALT_BYTES));
  }
  // Handles that checks opened would go on reading the file that was replaced.
  set.close();
  for (const name of leftOver) await files.unlink(join(dir, name));
  if (end.sealFile) await files.unlink(join(dir, SEAL_NAME));
  if (leftOver.length > 0 || end.sealFile) await files.syncDirectory(dir);
  await sealInterrupted(opening, set);
  return tornTail === undefined ? { how: end.how } : { how: end.how, tornTail };
}

/** Seals segments whose sealing was interrupted; a failure is made up for later (J8). */
async function sealInterrupted({ files, warn }: Opening, set: SegmentSet): Promise<void> {
  for (const segment of set.all) {
    if (segment === set.last || segment.trailer !== undefined) continue;
    try {
      await sealSegment(files, set.path(segment), segment);
    } catch (error) {
      if (error instanceof JournalCorruption) throw error;
      warn(`${segment.name} could not be sealed: ${(error as Error).message}`);
    }
  }
}

async function create({ files, dir, random }: Opening, set: SegmentSet): Promise<void> {
  const runway = await Runway.create(files, join(dir, NEXT_NAME));
  try {
    await runway.extend(SEGMENT_HEADER_BYTES);
  } finally {
    await runway.close();
  }
  const history = random(HISTORY_BYTES).toString('hex');
  const { segment, file } = await placeSegment(files, dir, {
    salt: random(SALT_BYTES),
    history,
    parent: NO_HISTORY,
    fork: 0,
    begin: 0,
    epoch: 0,
    firstSequence: 1,
    chain: Buffer.alloc(CHAIN_BYTES),
    timeMs: 0,
    digest: Buffer.alloc(DIGEST_BYTES),
  });
  await file.close();
  set.add(segment);
}

/** Removes files that were written aside and never took their place. */
async function clearAside({ files, dir }: Opening): Promise<void> {
  for (const name of await files.list(dir)) if (name.endsWith('.new')) await files.unlink(join(dir, name));
}

function refuseWitnesses(witnesses: readonly Witness[]): void {
  const witness = witnesses.find(({ sequence }) => sequence > 0);
  if (witness === undefined) return;
  const problem = `there is no journal, but ${witness.source} knows sequence ${witness.sequence}`;
  throw new JournalCorruption(segmentName(1), 0, problem);
}

async function checkWitnesses(reader: SegmentReader, set: SegmentSet, witnesses: readonly Witness[]): Promise<void> {
  const { name, end, head } = set.last;
  for (const { sequence, chain, source } of witnesses) {
    if (sequence > head.sequence) {
      const problem = `the journal ends at sequence ${head.sequence}, but ${source} knows sequence ${sequence}`;
      throw new JournalCorruption(name, end, problem);
    }
    if (sequence === 0 || chain === undefined || sequence < set.oldest - 1) continue;
    const found = await reader.chainAfter(sequence);
    if (found === undefined || !Buffer.from(found).equals(chain)) {
      throw new JournalCorruption(name, end, `the chain at sequence ${sequence} is not the one that ${source} knows`);
    }
  }
}
