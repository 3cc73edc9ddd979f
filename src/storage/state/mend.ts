/**
 * Puts rows and index entries right past the applied records: for repairs that know what ought to be there.
 *
 * Boundary: LevelDB alone. Where the right rows come from is for the engine. The applied mark, the digest and the counts stay: they say what ought to
 * be there.
 *
 * M1. A row that no source has keeps its key, with a value that fails its checksum: whoever reads it is told, and nobody takes it for absent.
 */
import type { Snapshot } from 'classic-level';
import { indexEntries } from '../../domain/derive';
import { indexedOf, isHeld } from '../../domain/indexed';
import type { Row } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import { entityHash } from '../entity-hash';
import { BucketDigest } from './digest';
import * as keys from './keys';
import type { LevelStore, WriteBatch } from './level-store';
import type { RequestSums } from './request-sums';
import { EMPTY } from './staging';
import { DamagedRow } from './state';
import type { ProjectTallies } from './tallies';
import * as values from './values';

/** A state at one sequence, while nothing is applied. */
export interface MendParts {
  readonly store: LevelStore;
  readonly sequence: number;
  readonly digest: BucketDigest;
  readonly requests: RequestSums;
  readonly tallies: ProjectTallies;
  /** Call it for each row that is written or removed. */
  readonly forget: (name: keys.RowName) => void;
}

/** A state as it was at one sequence. */
export interface StateMoment extends Pick<MendParts, 'store' | 'sequence' | 'digest' | 'requests' | 'tallies'> {
  readonly snapshot: Snapshot;
}

/** What stands under a row's key now. */
export function storedRow(store: LevelStore, { kind, project, id }: keys.RowName): Row | 'damaged' | undefined {
  const value = store.get(keys.rowKey(kind, project, id));
  if (value === undefined) return undefined;
  try {
    return values.parseRow(kind, project, id, value);
  } catch (error) {
    if (error instanceof DamagedRow) return 'damaged';
    throw error;
  }
}

/** Puts a row, or with undefined takes it out; `lost` marks it as one that no source has (M1). */
export function mendRow(
  parts: MendParts,
  batch: WriteBatch,
  name: keys.RowName,
  row: Omit<Row, 'crc'> | 'lost' | undefined,
): void {
  const { kind, project, id } = name;
  const key = keys.rowKey(kind, project, id);
  if (row === undefined) batch.del(key);
  else if (row === 'lost') batch.put(key, EMPTY);
  else batch.put(key, values.rowValueOf(kind, project, id, row.sequence, row.image));
  parts.forget(name);
}

/** Whether the rows of these names are exactly those of their bucket. Each name once. */
export function bucketIsRight(parts: MendParts, bucket: number, names: Iterable<keys.RowName>): boolean {
  const found = new BucketDigest();
  for (const name of names) {
    const row = storedRow(parts.store, name);
    if (row === 'damaged') return false;
    if (row !== undefined) found.replace(entityHash(name.kind, name.project, name.id), 0, row.crc);
  }
  return !parts.digest.differences(found).includes(bucket);
}

/**
 * Makes the index entries of these rows those that the rows have. `present` are the keys of entries that name them, as far as they are known; those that
 * are not wanted go. Gives how many were put or taken out. A damaged row's entries stay.
 */
export async function mendEntries(
  parts: MendParts,
  names: Iterable<keys.RowName>,
  present: readonly Buffer[],
): Promise<number> {
  const { store } = parts;
  const batch = store.array();
  const wanted = new Set<string>();
  const doubtful = new Set<string>();
  let changes = 0;
  for (const name of names) {
    const row = storedRow(store, name);
    if (row === 'damaged') doubtful.add(nameOf(name));
    if (row === undefined || row === 'damaged') continue;
    for (const { key, value } of entriesOf(store, name, row)) {
      wanted.add(key.toString('latin1'));
      if (store.get(key)?.equals(value)) continue;
      batch.put(key, value);
      changes++;
    }
  }
  for (const key of present) {
    if (wanted.has(key.toString('latin1')) || doubtful.has(nameOf(ownerOf(store, key)))) continue;
    if (store.get(key) === undefined) continue;
    batch.del(key);
    changes++;
  }
  if (changes > 0) await batch.write();
  return changes;
}

/** The entry that the task would have in the state index if it were held back otherwise than it is; undefined if it has none there. */
export function otherStateEntry(store: LevelStore, project: string, id: string): Buffer | undefined {
  const name = { kind: EntityKind.TASK, project, id };
  const row = storedRow(store, name);
  if (row === undefined || row === 'damaged') return undefined;
  const indexed = indexedOf(row.image);
  if (indexed.state !== TaskState.PENDING) return undefined;
  indexed.held = !heldNow(store, name);
  const entry = indexEntries(EntityKind.TASK, indexed).find(({ index }) => index === 'state');
  return entry && Buffer.from(keys.indexKey(entry, EntityKind.TASK, project, id));
}

function entriesOf(store: LevelStore, name: keys.RowName, row: Row): { key: Buffer; value: Buffer }[] {
  const { kind, project, id } = name;
  const indexed = indexedOf(row.image, kind);
  indexed.held = kind === EntityKind.TASK && heldNow(store, name);
  return indexEntries(kind, indexed).map((entry) => {
    // Both stand in shared memory until the next one is made.
    const key = Buffer.from(keys.indexKey(entry, kind, project, id));
    return { key, value: entry.index === 'external' ? Buffer.from(values.externalValue(key, id)) : EMPTY };
  });
}

/** What the task's graph row says; that of a damaged one is not known, and the task is taken for one that waits: nobody claims it by mistake. */
function heldNow(store: LevelStore, { project, id }: keys.RowName): boolean {
  const graph = storedRow(store, { kind: EntityKind.TASK_GRAPH, project, id });
  return graph === 'damaged' || isHeld(graph?.image);
}

function ownerOf(store: LevelStore, key: Buffer): keys.RowName {
  if (key[0] !== keys.TABLE_EXTERNAL) return keys.parseIndexKey(key);
  const value = store.get(key);
  const id = (value && values.parseExternal(key, value)) ?? '';
  return { kind: EntityKind.TASK, project: keys.parseExternalKey(key).project, id };
}

/** A row's name as a key of maps. */
export function nameOf({ kind, project, id }: keys.RowName): string {
  return `${kind}/${project}/${id}`;
}
