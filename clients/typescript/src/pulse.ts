// Something that is done over and over while something lives: heartbeats and renewals.
//
// B1. Two beats never overlap: the next one is set when the last one has ended.
// B2. A beat that fails because no server answers, or not in time, is done again, sooner than a beat. Any other failure ends the pulse.

import { Backoff } from './backoff';

/** Each wait is shorter than the period by up to this part, so that a thousand sessions do not beat together. */
const JITTER = 0.2;

/** How a pulse is told what to do. */
export interface PulseOptions {
  /** From the end of a beat to the next one, in milliseconds, less jitter. Asked before each wait. */
  readonly periodMs: () => number;
  readonly beat: () => Promise<void>;
  /** Hears what no further beat can mend; the pulse has ended. */
  readonly onEnd: (error: unknown) => void;
}

/** A pulse that beats until it is stopped. It does not keep the process alive. */
export class Pulse {
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  private stopped = false;
  private readonly backoff = new Backoff(Infinity);

  constructor(private readonly options: PulseOptions) {
    this.wait(this.periodMs());
  }

  /** Beats now, or joins the beat that is under way. Resolves when it has ended, however it ended. */
  now(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    clearTimeout(this.timer);
    return (this.beating ??= this.beat());
  }

  /** No more beats. Resolves when the one that is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.beating;
  }

  private async beat(): Promise<void> {
    try {
      await this.options.beat();
      this.backoff.reset();
      this.wait(this.periodMs());
    } catch (error) {
      const waitMs = this.backoff.waitAfterSilence(error);
      if (waitMs !== undefined) this.wait(Math.min(waitMs, this.periodMs()));
      else if (!this.stopped) {
        this.stopped = true;
        this.options.onEnd(error);
      }
    } finally {
      this.beating = undefined;
    }
  }

  private wait(waitMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void (this.beating ??= this.beat()), waitMs);
    this.timer.unref();
  }

  private periodMs(): number {
    return this.options.periodMs() * (1 - Math.random() * JITTER);
  }
}

/** A third of a ttl: two beats may be lost. At most this, in milliseconds, so that directives are heard soon; with a ttl of 0 too. */
const PERIOD_LONGEST_MS = 30_000;

/** How often something with this ttl is renewed, in milliseconds. */
export function periodOf(ttlMs: number): number {
  return ttlMs > 0 ? Math.min(ttlMs / 3, PERIOD_LONGEST_MS) : PERIOD_LONGEST_MS;
}
