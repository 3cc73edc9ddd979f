/** Hands what a state holds to a builder of another one. */
import type { Snapshot } from 'classic-level';
import { isHeld } from '../../domain/indexed';
import type { Row } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { after } from './key-bytes';
import * as keys from './keys';
import type { KeyRange, LevelStore } from './level-store';
import type { NewestFirst } from './newest-first';
import { DamagedRow, StateUnusable } from './state';
import * as values from './values';

/** Entries read at a time at first. */
const CHUNK = 128;

/** Throws StateUnusable where a row or request id fails its checksum, and DamagedRow: the state is no base for another. With `only`, what it accepts by sequence,
 *  and what is damaged is left out. */
export async function pourRows(
  store: LevelStore,
  snapshot: Snapshot,
  fold: NewestFirst,
  only?: (sequence: number) => boolean,
): Promise<void> {
  const rows = { gte: Buffer.from([keys.TABLE_ROWS]), lt: Buffer.from([keys.TABLE_STATE]) };
  for await (const chunk of store.chunks(snapshot, rows, CHUNK)) {
    for (const [key, value] of chunk) {
      const name = keys.parseRowKey(key);
      const { kind, project, id } = name;
      const row = rowIn(name, value, only !== undefined);
      if (!row || (only && !only(row.sequence))) continue;
      // Without all records a second walk says what is held back.
      const held = !only && kind === EntityKind.TASK && isHeldIn(store, snapshot, project, id);
      fold.takeRow(name, row.sequence, row.image, held);
    }
    await fold.settle();
  }
  for await (const chunk of store.chunks(snapshot, table(keys.TABLE_REQUEST), CHUNK)) {
    for (const [key, value] of chunk) {
      const fact = values.parseRequest(key, value);
      if (!fact && !only) throw new StateUnusable('a request id fails its checksum');
      if (!fact || (only && !only(fact.sequence))) continue;
      fold.takeRequest(key, value);
    }
    await fold.settle();
  }
}

function rowIn({ kind, project, id }: keys.RowName, value: Buffer, lossy: boolean): Row | undefined {
  try {
    return values.parseRow(kind, project, id, value);
  } catch (error) {
    if (lossy && error instanceof DamagedRow) return undefined;
    throw error;
  }
}

function isHeldIn(store: LevelStore, snapshot: Snapshot, project: string, id: string): boolean {
  const value = store.getAt(snapshot, Buffer.from(keys.rowKey(EntityKind.TASK_GRAPH, project, id)));
  return value !== undefined && isHeld(values.parseRow(EntityKind.TASK_GRAPH, project, id, value).image);
}

function table(first: number): KeyRange {
  const gte = Buffer.from([first]);
  return { gte, lt: after(gte) };
}
