/** Puts one damaged row back. */
import { indexEntries } from '../../domain/derive';
import { indexedOf, isHeld } from '../../domain/indexed';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Change, Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { entityHash, rowCrc } from '../entity-hash';
import { after } from './key-bytes';
import * as keys from './keys';
import type { LevelStore, WriteBatch } from './level-store';
import { EMPTY } from './staging';
import { DamagedRow } from './state';
import * as values from './values';

/**
 * Writes the row and its index entries as the change left them. A row that reads well and is newer stays. The applied mark,
 * the digest and the counts stay too: they say what ought to be there. When it resolves the row reads well; it survives
 * power loss with the next state checkpoint, before it by being healed again. False: the row itself was whole already.
 */
export async function healRow(
  store: LevelStore,
  record: Pick<JournalRecord, 'sequence'>,
  change: Change,
): Promise<boolean> {
  const { kind } = change;
  const stored = sequenceOf(store, change);
  if (stored > record.sequence) return false;
  // A chained batch would stay open over the sweep's waits and slow all writes (L4).
  const batch = store.array();
  if (change.removed) {
    batch.del(keys.rowKey(change.kind, change.project, change.id));
    await sweepEntries(store, batch, change);
  } else {
    putRow(batch, record.sequence, change, kind === EntityKind.TASK && isHeldNow(store, change));
  }
  await batch.write();
  return stored !== (change.removed ? ABSENT : record.sequence);
}

/** The stored row's sequence. */
function sequenceOf(store: LevelStore, { kind, project, id }: Change): number {
  const value = store.get(keys.rowKey(kind, project, id));
  if (value === undefined) return ABSENT;
  try {
    return values.parseRow(kind, project, id, value).sequence;
  } catch (error) {
    if (error instanceof DamagedRow) return DAMAGED;
    throw error;
  }
}

const ABSENT = 0;
const DAMAGED = -1;

function putRow(batch: WriteBatch, sequence: number, { kind, project, id, image }: Change, held: boolean): void {
  const crc = rowCrc(entityHash(kind, project, id), sequence, image);
  batch.put(keys.rowKey(kind, project, id), values.rowValue(sequence, image, crc));
  const indexed = indexedOf(image, kind);
  indexed.held = held;
  for (const entry of indexEntries(kind, indexed)) {
    const key = keys.indexKey(entry, kind, project, id);
    batch.put(key, entry.index === 'external' ? values.externalValue(key, id) : EMPTY);
  }
}

/** What the task's graph row says, which may be newer than the change. If it is damaged too, what was so at the change: the
 *  listing that meets the entry heals the graph row and checks it. */
function isHeldNow(store: LevelStore, { project, id, held }: Change): boolean {
  const value = store.get(keys.rowKey(EntityKind.TASK_GRAPH, project, id));
  if (value === undefined) return false;
  try {
    return isHeld(values.parseRow(EntityKind.TASK_GRAPH, project, id, value).image);
  } catch (error) {
    if (error instanceof DamagedRow) return held;
    throw error;
  }
}

/** Deletes every index entry that names a row which is gone. Only a stale entry leads to one, and no record says which: all
 *  are looked at, about a second for a million tasks. */
async function sweepEntries(store: LevelStore, batch: WriteBatch, change: Change): Promise<void> {
  const snapshot = store.snapshot();
  try {
    for (const table of [
      keys.TABLE_STATE,
      keys.TABLE_ASSIGNEE,
      keys.TABLE_PARENT,
      keys.TABLE_TIMER,
      keys.TABLE_MAILBOX,
      keys.TABLE_LINE,
      keys.TABLE_AGENT,
    ]) {
      const gte = Buffer.from([table]);
      for await (const chunk of store.chunks(snapshot, { gte, lt: after(gte) }, SWEEP_CHUNK, false)) {
        for (const [key] of chunk) {
          const name = keys.parseIndexKey(key);
          if (name.kind === change.kind && name.project === change.project && name.id === change.id) batch.del(key);
        }
      }
    }
  } finally {
    await snapshot.close();
  }
}

/** Index entries read at a time. */
const SWEEP_CHUNK = 1024;
