import type { Duration } from '../gen/google/protobuf/duration';
import type { Report } from './violations';

/** Milliseconds of a duration, rounded down; 0 for none. */
export function durationMsOf(duration: Duration | undefined): number {
  return duration ? duration.seconds * 1000 + Math.floor(duration.nanos / 1_000_000) : 0;
}

/** Milliseconds as a message. */
export function durationOf(ms: number): Duration {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 };
}

/** Reports a duration that is not between two bounds, in milliseconds, both included. An unset one is fine. */
export function checkDuration(
  duration: Duration | undefined,
  minMs: number,
  maxMs: number,
  field: string,
  report: Report,
): void {
  if (!duration) return;
  const ms = durationMsOf(duration);
  const whole = Number.isSafeInteger(duration.seconds) && Math.abs(duration.nanos) < 1_000_000_000;
  if (whole && ms >= minMs && ms <= maxMs && duration.nanos >= 0) return;
  report(field, `is not between ${minMs / 1000} s and ${maxMs / 1000} s`);
}
