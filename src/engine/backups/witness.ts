import type { Journal } from '../../storage/journal/journal';
import type { JournalWitness } from '../../storage/backup/order';

/** What the journal says of the state after a sequence at which a group ends. Throws when it commits to another digest: the state is wrong. */
export async function witnessOf(journal: Journal, sequence: number, digest: Uint8Array): Promise<JournalWitness> {
  const chain = await journal.chainAfter(sequence);
  const { timeMs } = await journal.record(sequence);
  if (!chain) throw new Error(`no group of the journal ends at ${sequence}`);
  for await (const group of journal.read(sequence - 1)) {
    if (!Buffer.from(group.stateDigest).equals(digest)) {
      throw new Error(`the state at ${sequence} is not the one that the journal commits to`);
    }
    break;
  }
  const spans = journal.lineage().filter(({ first }) => first <= sequence);
  const lineage = spans.map((span, index) => (index === spans.length - 1 ? { ...span, last: sequence } : span));
  return { lineage, chain, journalAt: timeMs };
}
