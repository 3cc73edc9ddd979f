/**
 * What stands in some buckets of the digest: the names of rows, and the keys of index entries.
 *
 * Boundary: it reads one snapshot, in key order, and keeps what belongs to the buckets that are asked for. Values are not looked at but for external ids,
 * whose key does not say whose they are.
 */
import type { Snapshot } from 'classic-level';
import { setImmediate } from 'node:timers/promises';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { entityHash } from '../entity-hash';
import { bucketOf } from './digest';
import * as keys from './keys';
import type { LevelStore } from './level-store';
import { parseExternal } from './values';

export interface BucketContents {
  /** Names of rows by bucket. A row may be damaged. */
  readonly rows: ReadonlyMap<number, keys.RowName[]>;
  /** Keys of index entries by the bucket of the row that they name, in memory of their own. */
  readonly entries: ReadonlyMap<number, Buffer[]>;
  /** Keys of no known form, and external ids whose value fails its checksum. At most 10,000. */
  readonly strays: readonly Buffer[];
}

/** Entries read at a time at first. */
const CHUNK = 256;
/** Stray keys that are kept: they are deleted, and a later pass finds the rest. */
const STRAYS_MAX = 10_000;

/** Reads all keys of a snapshot once. `signal` ends it early, by its reason. */
export async function bucketContents(
  store: LevelStore,
  snapshot: Snapshot,
  buckets: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<BucketContents> {
  const contents = new Contents(buckets);
  for (const [from, to] of TABLES) {
    const range = { gte: Buffer.from([from]), lt: Buffer.from([to]) };
    for await (const chunk of store.chunks(snapshot, range, CHUNK, from === keys.TABLE_EXTERNAL)) {
      signal.throwIfAborted();
      for (const [key, value] of chunk) contents.see(key, value);
      await setImmediate();
    }
  }
  return contents;
}

/** All but the applied mark and request ids, which belong to no row. */
const TABLES = [
  [keys.TABLE_APPLIED + 1, keys.TABLE_EXTERNAL],
  [keys.TABLE_EXTERNAL, keys.TABLE_EXTERNAL + 1],
  [keys.TABLE_EXTERNAL + 1, keys.TABLE_REQUEST],
  [keys.TABLE_REQUEST + 1, 0xff],
] as const;

class Contents implements BucketContents {
  readonly rows = new Map<number, keys.RowName[]>();
  readonly entries = new Map<number, Buffer[]>();
  readonly strays: Buffer[] = [];

  constructor(private readonly buckets: ReadonlySet<number>) {}

  see(key: Buffer, value: Buffer): void {
    const table = key[0]!;
    try {
      if (table === keys.TABLE_EXTERNAL) this.seeExternal(key, value);
      else if (table >= keys.TABLE_STATE) this.seeEntry(key, keys.parseIndexKey(key));
      else this.seeRow(keys.parseRowKey(key));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.addStray(key);
    }
  }

  private seeRow(name: keys.RowName): void {
    const bucket = bucketOfRow(name);
    if (this.buckets.has(bucket)) add(this.rows, bucket, name);
  }

  private seeEntry(key: Buffer, name: keys.RowName): void {
    const bucket = bucketOfRow(name);
    if (this.buckets.has(bucket)) add(this.entries, bucket, Buffer.from(key));
  }

  private seeExternal(key: Buffer, value: Buffer): void {
    const { project } = keys.parseExternalKey(key);
    const id = parseExternal(key, value);
    if (id === undefined) this.addStray(key);
    else this.seeEntry(key, { kind: EntityKind.TASK, project, id });
  }

  private addStray(key: Buffer): void {
    if (this.strays.length < STRAYS_MAX) this.strays.push(Buffer.from(key));
  }
}

/** The bucket of a row. */
export function bucketOfRow({ kind, project, id }: keys.RowName): number {
  return bucketOf(entityHash(kind, project, id));
}

function add<T>(lists: Map<number, T[]>, bucket: number, one: T): void {
  const list = lists.get(bucket);
  if (list) list.push(one);
  else lists.set(bucket, [one]);
}
