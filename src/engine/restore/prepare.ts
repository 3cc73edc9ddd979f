/**
 * Puts the old state together aside, while the store is served or stands still.
 *
 * Boundary: `incoming/state`. Nothing is swapped.
 *
 * P1. The state is exactly the one at the target: that of a backup whose every byte was compared, or an empty one, and each record after it.
 * P2. A backup that turns out to be damaged is named, and the next one is taken.
 */
import { join } from 'node:path';
import { formatBackup } from '../../domain/backup-name';
import { Blob, EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { writeVerification } from '../../storage/backup/marks';
import type { GoodBackup } from '../../storage/backup/catalogue';
import { incomingDir } from '../../storage/layout';
import type { LevelState } from '../../storage/state/level-state';
import { createState, openState } from '../../storage/state/open-state';
import { StateUnusable } from '../../storage/state/state';
import { copyBase } from '../recovery/bases';
import type { RestoreSource } from './source';
import { damaged } from './target';
import type { RestoreTarget } from './target';

export interface Preparing {
  /** The history that begins: the state is of it from its first moment. */
  readonly history: string;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** A state at the target, open. */
export interface Prepared {
  readonly state: LevelState;
  /** The backup that it began with; undefined for the journal alone. */
  readonly base: GoodBackup | undefined;
  readonly passedOver: readonly string[];
  /** Records that were applied to the base. */
  readonly replayed: number;
  /** Journal time at the target, in milliseconds since 1970. */
  readonly timeMs: number;
}

/** Rows that are kept in memory meanwhile: nobody reads twice. */
const CACHE_ROWS = 1000;
/** Records of one LevelDB batch. */
const BATCH_RECORDS = 2000;

export const preparedStateDir = (dir: string): string => join(incomingDir(dir), 'state');

/** `incoming` exists and is empty. Close the state. Refuses with CORRUPTION when no base serves. */
export async function prepareState(
  source: RestoreSource,
  target: RestoreTarget,
  preparing: Preparing,
): Promise<Prepared> {
  const passedOver = [...target.passedOver];
  const options = {
    ...{ dir: preparedStateDir(source.dir), files: source.files, history: preparing.history },
    cache: { entries: CACHE_ROWS },
  };
  for (const base of target.bases) {
    let copied = false;
    try {
      await copyBase(source.files, base, preparing.history, options.dir);
      copied = true;
      const { state } = await openState(options);
      return await brought(source, target, preparing, { state, base, passedOver });
    } catch (error) {
      if (!(error instanceof StateUnusable)) throw error;
      passedOver.push(`${formatBackup(base.id)}: ${error.message}`);
      // Behind the copy its bytes were right: what failed may be the disk, and a good backup must not count as damaged for that.
      if (copied) continue;
      await writeVerification(source.files, base.dir, { at: source.wallMs(), problems: [error.message] });
    }
  }
  if (!target.inJournal || source.journal?.floor() !== 0) throw damaged(passedOver);
  await source.files.removeTree(options.dir);
  const state = await createState(options);
  return brought(source, target, preparing, { state, base: undefined, passedOver });
}

async function brought(
  source: RestoreSource,
  { sequence }: RestoreTarget,
  preparing: Preparing,
  begun: Pick<Prepared, 'state' | 'base' | 'passedOver'>,
): Promise<Prepared> {
  const { state, base } = begun;
  try {
    if (state.applied === sequence && base) {
      checkDigest(state, base.manifest.digest);
      return { ...begun, replayed: 0, timeMs: base.manifest.journalAt };
    }
    const { replayed, timeMs } = await replayTo(source, state, sequence, preparing);
    await state.checkpoint();
    return { ...begun, replayed, timeMs };
  } catch (error) {
    await state.close();
    throw error;
  }
}

/** Applies the journal to a state up to a sequence, which exists. */
async function replayTo(
  { journal }: RestoreSource,
  state: LevelState,
  to: number,
  { signal, onProgress }: Preparing,
): Promise<{ replayed: number; timeMs: number }> {
  let batch: JournalRecord[] = [];
  let replayed = 0;
  let timeMs = 0;
  let applying: Promise<void> = Promise.resolve();
  for await (const { records, lastSequence, stateDigest } of journal!.read(state.applied)) {
    for (const record of records) {
      if (record.sequence > to) break;
      batch.push(record);
      replayed += 1;
      ({ timeMs } = record);
    }
    const isEnd = lastSequence >= to;
    if (batch.length < BATCH_RECORDS && !isEnd) continue;
    signal.throwIfAborted();
    await applying;
    // The next batch is read and decoded while this one is written.
    applying = state.applyBulk(batch);
    batch = [];
    onProgress(replayed, 0);
    if (!isEnd) continue;
    await applying;
    if (lastSequence === to) checkDigest(state, Buffer.from(stateDigest).toString('hex'));
    break;
  }
  if (state.applied !== to) throw new StateUnusable(`the journal ends at ${state.applied}, before ${to}`);
  return { replayed, timeMs };
}

function checkDigest(state: LevelState, digest: string): void {
  const found = Buffer.from(state.digest.total()).toString('hex');
  if (found !== digest) throw new StateUnusable(`its digest at ${state.applied} is ${found}, not ${digest}`);
}

/** The blobs that a state needs. */
export async function namedBlobs(state: LevelState): Promise<{ digest: string; size: number }[]> {
  const snapshot = state.snapshot();
  try {
    const found: { digest: string; size: number }[] = [];
    for await (const { id, row } of snapshot.scan({ by: 'rows', kind: EntityKind.BLOB, project: '' })) {
      const { references, sizeBytes } = Blob.decode(row.image);
      if (references > 0) found.push({ digest: id, size: sizeBytes });
    }
    return found;
  } finally {
    await snapshot.close();
  }
}
