import { derive } from '../../domain/derive';
import type { Derived } from '../../domain/derive';
import type { Row } from '../../domain/view';
import type { Change, Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { entityHash, rowCrc } from '../entity-hash';

/** What one change does to the state. It follows from the change and its sequence alone, so it can be worked out once, by
 *  whoever needs it first: the committer lays it over the state, the state writes it. */
export interface Effect {
  readonly change: Change;
  readonly entityHash: number;
  /** The row after it; undefined when removed. */
  readonly row: Row | undefined;
  readonly derived: Derived;
}

export function effectOf(change: Change, sequence: number): Effect {
  const { kind, project, id, image, removed } = change;
  const hash = entityHash(kind, project, id);
  const row = removed ? undefined : { sequence, image, crc: rowCrc(hash, sequence, image) };
  return { change, entityHash: hash, row, derived: derive(change) };
}

/** A record's effects, one for each change, in order. */
export function effectsOf(record: JournalRecord): Effect[] {
  return record.changes.map((change) => effectOf(change, record.sequence));
}
