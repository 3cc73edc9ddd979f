/**
 * Reads what a window lacks from one snapshot of the state.
 *
 * F1. What is given of a band is complete: every task behind the bound that the demand takes, up to the new bound.
 * F2. Of tasks whose `not_before` lies ahead a stretch is read, not all: a million of them do not stand before those that are due.
 */
import { indexedOf } from '../../domain/indexed';
import { TaskState } from '../../gen/holdfast/v1/task';
import { stateCursor } from '../../storage/state/scan-ranges';
import type { ScanRange, StateSnapshot } from '../../storage/state/state';
import { claimKeyOf, compareClaims } from '../query/order';
import type { ClaimKey } from '../query/order';
import type { Demand } from './demand';
import { dueCount, mayHaveMore, PRIORITIES } from './window';
import type { Bound, LoadedBand } from './window';

/** Tasks that one load adds to a window: some 8 ms of reading, for as many claims. */
export const LOADED_KEYS = 512;
/** Tasks ahead in time that one load reads of a band. */
const AHEAD_ROWS = 256;
/** Tasks of one agent that one load adds to a band of its window. */
const LOADED_PERSONAL_KEYS = 128;
/** Above any time that a key holds. */
const TIME_MAX = 0xffff_ffff_ffff;

type StateRange = Extract<ScanRange, { by: 'state' }>;

/** Reads on behind the bounds of a window, which are by priority from 1. `first`: the priority at which it lacks something. */
export function loadBands(
  snapshot: StateSnapshot,
  demand: Demand,
  bounds: readonly Bound[],
  first: number,
  nowMs: number,
): Promise<LoadedBand[]> {
  if (demand.assignee !== '') return loadAssigned(snapshot, demand, bounds);
  return new QueueLoad(snapshot, demand, bounds, nowMs).from(first);
}

/** The tasks of a queue, which the state has in the order of claiming. */
class QueueLoad {
  private readonly loaded: LoadedBand[] = [];
  private readonly range: StateRange & { readonly queue: string };

  constructor(
    private readonly snapshot: StateSnapshot,
    private readonly demand: Demand,
    private readonly bounds: readonly Bound[],
    private readonly nowMs: number,
  ) {
    const { project, queue } = demand;
    this.range = { by: 'state', project, state: TaskState.PENDING, held: false, queue };
  }

  async from(first: number): Promise<LoadedBand[]> {
    let found = 0;
    for (let priority = first; priority <= PRIORITIES && found < LOADED_KEYS;) {
      const from = this.bounds[priority - 1]!;
      if (!mayHaveMore(from, this.nowMs)) {
        priority++;
        continue;
      }
      const { band, next } = await this.band(priority, from as ClaimKey);
      this.loaded.push(band);
      found += dueCount(band.keys, this.nowMs);
      if (next === undefined) {
        priority++;
        continue;
      }
      for (let empty = priority + 1; empty < next; empty++) this.isEmpty(empty);
      priority = next;
    }
    return this.loaded;
  }

  /** A stretch of a band. `next`: the priority of the first task behind it, if the band was read to its end; one too many for none. */
  private async band(priority: number, from: ClaimKey): Promise<{ band: LoadedBand; next: number | undefined }> {
    const keys: ClaimKey[] = [];
    let ahead = 0;
    for await (const { id, row, held } of this.snapshot.scan(this.range, { after: this.cursor(from) })) {
      const indexed = indexedOf(row.image);
      if (indexed.priority !== priority)
        return { band: { priority, from, bound: 'all', keys }, next: indexed.priority };
      const key = this.demand.keyOf(id, row.image, held === true, indexed);
      if (key) keys.push(key);
      const place = key ?? claimKeyOf(indexed, id);
      if (place.notBeforeMs > this.nowMs) ahead++;
      if (keys.length >= LOADED_KEYS || ahead >= AHEAD_ROWS) {
        return { band: { priority, from, bound: place, keys }, next: undefined };
      }
    }
    return { band: { priority, from, bound: 'all', keys }, next: PRIORITIES + 1 };
  }

  /** A scan has passed a band: nothing is left in it. */
  private isEmpty(priority: number): void {
    const from = this.bounds[priority - 1]!;
    if (from !== 'all') this.loaded.push({ priority, from, bound: 'all', keys: [] });
  }

  private cursor(from: ClaimKey): string | undefined {
    if (from.notBeforeMs >= 0) return stateCursor(this.range, this.range.queue, from);
    if (from.priority === 1) return undefined;
    // The start of a band is the end of the one before.
    const end = { priority: from.priority - 1, notBeforeMs: TIME_MAX, createTimeMs: TIME_MAX, id: '' };
    return stateCursor(this.range, this.range.queue, end);
  }
}

/** The tasks of an agent, which the state has in the order of their ids: all are read, and the first of each band kept. */
async function loadAssigned(snapshot: StateSnapshot, demand: Demand, bounds: readonly Bound[]): Promise<LoadedBand[]> {
  const bands = bounds.map((): Stretch => ({ keys: [], bound: 'all' }));
  const { project, assignee } = demand;
  for await (const { id, row, held } of snapshot.scan({ by: 'assignee', project, assignee }, { withHeld: true })) {
    const key = demand.keyOf(id, row.image, held === true);
    if (!key) continue;
    const band = bands[key.priority - 1]!;
    const from = bounds[key.priority - 1]!;
    if (from === 'all' || compareClaims(key, from) <= 0) continue;
    band.keys.push(key);
    if (band.keys.length >= 2 * LOADED_PERSONAL_KEYS) cut(band);
  }
  return bands.flatMap((band, i) => {
    const from = bounds[i]!;
    if (from === 'all') return [];
    cut(band);
    return { priority: i + 1, from, ...band };
  });
}

/** What has been found of a band. */
interface Stretch {
  readonly keys: ClaimKey[];
  bound: Bound;
}

/** Keeps the first keys of a band. */
function cut(band: Stretch): void {
  band.keys.sort(compareClaims);
  if (band.keys.length <= LOADED_PERSONAL_KEYS) return;
  band.keys.length = LOADED_PERSONAL_KEYS;
  band.bound = band.keys.at(-1)!;
}
