// Durations: milliseconds for callers, seconds and nanoseconds in messages.

import type { Duration } from './gen/google/protobuf/duration';
import { mustBeTime } from './options';

/** The message of a number of milliseconds; undefined for undefined. Throws RangeError for what is no such number, naming it. */
export function durationOf(name: string, ms: number | undefined): Duration | undefined {
  if (ms === undefined) return undefined;
  mustBeTime(name, ms, 0);
  return { seconds: Math.floor(ms / 1000), nanos: Math.round((ms % 1000) * 1e6) };
}

/** The milliseconds of a message; undefined for undefined. */
export function msOf(duration: Duration | undefined): number | undefined {
  return duration && duration.seconds * 1000 + duration.nanos / 1e6;
}

/** Milliseconds that an answer may take beyond the time that the server was asked to wait. */
const WAIT_SPARE_MS = 15_000;

/** How long one try may take whose answer the server was asked to wait for, in milliseconds. */
export function timeoutOfWait(waitMs: number, timeoutMs: number): number {
  return Math.max(timeoutMs, waitMs + WAIT_SPARE_MS);
}
