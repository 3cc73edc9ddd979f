// The tasks that a filter selects, for work on all of them.

import type { Filter } from '../../domain/query/filter';
import type { ResolveExternalId } from '../../domain/query/query-row';
import type { ScannedRow, StateSnapshot } from '../../storage/state/state';
import type { Order } from './order';
import { formatPlace, parsePlace } from './place';
import { planOf } from './plan';
import { QueryScan } from './scan';

/** Tasks that are read between two tellings of how far a scan has come. */
const TOLD_EVERY = 1000;

/** Where tasks are looked for, and by whose external ids. */
export interface Selection {
  readonly project: string;
  readonly filter: Filter;
  /** Journal time, which decides what is ready. */
  readonly nowMs: number;
  readonly resolve: ResolveExternalId;
  /** Undefined: the order of the index that is read. */
  readonly order?: Order | undefined;
}

export interface Selected {
  /** Undefined: none for a while; the place says how far the scan has come. */
  readonly scanned: ScannedRow | undefined;
  /** Where to go on behind it, with the same selection, in this snapshot or a later one. */
  readonly place: string;
}

/**
 * The tasks that a filter selects, deleted ones left out, each once. A task that does not change meanwhile comes once too when
 * the scan goes on in a later snapshot. Refuses FIELD_INVALID for a place that is none of this selection.
 */
export async function* selectTasks(
  snapshot: StateSnapshot,
  { project, filter, nowMs, resolve, order }: Selection,
  after?: string,
): AsyncGenerator<Selected, void, undefined> {
  const plan = planOf({ project, filter, showDeleted: false, order }, resolve);
  const scan = new QueryScan(snapshot, plan, nowMs, resolve);
  let silent = 0;
  for await (const { scanned, matches, place } of scan.rows(after === undefined ? undefined : parsePlace(after))) {
    if (!matches && ++silent < TOLD_EVERY) continue;
    silent = 0;
    yield { scanned: matches ? scanned : undefined, place: formatPlace(place) };
  }
}
