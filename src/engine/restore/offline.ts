/**
 * A restore of a stopped store: nobody serves it, and its journal may be whole, cut, damaged or lost.
 *
 * Boundary: the data directory, under the process lock. What backups and the rest of the journal allow is done; nothing is guessed.
 *
 * F1. A dry run changes nothing but what a start would change as well, and leaves nothing behind.
 * F2. Damage of the journal behind the target does not matter: it is archived as it is.
 */
import { RestorePlan } from '../../gen/holdfast/v1/backup';
import type { RestoreDifference } from '../../gen/holdfast/v1/backup';
import { formatBackup } from '../../domain/backup-name';
import { timestampOf } from '../../domain/timestamp';
import { mirrorReach } from '../../storage/backup/witnesses';
import type { Files } from '../../storage/files';
import { clearIncoming, settleIncoming } from '../../storage/incoming';
import { recordsBetween, sharedBy } from '../../storage/journal/lineage';
import type { firstOfHistory } from '../../storage/journal/new-history';
import { stateDir } from '../../storage/layout';
import { readCheckpoint } from '../../storage/state/checkpoint-file';
import { openState } from '../../storage/state/open-state';
import { lockDirectory } from '../../storage/state/process-lock';
import { StateUnusable } from '../../storage/state/state';
import type { StateSnapshot } from '../../storage/state/state';
import { differencesOf } from './differences';
import { prepareState } from './prepare';
import type { Prepared } from './prepare';
import { restoreRoom } from './room';
import { readable, readLeft } from './source';
import type { RestoreSource } from './source';
import { newHistoryId, prepareSwap } from './swap';
import { findTarget } from './target';
import type { RestoreAsked, RestoreTarget } from './target';

export interface OfflineRestore {
  readonly files: Files;
  /** The data directory of a stopped store. */
  readonly dir: string;
  /** Where its backups are. */
  readonly backups: string;
  /** Its mirror, if it has one: no number that it has seen is given again. */
  readonly mirror?: string | undefined;
  readonly asked: RestoreAsked;
  /** Only say what would change. */
  readonly dryRun: boolean;
  readonly wallMs: () => number;
  /** Told of what was found wrong, one sentence each. */
  readonly warn: (message: string) => void;
  readonly onProgress?: ((records: number) => void) | undefined;
  /** Where the new history begins, if not where it must: for tests that plant a bug. */
  readonly firstOf?: typeof firstOfHistory | undefined;
}

/** Restores a stopped store, or says what that would change. When it resolves, the next start serves the old state. Throws DirectoryInUse while a
 *  server has it, and refuses as RestoreBackup does; the store is then as it was. */
export async function restoreOffline(options: OfflineRestore): Promise<RestorePlan> {
  const { files, dir } = options;
  const lock = await lockDirectory(dir);
  try {
    // A swap that was cut off comes first: it may have replaced what is looked at now.
    await settleIncoming(files, dir);
    const plan = await restore(options);
    await settleIncoming(files, dir);
    return plan;
  } finally {
    await lock.release();
  }
}

async function restore(options: OfflineRestore): Promise<RestorePlan> {
  const startMs = performance.now();
  const { files, dir, backups, wallMs, asked } = options;
  const left = await readLeft(files, dir);
  if (left.problem !== undefined) options.warn(left.problem);
  let order: Awaited<ReturnType<typeof prepared>>;
  try {
    const journal = left.stopped && readable(left.stopped);
    const source: RestoreSource = { files, dir, backups, journal, wallMs };
    order = await prepared(options, source, await findTarget(source, asked));
  } finally {
    left.stopped?.close();
  }
  if (options.dryRun) return { ...order.plan, tookMs: Math.round(performance.now() - startMs) };
  const mirrored = options.mirror === undefined ? undefined : await mirrorReach(files, options.mirror, options.warn);
  return prepareSwap(
    { files, dir, backups, mirrored: mirrored?.sequence, wallMs },
    { ...order, startMs, record: () => ({}) },
    options.firstOf,
  );
}

async function prepared(options: OfflineRestore, source: RestoreSource, target: RestoreTarget) {
  await restoreRoom(source, target, 0);
  await clearIncoming(source.files, source.dir);
  const history = newHistoryId();
  const { signal } = new AbortController();
  const onProgress = (done: number): void => options.onProgress?.(done);
  const made = await prepareState(source, target, { history, signal, onProgress });
  const { state, ...rest } = made;
  try {
    const restored = state.snapshot();
    const differences = await besidePresent(options, restored, signal).finally(() => restored.close());
    return { target, history, prepared: rest, plan: planOf(source, target, rest, differences) };
  } finally {
    await state.close();
  }
}

/** The present state is looked at only if it was closed cleanly: what cannot be read without mending is not compared. */
async function besidePresent(
  { files, dir, warn }: OfflineRestore,
  restored: StateSnapshot,
  signal: AbortSignal,
): Promise<RestoreDifference[]> {
  const at = stateDir(dir);
  try {
    const checkpoint = await readCheckpoint(files, at);
    if (!checkpoint?.clean) throw new StateUnusable('it was not closed cleanly');
    const { state } = await openState({ dir: at, files, history: checkpoint.history });
    const present = state.snapshot();
    return await differencesOf(present, restored, signal).finally(async () => {
      await present.close();
      await state.close();
    });
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error;
    warn(`what would change is not known, as the present state cannot be read: ${error.message}`);
    return [];
  }
}

function planOf(
  { journal }: RestoreSource,
  { history, sequence, inJournal, lineage }: RestoreTarget,
  { base, passedOver, replayed, timeMs }: Omit<Prepared, 'state'>,
  differences: RestoreDifference[],
): RestorePlan {
  const spans = journal?.lineage() ?? [];
  const head = journal?.head().sequence ?? 0;
  return {
    ...RestorePlan.create(),
    backup: base === undefined ? '' : formatBackup(base.id),
    passedOver: [...passedOver],
    target: { history, sequence },
    targetTime: timestampOf(timeMs),
    abandoned: journal && { history: journal.history, sequence: head },
    abandonedRecords: recordsBetween(spans, inJournal ? sequence : sharedBy(spans, lineage), head),
    newFirstSequence: head + 1,
    replayedRecords: replayed,
    differences,
  };
}
