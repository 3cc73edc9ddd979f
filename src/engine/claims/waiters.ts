import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { requestKey } from '../overlay';
import type { Shelf } from './shelf';
import type { Waiter } from './waiter';

/** The claims that stand in line, in the order of their arrival. */
export class Waiters {
  private readonly all = new Set<Waiter>();
  private readonly byRequest = new Map<string, Set<Waiter>>();

  constructor(private readonly shelf: Shelf) {}

  get size(): number {
    return this.all.size;
  }

  [Symbol.iterator](): Iterator<Waiter> {
    return this.all.values();
  }

  add(waiter: Waiter): void {
    waiter.inLine = true;
    this.all.add(waiter);
    for (const slot of waiter.slots) this.shelf.join(slot, waiter);
    const key = keyOf(waiter);
    if (key === undefined) return;
    const twins = this.byRequest.get(key);
    if (twins) twins.add(waiter);
    else this.byRequest.set(key, new Set([waiter]));
  }

  remove(waiter: Waiter): void {
    waiter.inLine = false;
    this.all.delete(waiter);
    for (const slot of waiter.slots) this.shelf.leave(slot, waiter);
    const key = keyOf(waiter);
    if (key === undefined) return;
    const twins = this.byRequest.get(key);
    twins?.delete(waiter);
    if (twins?.size === 0) this.byRequest.delete(key);
  }

  /** Those whose request the record has answered. */
  answeredBy({ principal, requestId }: JournalRecord): Waiter[] {
    if (requestId.length === 0 || this.byRequest.size === 0) return [];
    return [...(this.byRequest.get(requestKey(principal, requestId)) ?? [])];
  }
}

function keyOf({ waiting: { command } }: Waiter): string | undefined {
  const { requestId, caller } = command;
  return requestId && requestKey(caller.principal, requestId);
}
