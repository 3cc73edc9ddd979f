import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Queue } from '../../gen/holdfast/v1/queue';
import type { Task } from '../../gen/holdfast/v1/task';
import { millisecondsIn } from '../duration';
import {
  RETRY_ATTEMPTS_DEFAULT,
  RETRY_INITIAL_BACKOFF_DEFAULT_MS,
  RETRY_MAX_BACKOFF_DEFAULT_MS,
  RETRY_MULTIPLIER_DEFAULT,
} from '../limits';

/** What counts for one task: each field is the task's own, else its queue's, else the default. */
export interface EffectivePolicy {
  /** How many attempts may fail before the task has FAILED; at least 1. */
  readonly maxAttempts: number;
  /** The wait after the first failure, in milliseconds. */
  readonly initialBackoffMs: number;
  /** The longest wait, in milliseconds. */
  readonly maxBackoffMs: number;
  /** What each wait is longer than the one before; at least 1. */
  readonly multiplier: number;
  /** Codes of errors that are not tried again. */
  readonly nonRetryable: ReadonlySet<string>;
  /** The ttl of a claim in milliseconds; undefined: it lives with its session. */
  readonly leaseMs: number | undefined;
  /** How long an attempt may take in milliseconds; undefined: without bound. */
  readonly runMs: number | undefined;
  /** How long the task may take in milliseconds; undefined: without bound. */
  readonly totalMs: number | undefined;
}

/** Where rows are read: a draft, for one. */
interface Rows {
  image(kind: EntityKind, project: string, id: string): Uint8Array | undefined;
}

/** What counts for a task of this queue. Reads one row: the settings of the queue. */
export function effectivePolicy(
  rows: Rows,
  project: string,
  queue: string,
  { retryPolicy, timeouts }: Pick<Task, 'retryPolicy' | 'timeouts'>,
): EffectivePolicy {
  const image = rows.image(EntityKind.QUEUE, project, queue);
  const settings = image && Queue.decode(image);
  const retries = settings?.retryPolicy;
  const times = settings?.timeouts;
  const codes = retryPolicy?.nonRetryable.length ? retryPolicy.nonRetryable : retries?.nonRetryable;
  const initial = retryPolicy?.initialBackoff ?? retries?.initialBackoff;
  const longest = retryPolicy?.maxBackoff ?? retries?.maxBackoff;
  return {
    maxAttempts: retryPolicy?.maxAttempts || retries?.maxAttempts || RETRY_ATTEMPTS_DEFAULT,
    initialBackoffMs: initial ? millisecondsIn(initial) : RETRY_INITIAL_BACKOFF_DEFAULT_MS,
    maxBackoffMs: longest ? millisecondsIn(longest) : RETRY_MAX_BACKOFF_DEFAULT_MS,
    multiplier: retryPolicy?.multiplier || retries?.multiplier || RETRY_MULTIPLIER_DEFAULT,
    nonRetryable: new Set(codes),
    leaseMs: millisecondsIn(timeouts?.lease ?? times?.lease) || undefined,
    runMs: millisecondsIn(timeouts?.run ?? times?.run) || undefined,
    totalMs: millisecondsIn(timeouts?.total ?? times?.total) || undefined,
  };
}
