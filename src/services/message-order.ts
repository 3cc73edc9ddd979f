// Messages of several mailboxes as one sequence, oldest first.

import { messageNumber } from '../domain/messages/message-name';
import { mailboxCursor } from '../storage/state/scan-ranges';
import type { ScanRange, ScannedRow, StateSnapshot } from '../storage/state/state';

/** A part of a mailbox. */
export type MailboxRange = Extract<ScanRange, { by: 'mailbox' }>;

/** The messages of all ranges, oldest first, after the one with the id `after` if given. The cursor of each is its id. */
export async function* oldestFirst(
  snapshot: StateSnapshot,
  ranges: readonly MailboxRange[],
  after?: string,
): AsyncGenerator<ScannedRow> {
  const scans = ranges.map((range) =>
    snapshot.scan(range, after === undefined ? {} : { after: mailboxCursor(range, after) })[Symbol.asyncIterator](),
  );
  try {
    const heads = await Promise.all(scans.map((scan) => scan.next()));
    for (;;) {
      const oldest = firstOf(heads);
      if (oldest === undefined) return;
      const row = heads[oldest]!.value as ScannedRow;
      yield { ...row, cursor: row.id };
      heads[oldest] = await scans[oldest]!.next();
    }
  } finally {
    for (const scan of scans) await scan.return?.();
  }
}

/** Where the oldest message is; undefined when all have ended. */
function firstOf(heads: readonly IteratorResult<ScannedRow, unknown>[]): number | undefined {
  let oldest: number | undefined;
  let least = Infinity;
  for (const [i, head] of heads.entries()) {
    if (head.done === true) continue;
    const number = messageNumber(head.value.id);
    if (number >= least) continue;
    oldest = i;
    least = number;
  }
  return oldest;
}
