import { Blobs } from '../storage/blobs/blobs';
import type { Files } from '../storage/files';
import { settleIncoming } from '../storage/incoming';
import { backupWitnesses, mirrorWitness } from '../storage/backup/witnesses';
import { backupsDir, blobsDir, journalDir, stateDir } from '../storage/layout';
import { JournalCorruption } from '../storage/journal/journal';
import type { Journal, JournalFound, Witness } from '../storage/journal/journal';
import { openFileJournal } from '../storage/journal/open-journal';
import { reachedBy, readCheckpoint } from '../storage/state/checkpoint-file';
import type { LevelState } from '../storage/state/level-state';
import { lockDirectory } from '../storage/state/process-lock';
import { StateUnusable } from '../storage/state/state';
import { writeReport } from '../storage/recovery-report';
import { bringUp } from './bring-up';
import type { BroughtUp, RebuildOptions } from './bring-up';
import { makeDataDirectory } from './data-directory';
import type { Notice } from './notice';
import { mendAtStart, withReport } from './recovery/mend-at-start';
import type { StartRecovery } from './recovery/start-recovery';

export interface StoreOptions extends RebuildOptions, StartRecovery {
  /** The data directory; created if absent. One process at a time. */
  readonly dir: string;
  readonly files: Files;
  /** Rows in the cache. Default 50,000, and never more than 24 MB. */
  readonly cacheEntries?: number | undefined;
  /** Bytes of a journal segment. Default 64 MiB; tests take less. */
  readonly segmentBytesMax?: number | undefined;
  /** Aborted: the start is given up where it next tells its progress, and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How the store was found, and what was done to serve it. */
export interface StoreFound {
  readonly journal: JournalFound;
  readonly state: Omit<BroughtUp, 'state'>;
  /** How long opening took, in milliseconds. */
  readonly tookMs: number;
}

export interface OpenedStore {
  readonly journal: Journal;
  readonly state: LevelState;
  readonly blobs: Blobs;
  readonly found: StoreFound;
  /** Lets the data directory go. */
  release(): Promise<void>;
}

/**
 * Opens the data directory: process lock, journal, state. Throws DirectoryInUse, JournalCorruption, or the disk's error.
 *
 * V1. The journal is opened first and is the truth. The state checkpoint, the backups of its history and the mirror bear witness to how far it reached: a
 *     journal that ends below one has lost something and is not served.
 * V4. A damaged journal is put right where nothing is lost but what was said of changes: from the mirror, or because the state or a backup has
 *     what the lost records did. Where more is lost nothing is changed, and the start fails.
 */
export async function openStore(options: StoreOptions, tell: (notice: Notice) => void): Promise<OpenedStore> {
  const start = performance.now();
  const { files, dir, signal } = options;
  const notice = (told: Notice): void => {
    signal?.throwIfAborted();
    tell(told);
  };
  await makeDataDirectory(files, dir);
  const lock = await lockDirectory(dir);
  try {
    await settleSwap(files, dir, notice);
    const opened = await openParts(options, notice).catch(async (error: unknown) => {
      if (!(error instanceof JournalCorruption)) throw error;
      // V4.
      const mended = await mendAtStart(options, error, notice);
      const parts = await openParts(options, notice);
      return withReport(parts, { ...mended, tasks: parts.state.tallies.taskCount() });
    });
    const { report } = opened.found.state;
    if (report) await writeReport(files, dir, report);
    const found = { ...opened.found, tookMs: performance.now() - start };
    return { ...opened, found, release: () => lock.release() };
  } catch (error) {
    // The first error says why; a disk that fails once more must not keep the directory locked for this process.
    await lock.release();
    throw error;
  }
}

type OpenedParts = Omit<OpenedStore, 'release' | 'found'> & { readonly found: Omit<StoreFound, 'tookMs'> };

/** Journal, then state. Whatever it throws, nothing is open. */
async function openParts(options: StoreOptions, notice: (notice: Notice) => void): Promise<OpenedParts> {
  const { files, dir } = options;
  const stateAt = stateDir(dir);
  const warn = (message: string): void => notice({ level: 'warn', message });
  const opened = await openFileJournal({
    files,
    dir: journalDir(dir),
    witnesses: [
      ...(await witnesses(files, stateAt)),
      ...(await backupWitnesses(files, journalDir(dir), options.settings?.backups.dir ?? backupsDir(dir))),
      ...(await mirrorWitness(files, journalDir(dir), options.settings?.mirrorDir, warn)),
    ],
    segmentBytesMax: options.segmentBytesMax,
    warn,
  });
  const { journal } = opened;
  try {
    const stateOptions = {
      dir: stateAt,
      files,
      history: journal.history,
      cache: options.cacheEntries === undefined ? undefined : { entries: options.cacheEntries },
      onStaleEntry: (row: { project: string; id: string }): void =>
        warn(`an index entry wrongly named ${row.project}/${row.id}; the listing left it out`),
    };
    const blobs = await Blobs.open(files, blobsDir(dir));
    const { state, ...how } = await bringUp(stateOptions, journal, opened.found, notice, options, options);
    return { journal, state, blobs, found: { journal: opened.found, state: how } };
  } catch (error) {
    await journal.close(false).catch(() => undefined);
    throw error;
  }
}

/** A swap of journal or state that was cut off is carried through, or forgotten if it had not begun. */
async function settleSwap(files: Files, dir: string, notice: (notice: Notice) => void): Promise<void> {
  const found = await settleIncoming(files, dir);
  if (found === undefined) return;
  const { placed, archive } = found;
  const kept = archive === undefined ? '' : `; what was there before is kept in ${archive}`;
  if (placed.length > 0) notice({ level: 'info', message: `a new ${placed.join(' and ')} took its place${kept}` });
  else notice({ level: 'info', message: 'what an interrupted restore or recovery had prepared was removed' });
}

/** What knows how far the journal once reached. A damaged checkpoint knows nothing. */
async function witnesses(files: Files, stateAt: string): Promise<Witness[]> {
  try {
    const checkpoint = await readCheckpoint(files, stateAt);
    if (checkpoint === undefined) return [];
    const { sequence, chain } = checkpoint;
    const known = chain === '' ? {} : { chain: Buffer.from(chain, 'hex') };
    const reached = reachedBy(checkpoint);
    const witness = { sequence, source: 'the state checkpoint', ...known };
    return reached > sequence ? [witness, { sequence: reached, source: 'the state' }] : [witness];
  } catch (error) {
    if (error instanceof StateUnusable) return [];
    throw error;
  }
}
