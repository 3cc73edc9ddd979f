import type { Change } from '../gen/holdfast/journal/v1/journal';

/** What a decision and its record have in common. */
interface ReplyFacts {
  readonly changes: readonly Change[];
  /** Of a decision without changes, which makes no record. */
  readonly unchanged?: readonly Change[] | undefined;
  readonly reply: readonly number[];
}

/** The changes whose after-images the reply names, in its order: the same from a decision and, later, from its record. */
export function replyChanges(facts: ReplyFacts): readonly Change[] {
  const rows = facts.changes.length > 0 ? facts.changes : (facts.unchanged ?? []);
  return facts.reply.map((index) => {
    const change = rows[index];
    if (!change) throw new Error(`the reply names change ${index} of ${rows.length}`);
    return change;
  });
}
