// In which order unfinished tasks can be worked on.

import { compareClaims } from '../../engine/query/order';
import type { ClaimKey } from '../../engine/query/order';

/** A task, and which others of the same list come before it. */
export interface Orderable {
  readonly id: string;
  readonly key: ClaimKey;
  /** Ids; those that are not in the list do not count. */
  readonly after: readonly string[];
}

/** What others wait for comes first; among those that can be next, the order of claiming decides. What waits in a circle comes last, in that order. */
export function workOrder<Each extends Orderable>(all: readonly Each[]): Each[] {
  const waiting = new Map<string, number>();
  const followers = new Map<string, Each[]>();
  const known = new Set(all.map(({ id }) => id));
  for (const each of all) {
    const before = new Set(each.after.filter((id) => known.has(id) && id !== each.id));
    waiting.set(each.id, before.size);
    for (const id of before) {
      const list = followers.get(id);
      if (list) list.push(each);
      else followers.set(id, [each]);
    }
  }
  const next = new Next<Each>();
  for (const each of all) if (waiting.get(each.id) === 0) next.add(each);
  const ordered: Each[] = [];
  for (let first = next.take(); first; first = next.take()) {
    ordered.push(first);
    for (const follower of followers.get(first.id) ?? []) {
      const left = waiting.get(follower.id)! - 1;
      waiting.set(follower.id, left);
      if (left === 0) next.add(follower);
    }
  }
  if (ordered.length === all.length) return ordered;
  const placed = new Set(ordered);
  return [...ordered, ...all.filter((each) => !placed.has(each)).sort(inClaimOrder)];
}

function inClaimOrder(a: Orderable, b: Orderable): number {
  return compareClaims(a.key, b.key);
}

/** A binary heap in the order of claiming. */
class Next<Each extends Orderable> {
  private readonly heap: Each[] = [];

  add(each: Each): void {
    const { heap } = this;
    let at = heap.push(each) - 1;
    for (let up = (at - 1) >> 1; at > 0 && inClaimOrder(heap[at]!, heap[up]!) < 0; up = (at - 1) >> 1) {
      this.swap(at, up);
      at = up;
    }
  }

  take(): Each | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && inClaimOrder(heap[child]!, heap[least]!) < 0) least = child;
      }
      if (least === at) return first;
      this.swap(at, least);
      at = least;
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  }
}
