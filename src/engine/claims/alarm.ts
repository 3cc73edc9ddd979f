import { DueHeap } from './due-heap';

/** The longest that a timer is set for, in milliseconds: journal time may lag behind a timer, which then is set again. */
const TIMER_MAX_MS = 60_000;

/** Things that may be kept beyond those that are wanted. */
const UNWANTED_MAX = 1024;

/** One timer for all that waits for journal time. */
export class Alarm<Thing> {
  private readonly heap = new DueHeap<Thing>();
  private timer: NodeJS.Timeout | undefined;
  /** The time for which the timer is set. */
  private setForMs = Number.POSITIVE_INFINITY;
  private stopped = false;

  /** `ring` gets what is due, earliest first; it may set the alarm anew. */
  constructor(
    private readonly nowMs: () => number,
    private readonly ring: (due: readonly Thing[]) => void,
  ) {}

  /** Rings for the thing at this journal time or soon after, once. */
  set(timeMs: number, thing: Thing): void {
    this.heap.add(timeMs, thing);
    this.arm();
  }

  /** Rings for what is due. The timer does it; so may whoever moves the clock. */
  look(): void {
    const nowMs = this.nowMs();
    const due: Thing[] = [];
    for (let thing = this.heap.takeDue(nowMs); thing !== undefined; thing = this.heap.takeDue(nowMs)) due.push(thing);
    if (due.length > 0) this.ring(due);
    this.arm();
  }

  /** Lets go of what nobody waits for any more, if that is most of what it has. `count`: how many things are wanted, about. */
  tidy(count: number, wanted: (thing: Thing) => boolean): void {
    if (this.heap.size > 2 * count + UNWANTED_MAX) this.heap.keep(wanted);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private arm(): void {
    const { nextMs } = this.heap;
    if (this.stopped || nextMs === undefined || nextMs >= this.setForMs) return;
    clearTimeout(this.timer);
    this.setForMs = nextMs;
    const waitMs = Math.min(Math.max(nextMs - this.nowMs(), 1), TIMER_MAX_MS);
    this.timer = setTimeout(() => {
      this.setForMs = Number.POSITIVE_INFINITY;
      this.look();
    }, waitMs).unref();
  }
}
