/**
 * A view of the state that stands still.
 *
 * V1. All that it gives is of one sequence, which it read from LevelDB itself: a batch in flight is in it whole or not at all.
 * V2. A row behind an index entry that is missing or damaged throws `DamagedRow`: a listing is never short in silence.
 * V3. An entry that its row does not bear out is left out of the listing and reported: the row is checked, the entry not.
 */
import type { Snapshot } from 'classic-level';
import { indexEntries } from '../../domain/derive';
import { indexedOf } from '../../domain/indexed';
import type { Row } from '../../domain/view';
import type { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import * as keys from './keys';
import type { LevelStore } from './level-store';
import { cursorOf, scanKeys } from './scan-ranges';
import type { ScannedRow, ScanRange, StateSnapshot } from './state';
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

  async *scan(range: ScanRange, after?: string): AsyncIterable<ScannedRow> {
    const { range: bounds, rows } = scanKeys(range, after);
    for await (const chunk of this.store.chunks(this.snapshot, bounds, FIRST_CHUNK, rows)) {
      if (rows) {
        for (const [key, value] of chunk) {
          const name = keys.parseRowKey(key);
          yield { ...name, row: parseRow(name.kind, name.project, name.id, value), cursor: cursorOf(key) };
        }
      } else yield* this.rowsBehind(chunk.map(([key]) => key));
    }
  }

  async row(kind: EntityKind, project: string, id: string): Promise<Row | undefined> {
    const [value] = await this.store.getManyAt(this.snapshot, [Buffer.from(keys.rowKey(kind, project, id))]);
    return value && parseRow(kind, project, id, value);
  }

  async close(): Promise<void> {
    await this.snapshot.close();
  }

  private async *rowsBehind(entries: readonly Buffer[]): AsyncIterable<ScannedRow> {
    const names = entries.map((key) => keys.parseIndexKey(key));
    const rowKeys = names.map(({ kind, project, id }) => Buffer.from(keys.rowKey(kind, project, id)));
    const found = await this.store.getManyAt(this.snapshot, rowKeys);
    for (const [i, entry] of entries.entries()) {
      const name = names[i] as keys.RowName;
      const value = found[i];
      if (value === undefined) throw new DamagedRow(name.kind, name.project, name.id);
      const row = parseRow(name.kind, name.project, name.id, value);
      if (bearsOut(name, row, entry)) yield { ...name, row, cursor: cursorOf(entry) };
      else this.onStaleEntry(name);
    }
  }
}

/** Whether the row has this index entry. */
function bearsOut({ kind, project, id }: keys.RowName, row: Row, key: Buffer): boolean {
  const entries = indexEntries(kind, indexedOf(row.image, kind));
  return entries.some((entry) => keys.indexKey(entry, kind, project, id).equals(key));
}
