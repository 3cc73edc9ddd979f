// From where on a figure is an issue. docs/operations.md lists them; a test compares.

/** Calls of the last minutes below which their times say nothing. */
export const CALLS_LEAST = 100;
/** Slow calls of all: one in a hundred. The original system warns when the mean passes 100 ms, which is far too late. */
export const SLOW_SHARE_MAX = 0.01;
/** Reads of rows below which a hit rate says nothing: less than a second of work. */
export const READS_LEAST = 10_000;
/** Hits of all reads (the original system: above 90 % in normal operation). */
export const HIT_RATE_MIN = 0.9;
/** Below this share of its bounds the cache is still filling: rows are read for the first time. */
export const CACHE_FULL_SHARE = 0.9;
/** Free bytes, as a multiple of the reserve: three quarters of an hour at 100 kB/s. */
export const DISK_LOW_FACTOR = 4;
/** The age of the newest backup, as a multiple of the interval: one that was missed. */
export const BACKUP_AGE_FACTOR = 2;
/** How old a store without backups may be that makes none by itself, in milliseconds: a day. */
export const UNSAVED_AGE_MAX_MS = 24 * 3_600_000;
/** How long a server has to make up for what was due while it was stopped, in milliseconds. */
export const CATCH_UP_MS = 5 * 60_000;
/** Recovery debt, as a multiple of the setting that makes a backup due. */
export const DEBT_FACTOR = 2;
/** Records that the mirror may be behind: some seconds of a busy server. */
export const MIRROR_LAG_MAX = 50_000;
/** Records that the state may be behind the journal: the overlay is bounded, so this is seconds of standstill. */
export const STATE_LAG_MAX = 20_000;
/** Journal bytes since the state checkpoint: four that were due have failed. */
export const CHECKPOINT_LAG_MAX_BYTES = 64 * 1024 * 1024;
/** The 99th percentile of the event loop's delay, in microseconds: a call that waits so long is slow already. */
export const LOOP_DELAY_MAX_MICROS = 100_000;
