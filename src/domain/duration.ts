import type { Duration } from '../gen/google/protobuf/duration';
import type { Report } from './violations';

/** Milliseconds of a duration, rounded up, so that no bound ends early; 0 for none. */
export function millisecondsIn(duration: Duration | undefined): number {
  return duration ? duration.seconds * 1000 + Math.ceil(duration.nanos / 1_000_000) : 0;
}

/** Milliseconds as a message. */
export function durationOf(ms: number): Duration {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 };
}

/** A duration from `minMs` to `maxMs`, both included. Reports nothing where there is none. */
export function checkDuration(
  duration: Duration | undefined,
  minMs: number,
  maxMs: number,
  field: string,
  report: Report,
): void {
  if (!duration) return;
  const ms = isDuration(duration) ? millisecondsIn(duration) : -1;
  if (ms < minMs || ms > maxMs) report(field, `is no duration from ${minMs / 1000} s to ${maxMs / 1000} s`);
}

/** Whether it is a duration that does not run backwards. */
function isDuration({ seconds, nanos }: Duration): boolean {
  return (
    Number.isSafeInteger(seconds) && seconds >= 0 && Number.isInteger(nanos) && nanos >= 0 && nanos < 1_000_000_000
  );
}
