/**
 * What is known of the calls that ended: how many, how well, how fast.
 *
 * Boundary: figures alone; what a call is and how it ended is said by whoever serves it.
 *
 * F1. To count a call costs no allocation and no clock: the ring of the last times is sorted only when somebody asks.
 */
import type { CallStatus } from '../../gen/holdfast/v1/system';

/** A unary call that takes longer is slow, in milliseconds (the description of the original system). */
export const SLOW_CALL_MS = 100;
/** Times that the 99th percentile is of. */
const RING = 1000;

/** How a call ended: OK; turned down; or with a fault of the server. */
export type CallOutcome = 'ok' | 'refused' | 'error';

export class CallFigures {
  private calls = 0;
  private errors = 0;
  private refused = 0;
  private slow = 0;
  /** Unary calls that did not wait, and the sum of their times. */
  private timed = 0;
  private timedMs = 0;
  private readonly ring = new Float64Array(RING);

  /** A call has ended. `tookMs` is undefined for a stream, and for a call that may wait. Gives whether it was slow. */
  ended(outcome: CallOutcome, tookMs: number | undefined): boolean {
    this.calls++;
    if (outcome === 'error') this.errors++;
    else if (outcome === 'refused') this.refused++;
    if (tookMs === undefined) return false;
    this.ring[this.timed % RING] = tookMs;
    this.timed++;
    this.timedMs += tookMs;
    const isSlow = tookMs > SLOW_CALL_MS;
    if (isSlow) this.slow++;
    return isSlow;
  }

  /** The figures now. */
  get status(): CallStatus {
    const { calls, errors, refused, slow, timed, timedMs } = this;
    return {
      calls,
      errors,
      refused,
      slow,
      meanMicros: timed === 0 ? 0 : Math.round((timedMs / timed) * 1000),
      p99Micros: Math.round(this.p99Ms() * 1000),
      errorRate: calls === 0 ? 0 : errors / calls,
    };
  }

  private p99Ms(): number {
    const count = Math.min(this.timed, RING);
    if (count === 0) return 0;
    const sorted = this.ring.slice(0, count).sort();
    return sorted[Math.ceil(count * 0.99) - 1]!;
  }
}
