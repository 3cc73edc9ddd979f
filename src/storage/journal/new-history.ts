/**
 * Where a new history begins: above every number that was ever given, so that no token, etag or position is given twice.
 *
 * Boundary: arithmetic.
 *
 * H1. Where the head is surely known (the store was served until now, or a seal of a clean stop verifies), it is the next number.
 * H2. Else some records may be lost that nobody remembers. Time says what cannot have been reached: 2^27 numbers a minute since 2026, more
 *     than any disk can have taken.
 *     What is remembered may have been followed by more in the same moment: 2^35 numbers above it are left out too, four hours at that rate.
 * H3. A clock that was set back does not count: journal time that anything remembers is as good as the clock.
 */

/** 2026-01-01, in milliseconds since 1970. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
/** Numbers a millisecond: 2^27 a minute, 2.2 million a second. The fastest store measured gives 100,000. */
const NUMBERS_PER_MS = 2 ** 27 / 60_000;

/** Numbers that may have been given behind the last that anything remembers, where the clock stood still or was set back. */
const UNREMEMBERED = 2 ** 35;

export interface KnownNumbers {
  /** The last sequence that was given, if that is sure. */
  readonly head: number | undefined;
  /** Sequences that anything remembers: what can be read of the journal, the state checkpoint, backups. */
  readonly witnesses: readonly number[];
  /** The wall clock and every journal time that anything remembers, in milliseconds since 1970. */
  readonly timesMs: readonly number[];
}

/** The first sequence of a history that begins now. */
export function firstOfHistory({ head, witnesses, timesMs }: KnownNumbers): number {
  const known = Math.max(0, ...witnesses);
  if (head !== undefined && head >= known) return head + 1;
  const latestMs = Math.max(EPOCH_MS, ...timesMs);
  // A millisecond that has begun may have numbers of its own.
  return Math.max(Math.max(known, head ?? 0) + UNREMEMBERED, Math.ceil((latestMs - EPOCH_MS + 1) * NUMBERS_PER_MS)) + 1;
}
