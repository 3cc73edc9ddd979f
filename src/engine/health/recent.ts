/**
 * What happened lately: figures of now against those of some minutes ago. A fault of last week must not keep a server unwell, and
 * a burst of a second must not be thinned out by a year of good service.
 */
import type { ServerStatus } from '../../gen/holdfast/v1/system';

/** How far back it reaches, in milliseconds: five looks of a minute. */
const REACH_MS = 5 * 60_000;

/** Counts of what happened lately. */
export interface Recent {
  /** For how long, in milliseconds. */
  readonly spanMs: number;
  readonly calls: number;
  readonly slow: number;
  readonly hits: number;
  readonly misses: number;
}

type Counts = Omit<Recent, 'spanMs'>;

export class RecentCounts {
  private readonly samples: { readonly atMs: number; readonly counts: Counts }[];

  /** `nowMs` is monotonic. Nothing has happened before it. */
  constructor(nowMs: number) {
    this.samples = [{ atMs: nowMs, counts: { calls: 0, slow: 0, hits: 0, misses: 0 } }];
  }

  /** Keeps the figures of now, to be compared with later ones. */
  keep(status: ServerStatus, nowMs: number): void {
    this.samples.push({ atMs: nowMs, counts: countsOf(status) });
    // One that is older than the reach stays: what lies between it and the next is not forgotten early.
    while (this.samples.length > 1 && this.samples[1]!.atMs <= nowMs - REACH_MS) this.samples.shift();
  }

  /** What happened between the oldest sample and now. */
  until(status: ServerStatus, nowMs: number): Recent {
    const { atMs, counts: before } = this.samples[0]!;
    const now = countsOf(status);
    return {
      spanMs: Math.max(0, nowMs - atMs),
      calls: now.calls - before.calls,
      slow: now.slow - before.slow,
      hits: now.hits - before.hits,
      misses: now.misses - before.misses,
    };
  }
}

function countsOf({ calls, cache }: ServerStatus): Counts {
  return { calls: calls?.calls ?? 0, slow: calls?.slow ?? 0, hits: cache?.hits ?? 0, misses: cache?.misses ?? 0 };
}
