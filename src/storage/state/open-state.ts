/**
 * Opens and creates states.
 *
 * N1. A state is used only if its checkpoint is whole, is of this history, and LevelDB's files are what it lists. After a
 *     clean stop that is all of them, before LevelDB opens (it verifies next to nothing itself).
 * N2. After an unclean stop LevelDB has gone on since the checkpoint: tables may have been compacted away (LevelDB misses
 *     those that its MANIFEST names) and others came. Listed ones that are still there must be unchanged, and the MANIFEST,
 *     if it is the same, must begin as it did. Tables that came since are verified by the checksums in them. What LevelDB
 *     lost of its log redo writes again; what nothing of this sees (entries that a compaction lost) `scrub` finds.
 * N3. `clean` is taken back, durably, before LevelDB changes anything.
 * N4. A new state is built in a directory of its own name, and exists for `openState` from its first checkpoint on. What was
 *     there before is deleted first: a crash in between leaves nothing that opens, and it is built again.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../files';
import { BulkLoad } from './bulk-load';
import type { StateCheckpoint } from './checkpoint-file';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file';
import { Checkpointer, removeOtherStores, STORE_PREFIX } from './checkpointer';
import { BucketDigest } from './digest';
import { verifyListed } from './listed-files';
import { APPLIED_KEY } from './keys';
import type { RowName } from './keys';
import { isManifest, isTable, tableName } from './level-files';
import { LevelState } from './level-state';
import { LevelStore } from './level-store';
import { RequestSums } from './request-sums';
import type { RowCacheLimits } from './row-cache';
import { ROW_CACHE_DEFAULT, RowCache } from './row-cache';
import { stageApplied } from './staging';
import { StateUnusable } from './state';
import { ProjectTallies } from './tallies';
import { parseApplied } from './values';

export interface StateOptions {
  /** The state's own directory; it is created if absent. */
  readonly dir: string;
  /** For the checkpoint file. LevelDB does its own I/O. */
  readonly files: Files;
  /** The journal's history. */
  readonly history: string;
  readonly cache?: Partial<RowCacheLimits> | undefined;
  /** How many bytes of tables are read and checked before `openState` resolves, newest first; the rest by `verifyRest`. */
  readonly verifyBytes?: number | undefined;
  /** Called with a row that an index entry wrongly named; the listing left it out. */
  readonly onStaleEntry?: ((row: RowName) => void) | undefined;
}

/** A quarter of a second of reading from the page cache, one of a disk. */
const VERIFY_BYTES_DEFAULT = 256 * 1024 * 1024;

/**
 * Opens the state. `state.applied` is the checkpoint's sequence: the journal after it must be applied before anything is
 * read, whatever LevelDB already holds of it. `reached`: up to where LevelDB had applied. Throws `StateUnusable`: then it is built anew with `createState`.
 */
