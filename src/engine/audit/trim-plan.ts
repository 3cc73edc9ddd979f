// How much of the journal's start can go. Pure.

/** A segment of the journal. */
export interface Stretch {
  /** Its first sequence. */
  readonly first: number;
  readonly bytes: number;
}

export interface TrimLimits {
  /** Keep everything from this sequence on, as was asked. */
  readonly wanted: number;
  /** Keep everything from this sequence on: retries of the last day are answered from there. */
  readonly retriesFrom: number;
  /** The newest sequence that a good backup holds; 0 for none. */
  readonly covered: number;
  /** The last sequence that the mirror has; undefined if nothing waits for a mirror. */
  readonly mirrored?: number | undefined;
  /** The last sequence before the segment that begins with `first`. */
  readonly before: (first: number) => number;
}

export interface TrimPlan {
  /** The oldest sequence that is left. */
  readonly oldest: number;
  readonly segments: number;
  readonly bytes: number;
  /** What a backup must hold, at least, that stands under what is left. */
  readonly floor: number;
  /** Why not more goes than this, if more was asked for; empty otherwise. */
  readonly limitedBy: string;
}

/** The segments that go: whole ones from the start, never the last. `segments` are in order, at least one. */
export function planTrim(segments: readonly Stretch[], limits: TrimLimits): TrimPlan {
  const { wanted, retriesFrom, covered, mirrored = Infinity, before } = limits;
  const isWanted = (first: number): boolean => first <= wanted;
  const isRetried = (first: number): boolean => first > retriesFrom;
  const isCovered = (first: number): boolean => before(first) <= covered;
  let gone = 0;
  let limitedBy = '';
  // A segment goes when what is asked to stay begins at or behind the next one.
  for (const { first } of segments.slice(1)) {
    if (!isWanted(first)) break;
    if (isRetried(first)) limitedBy = `retries of the last day are answered from the records from ${retriesFrom} on`;
    else if (!isCovered(first)) limitedBy = `no verified backup holds what is above ${covered}`;
    else if (before(first) > mirrored) limitedBy = `the mirror does not have what is above ${mirrored} yet`;
    if (limitedBy !== '') break;
    gone += 1;
  }
  const oldest = segments[gone]!.first;
  if (limitedBy === '' && oldest < wanted) limitedBy = 'whole segments go, and the rest of this one is younger';
  const bytes = segments.slice(0, gone).reduce((sum, segment) => sum + segment.bytes, 0);
  return { oldest, segments: gone, bytes, floor: before(oldest), limitedBy };
}
