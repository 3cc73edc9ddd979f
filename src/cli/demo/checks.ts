// What the demo proves, as functions of what was seen.

/** One thing that must hold, with the numbers that show it. */
export interface Check {
  readonly holds: boolean;
  readonly says: string;
}

/** Every acknowledged task is there, once. */
export function nothingLost(acknowledged: readonly string[], stored: readonly string[]): Check {
  const there = new Set(stored);
  const lost = acknowledged.filter((title) => !there.has(title)).length;
  return { holds: lost === 0, says: `${acknowledged.length} writes acknowledged, ${lost} lost` };
}

export function nothingDoubled(stored: readonly string[]): Check {
  const doubled = stored.length - new Set(stored).size;
  return { holds: doubled === 0, says: `${stored.length} tasks stored, ${doubled} twice` };
}

/** An event by the sequence of its command and its index among that command's events. */
export type Seen = readonly [sequence: number, index: number];

/** The events came in order, none twice, and none that the journal holds is missing. */
export function nothingSkipped(who: string, seen: readonly Seen[], journal: readonly Seen[]): Check {
  let disorder = 0;
  let last: Seen = [0, 0];
  for (const event of seen) {
    if (event[0] < last[0] || (event[0] === last[0] && event[1] <= last[1])) disorder++;
    last = event;
  }
  const had = new Set(seen.map(String));
  const missing = journal.filter((event) => !had.has(String(event))).length;
  return {
    holds: disorder === 0 && missing === 0,
    says: `${who}: ${seen.length} of ${journal.length} events, ${missing} missing, ${disorder} twice or out of order`,
  };
}
