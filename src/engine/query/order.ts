// In which order a listing comes, and how tasks compare in the order of claiming.

import { taskNumber } from '../../domain/derive';
import type { Indexed } from '../../gen/holdfast/journal/v1/journal';
import { fieldInvalid } from '../../domain/refusal';

export interface Order {
  readonly by: 'name' | 'priority';
  readonly descending: boolean;
}

/** Where a task stands in the order of claiming. */
export interface ClaimKey {
  readonly priority: number;
  readonly notBeforeMs: number;
  readonly createTimeMs: number;
  readonly id: string;
}

/** The order that `order_by` names; undefined for none. Refuses FIELD_INVALID. */
export function orderOf(text: string): Order | undefined {
  if (text.trim() === '') return undefined;
  const [, by, direction] = /^\s*(name|priority)(?:\s+(asc|desc))?\s*$/.exec(text) ?? [];
  if (by === 'name' || by === 'priority') return { by, descending: direction === 'desc' };
  throw fieldInvalid('order_by', 'must be name, name desc, priority or priority desc: only these have an index');
}

/** Times before 1970 count as its beginning, as in the keys of the state. */
export function claimKeyOf({ priority, notBeforeMs, createTimeMs }: Indexed, id: string): ClaimKey {
  return { priority, notBeforeMs: Math.max(notBeforeMs, 0), createTimeMs: Math.max(createTimeMs, 0), id };
}

/** Below 0 if `a` is claimed before `b`: by priority, not_before, age, and id. */
export function compareClaims(a: ClaimKey, b: ClaimKey): number {
  return (
    a.priority - b.priority ||
    a.notBeforeMs - b.notBeforeMs ||
    a.createTimeMs - b.createTimeMs ||
    compareIds(a.id, b.id)
  );
}

/** As the keys of the state sort: t1, t2, … t10 first, then the others by their bytes, which are ASCII. */
function compareIds(a: string, b: string): number {
  const [first, second] = [taskNumber(a), taskNumber(b)];
  if (first > 0 && second > 0) return first - second;
  if (first > 0 || second > 0) return first > 0 ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
