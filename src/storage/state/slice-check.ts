/** Checks a few rows: their checksums, both ways of reading them, and that each of their index entries is there. */
import { indexEntries } from '../../domain/derive';
import { indexedOf, isHeld } from '../../domain/indexed';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { bucketOfRow } from './bucket-contents';
import * as keys from './keys';
import type { StateMoment } from './mend';
import { DamagedRow } from './state';
import { externalValue, parseRow } from './values';

export interface SliceReport {
  /** The key of the last row that was read; undefined when there were none left. */
  readonly last: Buffer | undefined;
  readonly rows: number;
  /** Buckets of rows that are damaged. */
  readonly rowBuckets: readonly number[];
  /** Buckets of rows that lack an index entry. */
  readonly entryBuckets: readonly number[];
}

/** The rows after the key `after`, `count` at most. */
export async function checkSlice(moment: StateMoment, after: Buffer | undefined, count: number): Promise<SliceReport> {
  const { store, snapshot } = moment;
  const lt = Buffer.from([keys.TABLE_STATE]);
  const range = after ? { gt: after, lt } : { gte: Buffer.from([keys.TABLE_ROWS]), lt };
  const [rowBuckets, entryBuckets] = [new Set<number>(), new Set<number>()];
  let last: Buffer | undefined;
  let rows = 0;
  for await (const chunk of store.chunks(snapshot, range, Math.min(count, CHUNK))) {
    for (const [key, value] of chunk) {
      rows++;
      last = Buffer.from(key);
      const name = nameIn(key);
      if (!name) continue;
      if (!isGood(name, value) || !store.getAt(snapshot, key)?.equals(value)) rowBuckets.add(bucketOfRow(name));
      else if (!hasEntries(moment, name, value)) entryBuckets.add(bucketOfRow(name));
    }
    if (rows >= count) break;
  }
  return { last, rows, rowBuckets: [...rowBuckets], entryBuckets: [...entryBuckets] };
}

/** Rows read at a time. */
const CHUNK = 256;

function hasEntries({ store, snapshot }: StateMoment, { kind, project, id }: keys.RowName, value: Buffer): boolean {
  const indexed = indexedOf(parseRow(kind, project, id, value).image, kind);
  if (kind === EntityKind.TASK) {
    const graph = store.getAt(snapshot, keys.rowKey(EntityKind.TASK_GRAPH, project, id));
    indexed.held =
      graph !== undefined && isGood({ kind: EntityKind.TASK_GRAPH, project, id }, graph) && isHeldIn(graph);
  }
  return indexEntries(kind, indexed).every((entry) => {
    const key = Buffer.from(keys.indexKey(entry, kind, project, id));
    const found = store.getAt(snapshot, key);
    return found !== undefined && (entry.index !== 'external' || found.equals(externalValue(key, id)));
  });
}

function isHeldIn(graph: Buffer): boolean {
  return isHeld(graph.subarray(8, graph.length - 4));
}

function isGood({ kind, project, id }: keys.RowName, value: Buffer): boolean {
  try {
    parseRow(kind, project, id, value);
    return true;
  } catch (error) {
    if (error instanceof DamagedRow) return false;
    throw error;
  }
}

function nameIn(key: Buffer): keys.RowName | undefined {
  try {
    return keys.parseRowKey(key);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
