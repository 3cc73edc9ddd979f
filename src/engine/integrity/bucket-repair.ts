/**
 * One run of repairs over some buckets: what is worked out before a turn, and what is done in it.
 *
 * Boundary: which buckets, and what becomes of those that stay wrong, is for repair-buckets.ts, whose invariants hold here.
 *
 * B4. What ought to be there is worked out beside the work, at one sequence; in the turn, rows that were changed since are left as they were applied.
 */
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Row } from '../../domain/view';
import { entityHash } from '../../storage/entity-hash';
import { JournalCorruption } from '../../storage/journal/journal';
import type { Journal } from '../../storage/journal/journal';
import { bucketOfRow } from '../../storage/state/bucket-contents';
import { TABLE_EXTERNAL } from '../../storage/state/keys';
import type { RowName } from '../../storage/state/keys';
import { parseExternal } from '../../storage/state/values';
import type { WriteBatch } from '../../storage/state/level-store';
import type { LevelState } from '../../storage/state/level-state';
import { bucketIsRight, mendEntries, mendRow, nameOf, otherStateEntry, storedRow } from '../../storage/state/mend';
import type { MendParts } from '../../storage/state/mend';
import type { RepairedRow } from './repaired-row';
import type { Right, RightRows } from './right-rows';

export interface BucketRepairParts {
  readonly state: LevelState;
  readonly journal: Journal;
  readonly rights: RightRows;
  /** Where the names and `newest` were gathered. */
  readonly sequence: number;
  /** The newest change at `sequence` of each entity hash, by bucket. */
  readonly newest: ReadonlyMap<number, readonly (readonly [hash: number, sequence: number])[]>;
  readonly onRepaired: (repaired: RepairedRow) => void;
}

/** Changes of one hash that a search for a second row of that hash looks at: half a second. With more the bucket is given up. */
const CHANGES_MAX = 2000;

/** What rows ought to be, by their names. */
type Plan = Map<string, { readonly name: RowName; readonly right: Right }>;

export class BucketRepair {
  readonly counts = { rows: 0, lost: 0, entries: 0 };
  /** What was changed after `sequence`, as far as it was looked for. */
  private readonly touched = new Map<string, RowName>();
  private touchedTo: number;

  constructor(private readonly parts: BucketRepairParts) {
    this.touchedTo = parts.sequence;
  }

  /** Puts the rows of a bucket right. `names` are those that stand there; others are added. False: it still differs. */
  async rows(bucket: number, names: RowName[]): Promise<boolean> {
    const repaired: RepairedRow[] = [];
    // Two rows may share a hash, and the index names the newest change of either: only the second attempt looks at all changes.
    for (const thorough of [false, true]) {
      const plan = await this.plan(bucket, names, thorough);
      for (const { name } of plan.values()) names.push(name);
      if (!(await this.parts.state.mend((mend) => this.carryOut(mend, bucket, names, plan, repaired)))) continue;
      this.tell(repaired);
      return true;
    }
    return false;
  }

  /** Makes the entries of these rows right. `present` are the entries that name rows of the same bucket. */
  async entries(names: readonly RowName[], present: readonly Buffer[]): Promise<void> {
    if (names.length + present.length === 0) return;
    this.counts.entries += await this.parts.state.mend((mend) => mendEntries(mend, distinct(names), present));
  }

  /** Takes out what is of no known form. An external id among them that reads well now was put right with its task's entries, and stays. */
  async strays(keys: readonly Buffer[]): Promise<void> {
    if (keys.length === 0) return;
    this.counts.entries += await this.parts.state.mend(async ({ store }) => {
      const left = keys.filter((key) => !isExternal(key, store.get(key)));
      const batch = store.array();
      for (const key of left) batch.del(key);
      if (left.length > 0) await batch.write();
      return left.length;
    });
  }

  private async plan(bucket: number, names: readonly RowName[], thorough: boolean): Promise<Plan> {
    const { journal, rights, sequence: atMost } = this.parts;
    const newest = new Map(this.parts.newest.get(bucket) ?? []);
    const plan: Plan = new Map();
    const add = (name: RowName, right: Right): void => {
      if (!plan.has(nameOf(name))) plan.set(nameOf(name), { name, right });
    };
    const rightNow = thorough ? new Set<number>() : await this.newestThere(names, newest);
    for (const [hash, last] of newest) {
      if (rightNow.has(hash)) continue;
      let left = thorough ? CHANGES_MAX : 1;
      for (let at = last; at > 0 && left > 0; at = await journal.lastChange(hash, at - 1), left--) {
        for (const { name, right } of await this.changedAt(at, hash)) add(name, right);
      }
    }
    for (const name of distinct(names)) {
      const known = rightNow.has(entityHash(name.kind, name.project, name.id)) || plan.has(nameOf(name));
      if (!known) add(name, await rights.of(name, atMost));
    }
    return plan;
  }

