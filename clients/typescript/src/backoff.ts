import { HoldfastError } from './error';

/** Milliseconds: the first wait between two tries; it doubles up to the longest. A restart takes about a second. */
const FIRST_MS = 50;
const LONGEST_MS = 2000;

/** The waits between tries: exponential, with jitter, so that a thousand clients do not come back together. */
export class Backoff {
  private nextMs = FIRST_MS;
  private failingSinceMs: number | undefined;

  /** `giveUpAfterMs` counts from the first failure since the last success. */
  constructor(private readonly giveUpAfterMs: number) {}

  /** Things work again: the next failure is a first one. */
  reset(): void {
    this.nextMs = FIRST_MS;
    this.failingSinceMs = undefined;
  }

  /** How long to wait before another try, in milliseconds; undefined when it is not to be tried again. */
  waitAfter(error: unknown): number | undefined {
    return error instanceof HoldfastError && error.isRetryable ? this.next(error) : undefined;
  }

  /** The same for what may be asked again when no answer came in time: it has a request id that stays, or does no harm twice. */
  waitAfterSilence(error: unknown): number | undefined {
    const unanswered = error instanceof HoldfastError && error.code === 'DEADLINE_EXCEEDED';
    return unanswered ? this.next(error) : this.waitAfter(error);
  }

  private next(error: HoldfastError): number | undefined {
    const nowMs = performance.now();
    this.failingSinceMs ??= nowMs;
    const waitMs = Math.max(this.nextMs * (0.5 + Math.random() / 2), error.retryAfterMs);
    this.nextMs = Math.min(this.nextMs * 2, LONGEST_MS);
    return nowMs + waitMs - this.failingSinceMs > this.giveUpAfterMs ? undefined : waitMs;
  }
}