export async function openState(
  options: StateOptions,
): Promise<{ state: LevelState; checkpoint: StateCheckpoint; reached: number }> {
  const { dir, files } = options;
  const checkpoint = await readCheckpoint(files, dir);
  if (!checkpoint) throw new StateUnusable('there is no state checkpoint');
  if (checkpoint.history !== options.history) {
    throw new StateUnusable(`the state is of history ${checkpoint.history}, the journal of ${options.history}`);
  }
  if (checkpoint.distrusted !== undefined) throw new StateUnusable(checkpoint.distrusted);
  const location = join(dir, checkpoint.store);
  const { unread, unfinished } = await verifyListed(location, checkpoint, options.verifyBytes ?? VERIFY_BYTES_DEFAULT);
  if (checkpoint.clean) await writeCheckpoint(files, dir, unsealed(checkpoint));
  await removeOtherStores(dir, checkpoint.store);
  const store = await LevelStore.open(location, false);
  try {
    const needed = store.liveTables().find(({ number }) => unfinished.includes(tableName(number)));
    if (needed) throw new StateUnusable(`${tableName(needed.number)} is not whole`);
    const reached = verifyApplied(store, checkpoint);
    return {
      state: stateOf(options, store, { store: checkpoint.store, last: checkpoint, unread }),
      checkpoint,
      reached,
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * Creates an empty state at sequence 0 beside whatever is there. Fill it with `applyBulk`, then `checkpoint()`: from then on
 * it is the one that `openState` finds, and survives power loss. The state that was there before is given up at once: a
 * crash in between means building again.
 */
export async function createState(options: StateOptions): Promise<LevelState> {
  const { dir, files } = options;
  await files.makeDirectory(dir);
  await mkdir(dir, { recursive: true });
  const store = `${STORE_PREFIX}${randomBytes(8).toString('hex')}`;
  await removeOtherStores(dir, undefined);
  return stateOf(options, await LevelStore.open(join(dir, store), true), { store });
}

/** What a state holds besides its rows and index entries. */
export interface Built {
  readonly sequence: number;
  readonly tallies: ProjectTallies;
  readonly digest: BucketDigest;
  readonly requests: RequestSums;
}

/** Creates a state like `createState`, and lets `fill` put everything that it holds. */
export async function buildState(options: StateOptions, fill: (load: BulkLoad) => Promise<Built>): Promise<LevelState> {
  const { dir, files } = options;
  await files.makeDirectory(dir);
  await mkdir(dir, { recursive: true });
  const store = `${STORE_PREFIX}${randomBytes(8).toString('hex')}`;
  await removeOtherStores(dir, undefined);
  const level = await LevelStore.open(join(dir, store), true);
  try {
    const load = new BulkLoad(level);
    const built = await fill(load);
    await load.finish();
    const batch = level.array();
    stageApplied(batch, built.sequence);
    await batch.write();
    return stateOf(options, level, { store, built });
  } catch (error) {
    await level.close();
    throw error;
  }
}

function stateOf(
  options: StateOptions,
  store: LevelStore,
  place: { store: string; last?: StateCheckpoint; unread?: StateCheckpoint['files']; built?: Built },
): LevelState {
  const { last, built } = place;
  const { dir, files, history } = options;
  return new LevelState({
    store,
    checkpointer: new Checkpointer({ dir, files, history, ...place }),
    cache: new RowCache({ ...ROW_CACHE_DEFAULT, ...options.cache }),
    ...(built ?? (last ? builtBefore(last) : nothingBuilt())),
    onStaleEntry: options.onStaleEntry ?? (() => undefined),
  });
}

function builtBefore({ sequence, tallies, digest, generation, requests }: StateCheckpoint): Built {
  return {
    sequence,
    tallies: ProjectTallies.decode(Buffer.from(tallies, 'base64')),
    digest: BucketDigest.decode(Buffer.from(digest, 'base64')),
    requests: new RequestSums(generation, requests),
  };
}

function nothingBuilt(): Built {
  return { sequence: 0, tallies: new ProjectTallies(), digest: new BucketDigest(), requests: new RequestSums(0) };
}

/** The checkpoint of a state that LevelDB is about to change: only what LevelDB adds to, or leaves as it is, stays listed. */
function unsealed(checkpoint: StateCheckpoint): StateCheckpoint {
  const lasting = checkpoint.files.filter(({ name }) => isTable(name) || isManifest(name));
  return { ...checkpoint, clean: false, files: lasting };
}

/** The applied mark proves nothing of the state, but one below the checkpoint disproves it. Gives it. */
function verifyApplied(store: LevelStore, checkpoint: StateCheckpoint): number {
  const value = store.get(APPLIED_KEY);
  const applied = value === undefined ? 0 : parseApplied(value);
  if (applied === undefined) throw new StateUnusable('the applied mark fails its checksum');
  if (applied < checkpoint.sequence) {
    throw new StateUnusable(`the state is applied to ${applied}, below its checkpoint at ${checkpoint.sequence}`);
  }
  return applied;
}