  /** A record that cannot be read names nobody: the rows that stand there are asked for by their own names. */
  private async changedAt(sequence: number, hash: number): Promise<readonly { name: RowName; right: Right }[]> {
    return this.parts.rights.changedAt(sequence, hash).catch((error: unknown) => {
      if (error instanceof JournalCorruption) return [];
      throw error;
    });
  }

  /** The hashes whose one row reads well and is of the newest sequence that the journal has for it. */
  private newestThere(names: readonly RowName[], newest: ReadonlyMap<number, number>): Promise<Set<number>> {
    return this.parts.state.mend(({ store }) => {
      const right = new Set<number>();
      const others = new Set<number>();
      for (const name of distinct(names)) {
        const row = storedRow(store, name);
        const hash = entityHash(name.kind, name.project, name.id);
        const good = row !== undefined && row !== 'damaged' && row.sequence === newest.get(hash);
        if (good && !right.has(hash) && !others.has(hash)) right.add(hash);
        else {
          right.delete(hash);
          others.add(hash);
        }
      }
      return Promise.resolve(right);
    });
  }

  /** In a turn. True: the bucket is right now, or it has a row that is lost. */
  private async carryOut(
    mend: MendParts,
    bucket: number,
    names: RowName[],
    plan: Plan,
    repaired: RepairedRow[],
  ): Promise<boolean> {
    await this.look(mend.sequence);
    const batch = mend.store.array();
    const graphs: RowName[] = [];
    for (const { name, right } of plan.values()) {
      if (this.touched.has(nameOf(name))) continue;
      const done = mendOne(mend, batch, name, right);
      if (done === undefined) continue;
      repaired.push(done);
      if (name.kind === EntityKind.TASK_GRAPH) graphs.push({ ...name, kind: EntityKind.TASK });
    }
    await batch.write();
    for (const name of this.touched.values()) if (bucketOfRow(name) === bucket) names.push(name);
    for (const task of graphs) {
      const other = otherStateEntry(mend.store, task.project, task.id);
      this.counts.entries += await mendEntries(mend, [task], other ? [other] : []);
    }
    const all = distinct(names);
    // B3
    return bucketIsRight(mend, bucket, all) || all.some((name) => storedRow(mend.store, name) === 'damaged');
  }

  /** Finds what was changed since, up to what is applied now. */
  private async look(applied: number): Promise<void> {
    if (this.touchedTo >= applied) return;
    for await (const { records } of this.parts.journal.read(this.touchedTo)) {
      for (const { sequence, changes } of records) {
        if (sequence > applied) break;
        for (const { kind, project, id } of changes)
          this.touched.set(nameOf({ kind, project, id }), { kind, project, id });
      }
      if (records.at(-1)!.sequence >= applied) break;
    }
    this.touchedTo = applied;
  }

  private tell(repaired: readonly RepairedRow[]): void {
    for (const one of repaired) {
      if (one.source === RecoverySource.UNSPECIFIED) this.counts.lost++;
      else this.counts.rows++;
      this.parts.onRepaired(one);
    }
  }
}

function isExternal(key: Buffer, value: Buffer | undefined): boolean {
  return key[0] === TABLE_EXTERNAL && value !== undefined && parseExternal(key, value) !== undefined;
}

/** Makes one row what it ought to be. Undefined: it is that already, or nobody knows better. */
function mendOne(mend: MendParts, batch: WriteBatch, name: RowName, right: Right): RepairedRow | undefined {
  const row = storedRow(mend.store, name);
  if (right.is === 'row') {
    if (row !== undefined && row !== 'damaged' && row.sequence === right.sequence) return undefined;
    mendRow(mend, batch, name, right);
    return { name, problem: problemOf(row), source: right.source, from: right.from, sequence: right.sequence };
  }
  if (right.is === 'absent') {
    if (row === undefined) return undefined;
    mendRow(mend, batch, name, undefined);
    const problem = 'it was there, although it had been removed or never was';
    return { name, problem, source: RecoverySource.JOURNAL, from: '', sequence: right.sequence };
  }
  if (row !== undefined && row !== 'damaged') return undefined;
  if (row === undefined) mendRow(mend, batch, name, 'lost');
  return {
    name,
    problem: `${problemOf(row)}; ${right.why}`,
    source: RecoverySource.UNSPECIFIED,
    from: '',
    sequence: 0,
  };
}

function problemOf(row: Row | 'damaged' | undefined): string {
  if (row === undefined) return 'it had vanished';
  return row === 'damaged' ? 'it failed its checksum' : `it was that of sequence ${row.sequence}`;
}

function distinct(names: readonly RowName[]): RowName[] {
  return [...new Map(names.map((name) => [nameOf(name), name])).values()];
}
