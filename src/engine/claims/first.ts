import { compareClaims } from '../query/order';
import type { Slot } from './waiter';

export interface First {
  /** Ids of tasks, in the order of claiming. */
  readonly ids: readonly string[];
  /** There is none that is not known: no ids means that there is nothing. */
  readonly complete: boolean;
}

/** The first tasks of some windows together, without a gap: those behind the end of what one of them knows are left out. */
export function firstOf(slots: readonly Pick<Slot, 'window'>[], nowMs: number, count: number): First {
  const known = slots.map(({ window }) => window.first(nowMs, count));
  const edges = known.flatMap(({ edge }) => edge ?? []).sort(compareClaims);
  const [edge] = edges;
  const keys = known.flatMap((each) => each.keys);
  if (known.length > 1) keys.sort(compareClaims);
  const sure = edge ? keys.filter((key) => compareClaims(key, edge) <= 0) : keys;
  return { ids: sure.slice(0, count).map(({ id }) => id), complete: edge === undefined };
}
