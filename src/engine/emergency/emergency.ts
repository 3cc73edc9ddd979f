import { Refusal } from '../../domain/refusal';
import type { CapsuleFacts } from '../../storage/capsule';
import type { RebuildAhead } from '../bring-up';

/** When callers come back that an emergency turned away, in milliseconds. */
const RETRY_AFTER_MS = 1000;

/** A store that is being built anew while its capsule is served. */
export class Emergency {
  /** When it began, by the wall clock, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** The last thing that the building said of itself. */
  progress = '';

  constructor(
    /** Why the state is built anew, and what that takes. */
    readonly ahead: RebuildAhead,
    /** What is served meanwhile. */
    readonly capsule: CapsuleFacts,
    wallMs: number,
  ) {
    this.sinceMs = wallMs;
  }

  /** In words: why, what is served, how far the building is. */
  get reason(): string {
    const { ahead, capsule, progress } = this;
    const served = `reads are served as of sequence ${capsule.sequence} of ${ahead.sequence}`;
    return `the state is built anew (${ahead.because}); ${served}${progress === '' ? '' : `; ${progress}`}`;
  }

  /** What callers get whose call needs the whole store. */
  refusal(): Refusal {
    const message = `the server is recovering: it serves some reads, possibly stale, and takes no changes; ${this.reason}`;
    return new Refusal('RECOVERING', message, { retryAfterMs: RETRY_AFTER_MS });
  }
}
