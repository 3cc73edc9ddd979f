/**
 * Durable records of a stretch of the journal in order, oldest or newest first: all of them, or those that change certain rows.
 *
 * Boundary: reading. Whoever walks looks at each record, and stops when it has enough.
 *
 * W1. Each record of the stretch that belongs to the walk is given once, in order.
 * W2. A walk back ends where the journal begins, wherever a trim puts that meanwhile. A walk forward whose next record a trim took throws
 *     PositionTooOld: nothing is left out silently.
 */
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Journal } from '../../storage/journal/journal';
import { PositionTooOld } from '../../storage/journal/journal';

/** A stretch of sequences, both ends included. Not all of them need exist. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Records that a walk back reads at once. */
const STEP_BACK_RECORDS = 512;

/** All records of the stretch. */
export function walkAll(journal: Journal, stretch: Stretch, newestFirst: boolean): AsyncGenerator<JournalRecord> {
  return newestFirst ? back(journal, stretch) : forward(journal, stretch);
}

/** The records of the stretch that change a row with one of these entity hashes; a few others, whose rows have the same hash. */
export async function* walkChanges(
  journal: Journal,
  hashes: readonly number[],
  { first, last }: Stretch,
  newestFirst: boolean,
): AsyncGenerator<JournalRecord> {
  const find = (hash: number, from: number): Promise<number> =>
    newestFirst ? journal.lastChange(hash, from) : journal.nextChange(hash, from);
  const isWithin = (sequence: number): boolean => sequence > 0 && sequence >= first && sequence <= last;
  const standing = new Map<number, number>();
  for (const hash of hashes) standing.set(hash, await find(hash, newestFirst ? last : first));
  for (;;) {
    const found = [...standing.values()].filter(isWithin);
    if (found.length === 0) return;
    const sequence = newestFirst ? Math.max(...found) : Math.min(...found);
    try {
      yield await journal.record(sequence);
    } catch (fault) {
      if (newestFirst && fault instanceof PositionTooOld) return;
      throw fault;
    }
    for (const [hash, at] of standing) {
      if (at === sequence) standing.set(hash, await find(hash, newestFirst ? sequence - 1 : sequence + 1));
    }
  }
}

async function* forward(journal: Journal, { first, last }: Stretch): AsyncGenerator<JournalRecord> {
  if (last < first) return;
  for await (const { records } of journal.read(first - 1)) {
    for (const record of records) {
      if (record.sequence > last) return;
      yield record;
    }
  }
}

async function* back(journal: Journal, { first, last }: Stretch): AsyncGenerator<JournalRecord> {
  let at = last;
  while (at >= first && at >= journal.oldest()) {
    const spans = journal.lineage();
    const span = spans.find((each) => at <= each.last);
    const from = Math.max(first, journal.oldest(), at - STEP_BACK_RECORDS + 1, span?.first ?? 0);
    if (from > at) {
      // Between a fork and the next history there is nothing.
      at = spans.findLast((each) => each.last < at)?.last ?? 0;
      continue;
    }
    const step: JournalRecord[] = [];
    try {
      for await (const record of forward(journal, { first: from, last: at })) step.push(record);
    } catch (fault) {
      if (fault instanceof PositionTooOld) continue;
      throw fault;
    }
    yield* step.reverse();
    at = from - 1;
  }
}
