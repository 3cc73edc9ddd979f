// Checks of retry policies and timeouts, which tasks carry and queues too. Each reports what is wrong, by its path.

import type { Duration } from '../../gen/google/protobuf/duration';
import type { RetryPolicy, Timeouts } from '../../gen/holdfast/v1/work';
import { checkDuration, millisecondsIn } from '../duration';
import { checkLength } from '../field-checks';
import {
  BACKOFF_MAX_MS,
  ERROR_CODE_LENGTH_MAX,
  LEASE_TTL_MAX_MS,
  NON_RETRYABLE_MAX,
  RETRY_ATTEMPTS_MAX,
  RETRY_MULTIPLIER_MAX,
  RUN_TIMEOUT_MAX_MS,
  TIMEOUT_MIN_MS,
  TOTAL_TIMEOUT_MAX_MS,
} from '../limits';
import { quote } from '../quote';
import type { Report } from '../violations';

/** A field that is unset is not looked at: it is taken from elsewhere. */
export function checkRetryPolicy(policy: RetryPolicy | undefined, report: Report, at = 'retry_policy'): void {
  if (!policy) return;
  const { maxAttempts, initialBackoff, maxBackoff, multiplier, nonRetryable } = policy;
  if (!Number.isInteger(maxAttempts) || maxAttempts < 0 || maxAttempts > RETRY_ATTEMPTS_MAX) {
    report(`${at}.max_attempts`, `is ${maxAttempts}; 1 to ${RETRY_ATTEMPTS_MAX} are allowed`);
  }
  checkDuration(initialBackoff, 0, BACKOFF_MAX_MS, `${at}.initial_backoff`, report);
  checkDuration(maxBackoff, 0, BACKOFF_MAX_MS, `${at}.max_backoff`, report);
  if (initialBackoff && maxBackoff && millisecondsIn(maxBackoff) < millisecondsIn(initialBackoff)) {
    report(`${at}.max_backoff`, 'is less than initial_backoff');
  }
  // NaN is no number between them either.
  if (multiplier !== 0 && !(multiplier >= 1 && multiplier <= RETRY_MULTIPLIER_MAX)) {
    report(`${at}.multiplier`, `is ${multiplier}; 1 to ${RETRY_MULTIPLIER_MAX} are allowed`);
  }
  checkCodes(nonRetryable, `${at}.non_retryable`, report);
}

/** A field that is unset is not looked at: it is taken from elsewhere. */
export function checkTimeouts(timeouts: Timeouts | undefined, report: Report, at = 'timeouts'): void {
  if (!timeouts) return;
  checkDuration(timeouts.lease, TIMEOUT_MIN_MS, LEASE_TTL_MAX_MS, `${at}.lease`, report);
  checkDuration(timeouts.run, TIMEOUT_MIN_MS, RUN_TIMEOUT_MAX_MS, `${at}.run`, report);
  checkDuration(timeouts.total, TIMEOUT_MIN_MS, TOTAL_TIMEOUT_MAX_MS, `${at}.total`, report);
}

function checkCodes(codes: readonly string[], field: string, report: Report): void {
  if (codes.length > NON_RETRYABLE_MAX) {
    report(field, `has ${codes.length} entries, at most ${NON_RETRYABLE_MAX} are allowed`);
    return;
  }
  codes.forEach((code, i) => {
    if (code === '') report(`${field}[${i}]`, 'is empty');
    else if (codes.indexOf(code) !== i) report(`${field}[${i}]`, `${quote(code)} stands there twice`);
    checkLength(code, ERROR_CODE_LENGTH_MAX, `${field}[${i}]`, report);
  });
}

/** A policy without unknown fields. */
export function copyRetryPolicy(from: RetryPolicy | undefined): RetryPolicy | undefined {
  if (!from) return undefined;
  const { maxAttempts, initialBackoff, maxBackoff, multiplier, nonRetryable } = from;
  return {
    ...{ maxAttempts, multiplier, nonRetryable },
    initialBackoff: copyDuration(initialBackoff),
    maxBackoff: copyDuration(maxBackoff),
  };
}

/** Timeouts without unknown fields. */
export function copyTimeouts(from: Timeouts | undefined): Timeouts | undefined {
  if (!from) return undefined;
  return { lease: copyDuration(from.lease), run: copyDuration(from.run), total: copyDuration(from.total) };
}

function copyDuration(from: Duration | undefined): Duration | undefined {
  return from && { seconds: from.seconds, nanos: from.nanos };
}
