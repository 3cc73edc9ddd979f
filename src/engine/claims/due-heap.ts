/** Things that have a time, earliest first. What is no longer wanted stays until its time: whoever takes it looks again. */
export class DueHeap<Thing> {
  private heap: { readonly timeMs: number; readonly thing: Thing }[] = [];

  get size(): number {
    return this.heap.length;
  }

  /** The earliest time, in milliseconds since 1970; undefined when it is empty. */
  get nextMs(): number | undefined {
    return this.heap[0]?.timeMs;
  }

  add(timeMs: number, thing: Thing): void {
    const { heap } = this;
    let at = heap.length;
    const added = { timeMs, thing };
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (heap[parent]!.timeMs <= timeMs) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = added;
  }

  /** Takes the earliest thing if its time has come. */
  takeDue(nowMs: number): Thing | undefined {
    const { heap } = this;
    const first = heap[0];
    if (!first || first.timeMs > nowMs) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) this.sink(last);
    return first.thing;
  }

  /** Lets go of what is not wanted any more. */
  keep(wanted: (thing: Thing) => boolean): void {
    const kept = this.heap.filter(({ thing }) => wanted(thing));
    // What is in order is a heap.
    kept.sort((a, b) => a.timeMs - b.timeMs);
    this.heap = kept;
  }

  private sink(moved: { readonly timeMs: number; readonly thing: Thing }): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.timeMs < heap[child]!.timeMs) child++;
      if (heap[child]!.timeMs >= moved.timeMs) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = moved;
  }
}
