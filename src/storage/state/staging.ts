/**
 * From records to what LevelDB is told: rows, index entries, request ids and the applied mark, in one batch.
 *
 * G1. It reads nothing: every key and value follows from the records. Staged twice, the same batch comes out.
 * G2. Changes are staged in the order in which they were decided: the last one of a key wins.
 */
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { effectsOf } from './effect';
import type { Effect } from './effect';
import * as keys from './keys';
import type { WriteBatch } from './level-store';
import { RequestSums } from './request-sums';
import * as values from './values';

/** What a staged record does besides: folded in when its batch is written. */
export interface Staged {
  readonly record: JournalRecord;
  readonly effects: readonly Effect[];
  /** The checksum of the request id's entry; undefined without a request id. */
  readonly requestCrc: number | undefined;
}

/** Puts a record's whole effect into the batch. */
export function stageRecord(
  batch: WriteBatch,
  record: JournalRecord,
  effects: readonly Effect[] = effectsOf(record),
): Staged {
  for (const effect of effects) stageEffect(batch, effect);
  return { record, effects, requestCrc: stageRequest(batch, record) };
}

/** Puts the applied mark into the batch. */
export function stageApplied(batch: WriteBatch, sequence: number): void {
  batch.put(keys.APPLIED_KEY, values.appliedValue(sequence));
}

function stageEffect(batch: WriteBatch, { change, row, derived }: Effect): void {
  const { kind, project, id } = change;
  const rowKey = keys.rowKey(kind, project, id);
  if (row) batch.put(rowKey, values.rowValue(row.sequence, row.image, row.crc));
  else batch.del(rowKey);
  for (const entry of derived.remove) batch.del(keys.indexKey(entry, kind, project, id));
  for (const entry of derived.put) {
    const key = keys.indexKey(entry, kind, project, id);
    batch.put(key, entry.index === 'external' ? values.externalValue(key, id) : EMPTY);
  }
}

function stageRequest(batch: WriteBatch, record: JournalRecord): number | undefined {
  if (record.requestId.length === 0) return undefined;
  const key = keys.requestKey(RequestSums.of(record.timeMs), record.principal, record.requestId);
  const value = values.requestValue(key, record.sequence, record.requestHash);
  batch.put(key, value);
  return values.requestCrc(value);
}

/** The value of index entries whose key says it all. */
export const EMPTY = Buffer.alloc(0);
