import { setTimeout } from 'node:timers/promises';

/** Sleeps shorter than this are not worth a timer, in milliseconds. */
const SLEEP_MIN_MS = 4;

/** Holds work to so many bytes a second, and ends it when it is no longer wanted. */
export class Pace {
  /** When what was taken so far may have been done, in milliseconds. */
  private dueMs = 0;

  constructor(
    private readonly bytesPerSecond: number,
    /** What stops it: `take` rejects with its reason. */
    readonly signal?: AbortSignal,
  ) {}

  /** Resolves when `bytes` more may be done. What was not taken in time is not saved up. */
  async take(bytes: number): Promise<void> {
    this.signal?.throwIfAborted();
    const now = performance.now();
    this.dueMs = Math.max(this.dueMs, now) + (bytes / this.bytesPerSecond) * 1000;
    const early = this.dueMs - now;
    if (early >= SLEEP_MIN_MS) await setTimeout(early, undefined, this.signal && { signal: this.signal });
  }
}

/** No bound. */
export const unpaced = new Pace(Infinity);
