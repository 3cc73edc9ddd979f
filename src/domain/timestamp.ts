import type { Timestamp } from '../gen/google/protobuf/timestamp';

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970: the bounds of google.protobuf.Timestamp. */
const SECONDS_MIN = -62_135_596_800;
const SECONDS_MAX = 253_402_300_799;

/** A time in milliseconds since 1970 as a message. */
export function timestampOf(atMs: number): Timestamp {
  const seconds = Math.floor(atMs / 1000);
  return { seconds, nanos: (atMs - seconds * 1000) * 1_000_000 };
}

/** Milliseconds since 1970, rounded down; 0 for none. */
export function millisecondsOf(time: Timestamp | undefined): number {
  return time ? time.seconds * 1000 + Math.floor(time.nanos / 1_000_000) : 0;
}

/** A time as people and programs read it: 2026-01-31T12:00:00Z, with milliseconds where there are some; empty for none. */
export function timeText(time: Timestamp | undefined): string {
  return time ? new Date(millisecondsOf(time)).toISOString().replace('.000Z', 'Z') : '';
}

/** Whether it is a time between the years 1 and 9999. */
export function isTimestamp({ seconds, nanos }: Timestamp): boolean {
  return (
    Number.isSafeInteger(seconds) &&
    seconds >= SECONDS_MIN &&
    seconds <= SECONDS_MAX &&
    Number.isInteger(nanos) &&
    nanos >= 0 &&
    nanos < 1_000_000_000
  );
}
