import type { Duration } from '../gen/google/protobuf/duration';
import type { Timestamp } from '../gen/google/protobuf/timestamp';
import { usage } from './failure';
import { parseDurationMs } from './settings';

/** Epoch milliseconds of a proto timestamp. */
export function atOf(timestamp: Timestamp): number {
  return timestamp.seconds * 1000 + Math.floor(timestamp.nanos / 1e6);
}

export function timestampOf(atMs: number): Timestamp {
  const seconds = Math.floor(atMs / 1000);
  return { seconds, nanos: (atMs - seconds * 1000) * 1e6 };
}

const steps: readonly (readonly [name: string, ms: number])[] = [
  ['s', 1000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['y', 365 * 86_400_000],
];

/** How far away a time is, for people: "5 min ago", "in 3 d", "now". */
export function relativeTime(at: number, now: number): string {
  const away = Math.abs(now - at);
  const [name, unitMs] = steps.findLast(([, ms]) => away >= ms) ?? ['', 0];
  if (unitMs === 0) return 'now';
  const amount = `${Math.floor(away / unitMs)} ${name}`;
  return at <= now ? `${amount} ago` : `in ${amount}`;
}

/** Reads a time: ISO 8601 with a zone, a date (its start in UTC), or `+2h` from now. */
export function parseTime(flag: string, text: string, now: number): Timestamp {
  if (text.startsWith('+')) return timestampOf(now + parseDurationMs(flag, text.slice(1), 0));
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
  const at = iso.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw usage(`${flag} must be a time such as 2030-01-31T09:00:00Z, 2030-01-31 or +2h`);
  return timestampOf(at);
}

/** Reads a duration that was typed (30s, 5m) into the proto's form; undefined if there is none. */
export function durationOf(flag: string, text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : durationOfMs(parseDurationMs(flag, text, 0));
}

export function durationOfMs(ms: number): Duration {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) };
}

export function msOf({ seconds, nanos }: Duration): number {
  return seconds * 1000 + nanos / 1e6;
}

/** How long something takes, for people: "15 min", "1.5 h". */
export function lengthOfTime(ms: number): string {
  const [name, unitMs] = steps.findLast(([, step]) => ms >= step) ?? ['ms', 1];
  return `${Number((ms / unitMs).toFixed(1))} ${name}`;
}
