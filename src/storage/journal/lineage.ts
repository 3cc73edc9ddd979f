/**
 * The histories that a journal's records belong to. A restore or a recovery begins a new one: it shares its parent's records up to the
 * fork, and gives numbers only above every number that was ever given.
 *
 * Boundary: what segment headers say; no reading.
 *
 * Y4. Sequences between a fork and the first one of the next history were given by the history that was left, if at all: in this
 *     journal they never exist.
 */
import type { SegmentHeader } from './format';
import type { HistorySpan } from './journal';

/** No history: the parent of a store's first one. */
export const NO_HISTORY = '0'.repeat(16);

/** The spans of these segments, oldest first, from their headers. The segments follow one another; `head` is the last sequence. */
export function lineageOf(headers: readonly SegmentHeader[], head: number): HistorySpan[] {
  const spans: { history: string; first: number; last: number }[] = [];
  for (const header of headers) {
    if (spans.at(-1)?.history === header.history) continue;
    const { history, parent, fork, begin } = header;
    const before = spans.at(-1);
    if (before !== undefined) before.last = fork;
    else if (parent !== NO_HISTORY) spans.push({ history: parent, first: 0, last: fork });
    spans.push({ history, first: parent === NO_HISTORY ? 1 : begin, last: head });
  }
  return spans;
}

/** The history that gave a sequence, which exists. */
export function historyAt(spans: readonly HistorySpan[], sequence: number): string {
  return (spans.find(({ last }) => sequence <= last) ?? spans.at(-1)!).history;
}

/** The sequence that comes after `sequence`: the next number, or past a fork the first one of the next history. */
export function sequenceAfter(spans: readonly HistorySpan[], sequence: number): number {
  for (let index = 1; index < spans.length; index += 1) {
    if (sequence >= spans[index - 1]!.last && sequence < spans[index]!.first) return spans[index]!.first;
  }
  return sequence + 1;
}

/** The last sequence that two lineages share; 0 for none. */
export function sharedBy(one: readonly HistorySpan[], other: readonly HistorySpan[]): number {
  const shared = one.map(({ history, last }) => {
    const same = other.find((span) => span.history === history);
    return same === undefined ? 0 : Math.min(last, same.last);
  });
  return Math.max(0, ...shared);
}

/** Where a history that this one comes from was left; undefined for one that it does not come from, and for the present one. */
export function forkOf(spans: readonly HistorySpan[], history: string): number | undefined {
  const index = spans.findIndex((span) => span.history === history);
  return index < 0 || index === spans.length - 1 ? undefined : spans[index]!.last;
}

/** The sequence after which the segments can be read from their very beginning: the one before the first, or the fork if they begin with a
 *  history. */
export function floorOf(first: SegmentHeader): number {
  return first.parent !== NO_HISTORY && first.begin === first.firstSequence ? first.fork : first.firstSequence - 1;
}

/** Whether `next` is the first segment of a history that forks off where the segment with `before` ends, at `sequence`. */
export function beginsAfter(before: SegmentHeader, sequence: number, next: SegmentHeader): boolean {
  return (
    next.parent === before.history &&
    next.history !== before.history &&
    next.fork === sequence &&
    next.begin === next.firstSequence &&
    next.firstSequence > sequence
  );
}

/** How many records there are after `after`, up to `last`: numbers between a fork and the next history never exist. */
export function recordsBetween(spans: readonly HistorySpan[], after: number, last: number): number {
  return spans.reduce((sum, span) => {
    const first = Math.max(span.first, after + 1);
    return sum + Math.max(0, Math.min(span.last, last) - first + 1);
  }, 0);
}
