/**
 * Whether a read by key finds what a read of a range finds: it does where every table of LevelDB verifies by the checksums in it.
 *
 * Boundary: the files of an open LevelDB, which it maps into memory: what is read here is what it reads.
 *
 * T1. A read by key asks a table's filter and its index before any row; a flipped bit in either hides rows from it that a range shows. Both have
 *     checksums that LevelDB wrote itself.
 * T2. Tables that are not live any more do not count: what they held was merged into others.
 * T3. What is not in tables yet is in memory, where no filter is asked.
 */
import type { LevelStore } from './level-store';
import { tableName } from './level-files';
import { tableProblem } from './table-check';

/** Reads each live table. `onRead` hears of its bytes, and may make it wait. False too if one that is live cannot be read. */
export async function tablesAreSound(store: LevelStore, onRead: (bytes: number) => Promise<void>): Promise<boolean> {
  for (const { number, size } of store.liveTables()) {
    const name = tableName(number);
    const problem = await tableProblem(store.location, name).catch((error: Error) => error.message);
    if (problem !== undefined && isLive(store, number)) return false;
    await onRead(size);
  }
  return true;
}

function isLive(store: LevelStore, table: number): boolean {
  return store.liveTables().some(({ number }) => number === table);
}
