/**
 * A view of the state that stands still.
 *
 * V1. All that it gives is of one sequence, which it read from LevelDB itself: a batch in flight is in it whole or not at all.
 * V2. A row behind an index entry that is missing or damaged throws `DamagedRow`: a listing is never short in silence.
 * V3. An entry that its row does not bear out is left out of the listing and reported: the row is checked, the entry not.
 */
import type { Snapshot } from 'classic-level';
import { indexEntries } from '../../domain/derive';
import { indexedOf, isHeld } from '../../domain/indexed';
import type { Row } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import { after } from './key-bytes';
import * as keys from './keys';
import type { Entry, KeyRange, LevelStore } from './level-store';
import { cursorOf, scanKeys } from './scan-ranges';
import type { ScannedRow, ScanOptions, ScanRange, StateSnapshot } from './state';
import { DamagedRow, StateUnusable } from './state';
import { parseApplied, parseRow } from './values';

/** Called with the row whose index entry is stale. */
export type OnStaleEntry = (row: keys.RowName) => void;

/** Entries of the first chunk of a listing: a page of the default size in one read. */
const FIRST_CHUNK = 64;

export class LevelSnapshot implements StateSnapshot {
  readonly sequence: number;
  private readonly snapshot: Snapshot;

  constructor(
    private readonly store: LevelStore,
    private readonly onStaleEntry: OnStaleEntry,
  ) {
    this.snapshot = store.snapshot();
    const value = store.getAt(this.snapshot, keys.APPLIED_KEY);
    const applied = value === undefined ? 0 : parseApplied(value);
    if (applied === undefined) {
      void this.snapshot.close();
      throw new StateUnusable('the applied mark fails its checksum');
    }
    this.sequence = applied;
  }

  async *scan(range: ScanRange, options: ScanOptions = {}): AsyncIterable<ScannedRow> {
    const { range: bounds, rows } = scanKeys(range, options);
    for await (const chunk of this.store.chunks(this.snapshot, bounds, FIRST_CHUNK, rows)) {
      if (rows) yield* this.rowsThemselves(chunk, options.withHeld === true);
      else
        yield* this.rowsBehind(
          chunk.map(([key]) => key),
          options.withHeld === true || range.by === 'state',
        );
    }
  }

  async *queues(project: string, state: number, held: boolean): AsyncIterable<string> {
    const all = Buffer.from(keys.statePrefix(project, state, held));
    const lt = after(all);
    for (let gte: Buffer = all; ;) {
      const queue = await this.firstQueue({ gte, lt });
      if (queue === undefined) return;
      yield queue;
      gte = after(keys.statePrefix(project, state, held, queue));
    }
  }

  async row(kind: EntityKind, project: string, id: string): Promise<Row | undefined> {
    const [value] = await this.store.getManyAt(this.snapshot, [Buffer.from(keys.rowKey(kind, project, id))]);
    return value && parseRow(kind, project, id, value);
  }

  rowNow(kind: EntityKind, project: string, id: string): Row | undefined {
    const value = this.store.getAt(this.snapshot, keys.rowKey(kind, project, id));
    return value && parseRow(kind, project, id, value);
  }

  async close(): Promise<void> {
    await this.snapshot.close();
  }

  private async firstQueue(range: KeyRange): Promise<string | undefined> {
    for await (const [first] of this.store.chunks(this.snapshot, range, 1, false)) {
      return first && keys.parseStateKey(first[0]).queue;
    }
    return undefined;
  }

  private async *rowsThemselves(chunk: readonly Entry[], withHeld: boolean): AsyncIterable<ScannedRow> {
    const found = chunk.map(([key, value]) => {
      const name = keys.parseRowKey(key);
      const row = parseRow(name.kind, name.project, name.id, value);
      return { ...name, row, cursor: cursorOf(key) };
    });
    const held = withHeld ? await this.heldOf(found) : undefined;
    for (const [i, each] of found.entries()) yield { ...each, held: held?.[i] };
  }

  private async *rowsBehind(entries: readonly Buffer[], withHeld: boolean): AsyncIterable<ScannedRow> {
    const names = entries.map((key) => keys.parseIndexKey(key));
    const rowKeys = names.map(({ kind, project, id }) => Buffer.from(keys.rowKey(kind, project, id)));
    const found = await this.store.getManyAt(this.snapshot, rowKeys);
    const rows = names.map(({ kind, project, id }, i) => {
      const value = found[i];
      if (value === undefined) throw new DamagedRow(kind, project, id);
      return { kind, project, id, row: parseRow(kind, project, id, value) };
    });
    const held = withHeld ? await this.heldOf(rows) : undefined;
    for (const [i, entry] of entries.entries()) {
      const each = rows[i]!;
      if (bearsOut(each, entry, held?.[i] === true)) yield { ...each, cursor: cursorOf(entry), held: held?.[i] };
      else this.onStaleEntry(each);
    }
  }

  /** Whether each row is of a PENDING task that is held back, by the graph rows. */
  private async heldOf(rows: readonly FoundRow[]): Promise<readonly boolean[]> {
    const pending = rows.map(({ kind, row }) => kind === EntityKind.TASK && isPending(row.image));
    const asked = rows.filter((_, i) => pending[i]);
    const graphKeys = asked.map(({ project, id }) => Buffer.from(keys.rowKey(EntityKind.TASK_GRAPH, project, id)));
    const values = graphKeys.length === 0 ? [] : await this.store.getManyAt(this.snapshot, graphKeys);
    let at = 0;
    return rows.map(({ project, id }, i) => {
      const value = pending[i] ? values[at++] : undefined;
      return value !== undefined && isHeld(parseRow(EntityKind.TASK_GRAPH, project, id, value).image);
    });
  }
}

interface FoundRow extends keys.RowName {
  readonly row: Row;
}

function isPending(image: Uint8Array): boolean {
  return indexedOf(image).state === TaskState.PENDING;
}

/** Whether the row has this index entry. */
function bearsOut({ kind, project, id, row }: FoundRow, key: Buffer, held: boolean): boolean {
  const indexed = indexedOf(row.image, kind);
  indexed.held = held;
  return indexEntries(kind, indexed).some((entry) => keys.indexKey(entry, kind, project, id).equals(key));
}
