import type { Change } from '../gen/holdfast/journal/v1/journal';

/** What a decision and its record have in common. */
interface ReplyFacts {
  readonly changes: readonly Change[];
  readonly reply: readonly number[];
}

/** The changes whose after-images the reply names, in its order: the same from a decision and, later, from its record. */
export function replyChanges(facts: ReplyFacts): readonly Change[] {
  return facts.reply.map((index) => {
    const change = facts.changes[index];
    if (!change) throw new Error(`the reply names change ${index} of ${facts.changes.length}`);
    return change;
  });
}
