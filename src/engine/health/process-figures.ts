/**
 * What the process takes: memory, processor, and how late its event loop is.
 *
 * P1. The delay is sampled only between `start` and `stop`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessStatus } from '../../gen/holdfast/v1/system';

/** How often the delay is sampled, in milliseconds: fifty wake-ups a second, a thousandth of a core. */
const RESOLUTION_MS = 20;
/** Samples below which the 99th percentile is but the worst of a few: two seconds. */
const SAMPLES_LEAST = 100;

export class ProcessFigures {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly startedMs = performance.now();
  private readonly startedCpu = process.cpuUsage();

  start(): void {
    this.delay.enable();
  }

  stop(): void {
    this.delay.disable();
  }

  /** The figures now; the delay is that since `look`. */
  get status(): ProcessStatus {
    const { user, system } = process.cpuUsage(this.startedCpu);
    const { rss, heapUsed } = process.memoryUsage();
    return {
      uptimeMs: Math.round(performance.now() - this.startedMs),
      rssBytes: rss,
      heapBytes: heapUsed,
      cpuMs: Math.round((user + system) / 1000),
      loopDelayP99Micros: this.delayMicros(),
    };
  }

  /** From here on the delay is measured anew. */
  look(): void {
    this.delay.reset();
  }

  /** A sample is the time from one wake-up to the next: what is above the resolution is the delay. 0 while too few are known. */
  private delayMicros(): number {
    if (this.delay.count < SAMPLES_LEAST) return 0;
    return Math.max(0, Math.round(this.delay.percentile(99) / 1000 - RESOLUTION_MS * 1000));
  }
}
