/**
 * Puts the rows and index entries of some buckets right: those whose digest differs, or whose entries are not those of their rows.
 *
 * How to call it: with a report of `state.scrub()`. Online it runs beside the work: each bucket is put right in a turn of its own, in which nothing
 * is applied. Offline it takes a state that was opened and applied to the journal's head, and the journal: nothing else runs then. It
 * writes rows and entries alone; applied mark, digest and counts stay, and the state survives power loss with its next checkpoint. Request ids
 * are for repair-requests.ts. `onRepaired` hears of each row, before anybody else can.
 *
 * B1. The names of a bucket's rows are those that stand there, those whose hashes the journal's entity indexes have, and those that bases have:
 *     a row that has vanished is found without its name.
 * B2. A bucket is right when the digest says so. Nothing is given as put right that was not held against it.
 * B3. A row that no source has is marked as lost; its bucket can be held against nothing any more.
 */
import type { Journal } from '../../storage/journal/journal';
import { bucketContents, bucketOfRow } from '../../storage/state/bucket-contents';
import type { BucketContents } from '../../storage/state/bucket-contents';
import { BUCKETS } from '../../storage/state/digest';
import type { RowName } from '../../storage/state/keys';
import type { LevelState } from '../../storage/state/level-state';
import type { ScrubReport } from '../../storage/state/scrub';
import { BucketRepair } from './bucket-repair';
import type { RepairedRow } from './repaired-row';
import { RightRows } from './right-rows';
import type { OpenBases } from './right-rows';

/** Names that one walk over the keys may gather: some 20 MB. */
const NAMES_MAX = 100_000;
/** Buckets of one walk at most. */
const BUCKETS_AT_ONCE = 64;
/** Buckets above which the whole state is rebuilt sooner: a lost table touches nearly all of them. */
export const REPAIR_BUCKETS_MAX = 512;

export interface RepairParts {
  readonly state: LevelState;
  readonly journal: Journal;
  readonly bases: OpenBases;
  readonly signal: AbortSignal;
  /** Told of each row that was put right, or that no source has. */
  readonly onRepaired: (repaired: RepairedRow) => void;
}

export interface BucketsOutcome {
  /** Rows that were put right. */
  readonly rows: number;
  /** Rows that no source has. */
  readonly lost: number;
  /** Index entries that were put or taken out. */
  readonly entries: number;
  /** Buckets that still differ. Rebuild the state. */
  readonly unresolved: readonly number[];
}

/** Rejects with the signal's reason when it aborts, and with what LevelDB or the journal say; call it again then, after another scrub. */
export async function repairBuckets(
  parts: RepairParts,
  report: Pick<ScrubReport, 'rows' | 'rowBuckets' | 'entryBuckets' | 'strays'>,
): Promise<BucketsOutcome> {
  const all = [...new Set([...report.rowBuckets, ...report.entryBuckets])];
  if (all.length > REPAIR_BUCKETS_MAX) return { rows: 0, lost: 0, entries: 0, unresolved: all };
  const atOnce = Math.floor((NAMES_MAX * BUCKETS) / Math.max(report.rows, 1));
  const step = Math.min(Math.max(atOnce, 1), BUCKETS_AT_ONCE);
  const total = { rows: 0, lost: 0, entries: 0, unresolved: [] as number[] };
  for (let at = 0; at < all.length || (at === 0 && report.strays > 0); at += step) {
    const some = { buckets: new Set(all.slice(at, at + step)), isLast: at + step >= all.length };
    const outcome = await repairSome(parts, some, new Set(report.rowBuckets));
    total.rows += outcome.rows;
    total.lost += outcome.lost;
    total.entries += outcome.entries;
    total.unresolved.push(...outcome.unresolved);
  }
  return total;
}

async function repairSome(
  parts: RepairParts,
  { buckets, isLast }: { readonly buckets: ReadonlySet<number>; readonly isLast: boolean },
  rowBuckets: ReadonlySet<number>,
): Promise<BucketsOutcome> {
  const { state, journal, signal } = parts;
  const { contents, sequence } = await state.atMoment(async ({ store, snapshot, sequence: at }) => ({
    contents: await bucketContents(store, snapshot, buckets, signal),
    sequence: at,
  }));
  const newest = await journal.newestChanges((hash) => buckets.has(hash % BUCKETS), sequence);
  const names = await namesByBucket(parts, contents, buckets);
  const rights = new RightRows(journal, parts.bases);
  const repair = new BucketRepair({ ...parts, rights, sequence, newest: byBucket(newest) });
  const unresolved: number[] = [];
  for (const bucket of buckets) {
    signal.throwIfAborted();
    if (!rowBuckets.has(bucket)) continue;
    if (!(await repair.rows(bucket, names.get(bucket) ?? []))) unresolved.push(bucket);
  }
  for (const bucket of buckets) {
    signal.throwIfAborted();
    await repair.entries(names.get(bucket) ?? [], contents.entries.get(bucket) ?? []);
  }
  // Last: an external id whose entry is damaged is written over, and nobody finds in between that it is free.
  if (isLast) await repair.strays(contents.strays);
  return { ...repair.counts, unresolved };
}

/** The lists may grow: rows that are put back belong to them. */
async function namesByBucket(
  { journal, bases }: RepairParts,
  contents: BucketContents,
  buckets: ReadonlySet<number>,
): Promise<Map<number, RowName[]>> {
  const names = new Map([...buckets].map((bucket) => [bucket, contents.rows.get(bucket) ?? []] as const));
  if (journal.floor() === 0) return names;
  const [base] = await bases();
  if (base === undefined) return names;
  for (const name of await base.names(buckets)) names.get(bucketOfRow(name))!.push(name);
  return names;
}

function byBucket(newest: ReadonlyMap<number, number>): Map<number, [hash: number, sequence: number][]> {
  const lists = new Map<number, [number, number][]>();
  for (const entry of newest) {
    const bucket = entry[0] % BUCKETS;
    const list = lists.get(bucket);
    if (list) list.push(entry);
    else lists.set(bucket, [entry]);
  }
  return lists;
}
