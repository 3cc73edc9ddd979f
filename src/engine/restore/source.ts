// What a restore is made from: the journal as far as it can be read, and the backups.

import type { Files } from '../../storage/files';
import { JournalCorruption } from '../../storage/journal/journal';
import type { Journal } from '../../storage/journal/journal';
import { readHeaders, readStoppedJournal } from '../../storage/journal/read-journal';
import type { StoppedJournal } from '../../storage/journal/read-journal';
import { journalDir } from '../../storage/layout';

/** A journal that is read: the one that is served, or what is left of a stopped one. */
export type ReadableJournal = Pick<
  Journal,
  'history' | 'head' | 'oldest' | 'floor' | 'lineage' | 'read' | 'record' | 'chainAfter' | 'sequenceAtTime'
>;

export interface RestoreSource {
  readonly files: Files;
  /** The data directory. */
  readonly dir: string;
  /** Where backups are. */
  readonly backups: string;
  /** The last sequence that the mirror has; undefined: there is none, or nobody needs to ask it. */
  readonly mirrored?: number | undefined;
  /** Undefined when nothing of it can be read. */
  readonly journal: ReadableJournal | undefined;
  /** Wall clock, in milliseconds since 1970. */
  readonly wallMs: () => number;
}

/** What is left of the journal of a stopped store. */
export interface LeftJournal {
  readonly stopped: StoppedJournal | undefined;
  /** What is wrong with it, one sentence; undefined for a whole one. */
  readonly problem: string | undefined;
}

/** The longest beginning of a stopped store's journal that can be read. Never rejects for damage: that is in `problem`. Close it. */
export async function readLeft(files: Files, dir: string): Promise<LeftJournal> {
  const at = journalDir(dir);
  let problem: string | undefined;
  const firsts = (await readHeaders(files, at)).map(({ firstSequence }) => firstSequence);
  // Without the segments that do not fit, newest first.
  for (const upTo of [Infinity, ...firsts.reverse().map((first) => first - 1)]) {
    try {
      const stopped = await readStoppedJournal(files, at, upTo);
      return { stopped, problem: problem ?? stopped?.endProblem };
    } catch (error) {
      if (!(error instanceof JournalCorruption)) throw error;
      problem ??= error.message;
    }
  }
  return { stopped: undefined, problem };
}

/** A stopped journal with the face of one that is served. */
export function readable({ set, reader }: StoppedJournal): ReadableJournal {
  return {
    history: set.last.header.history,
    head: () => set.last.head,
    oldest: () => set.oldest,
    floor: () => set.floor,
    lineage: () => set.lineage,
    read: (after) => reader.read(after),
    record: (sequence) => reader.record(sequence),
    chainAfter: (sequence) => reader.chainAfter(sequence),
    sequenceAtTime: (timeMs) => reader.sequenceAtTime(timeMs),
  };
}
