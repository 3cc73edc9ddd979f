import type { HistorySpan } from '../../storage/journal/lineage';

/** How many records there are after `after`, up to `last`: numbers between a fork and the next history never exist. */
export function recordsBetween(spans: readonly HistorySpan[], after: number, last: number): number {
  return spans.reduce((sum, span) => {
    const first = Math.max(span.first, after + 1);
    return sum + Math.max(0, Math.min(span.last, last) - first + 1);
  }, 0);
}
