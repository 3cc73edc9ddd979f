/** Where time comes from; tests hold the hands. */
export interface Clock {
  /** Wall clock in milliseconds since 1970. May jump. */
  wallMs(): number;
  /** Monotonic milliseconds from an arbitrary start. Never runs back; stands still while the machine sleeps or not. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** The most that journal time moves in one step, in milliseconds (design/architecture: a paused process must not expire
 *  every lease at once). */
const STEP_MAX_MS = 200;
/** How often it moves without being read, in milliseconds: shorter than the step, so that an idle server keeps pace. */
const TICK_MS = 100;

/**
 * Journal time: never runs back, never jumps.
 *
 * K1. It starts at max(last record's time, wall clock).
 * K2. Each step adds the monotonic time since the last step, at most 200 ms: a server that was frozen for an hour goes on
 *     where it was, and the wall clock's jumps are not seen at all.
 */
export class JournalClock {
  private time: number;
  private last: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly clock: Clock,
    lastRecordMs: number,
  ) {
    this.time = Math.max(lastRecordMs, clock.wallMs());
    this.last = clock.monotonicMs();
  }

  /** Journal time in whole milliseconds since 1970. */
  nowMs(): number {
    const monotonic = this.clock.monotonicMs();
    this.time += Math.min(Math.max(monotonic - this.last, 0), STEP_MAX_MS);
    this.last = monotonic;
    return Math.floor(this.time);
  }

  /** Ticks until `stop`, so that time passes while no command comes. */
  start(): void {
    this.timer ??= setInterval(() => this.nowMs(), TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
