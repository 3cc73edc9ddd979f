/**
 * Recomputes the journal's chain from its bytes, and holds it against what is known of it from elsewhere.
 *
 * Boundary: segment files up to a fixed head; the journal may be appended to meanwhile, but not trimmed.
 *
 * A1. Each byte that a record was made of is covered: by its frame's checksum, and by the chain, which a checksum put right does not mend.
 * A2. A rewritten journal whose chain fits in itself is found by the first anchor behind the change. Behind the last anchor nothing is proved.
 * A3. An anchor that could not be compared is told as that, never as a match.
 */
import { AUDIT_PROBLEMS_MAX } from '../../domain/audit-limits';
import type { AuditAnchor } from '../../gen/holdfast/v1/system';
import type { Files } from '../../storage/files';
import type { HistorySpan, JournalHead } from '../../storage/journal/journal';
import { walkJournal } from '../../storage/journal/walk';
import type { WalkedSegment } from '../../storage/journal/walk';
import type { Anchor } from './anchors';

export interface ChainCheck {
  readonly files: Files;
  /** The directory of the segments. */
  readonly dir: string;
  /** Checks from the segment with this sequence on. */
  readonly from: number;
  /** The oldest sequence that must be there. */
  readonly oldest: number;
  /** Checks up to here: the chain there is what the running server holds. */
  readonly head: JournalHead;
  readonly lineage: readonly HistorySpan[];
  readonly anchors: readonly Anchor[];
  /** Called with the bytes and the records of each group. May wait, and end the check by throwing. */
  readonly onGroup: (bytes: number, records: number) => Promise<void> | void;
}

export interface ChainReport {
  /** The first and the last sequence that were checked; 0 for none. */
  readonly first: number;
  readonly last: number;
  readonly groups: number;
  readonly records: number;
  /** The chain after `last`, as recomputed. */
  readonly chain: Uint8Array;
  readonly anchors: readonly AuditAnchor[];
  /** One sentence each, the first hundred. */
  readonly problems: readonly string[];
}

/** Reads everything from `from` to the head. Damage is in the report; rejects for what `onGroup` throws, and for a disk that fails. */
export async function checkChain(check: ChainCheck): Promise<ChainReport> {
  const { files, dir, from, oldest, head, lineage } = check;
  const problems: string[] = [];
  const anchors = new OpenAnchors(check.anchors, lineage, problems);
  let [first, last, groups, records] = [0, 0, 0, 0];
  let chain: Uint8Array = Buffer.alloc(0);
  const begin = (segment: WalkedSegment): void => {
    const { header } = segment;
    if (first === 0) {
      first = header.firstSequence;
      if (first > Math.max(from, oldest)) problems.push(`the segment with sequence ${oldest} is missing`);
      last = first - 1;
      chain = header.chain;
      anchors.reached(last, chain);
      // The first one of a history stands right behind the fork.
      if (header.begin === first) anchors.reached(header.fork, chain);
    }
  };
  for await (const step of walkJournal(files, dir, from)) {
    if (step.kind === 'segment') begin(step.segment);
    else if (step.kind === 'problem' && step.problem.derived !== true) {
      const { segment, offset, problem } = step.problem;
      problems.push(`${segment} at byte ${offset}: ${problem}`);
    } else if (step.kind === 'group') {
      const { frame } = step;
      ({ sequence: last, chain } = step.head);
      groups += 1;
      records += frame.parts.records.length;
      anchors.reached(last, chain);
      await check.onGroup(frame.bytes, frame.parts.records.length);
      // What is appended meanwhile is for the next check.
      if (last >= head.sequence) break;
    }
  }
  if (last < head.sequence) problems.push(`the journal can be read up to ${last}, and must reach ${head.sequence}`);
  const compared = anchors.end(first, last);
  return { first, last, groups, records, chain, anchors: compared, problems: shortened(problems) };
}

/** Anchors that are compared as the chain passes them. */
class OpenAnchors {
  private readonly bySequence = new Map<number, number[]>();
  private readonly results: (AuditAnchor | undefined)[];

  constructor(
    private readonly anchors: readonly Anchor[],
    private readonly lineage: readonly HistorySpan[],
    private readonly problems: string[],
  ) {
    this.results = anchors.map(() => undefined);
    anchors.forEach((anchor, index) => {
      // One of a branch that was left knows nothing of this journal.
      if (!this.isOurs(anchor)) return;
      const standing = this.bySequence.get(anchor.sequence) ?? [];
      this.bySequence.set(anchor.sequence, [...standing, index]);
    });
  }

  reached(sequence: number, chain: Uint8Array): void {
    const here = this.bySequence.get(sequence);
    if (!here) return;
    const text = Buffer.from(chain).toString('hex');
    for (const index of here) {
      const { source, chain: known } = this.anchors[index]!;
      const matches = known === text;
      this.results[index] = { source, sequence, matches, outOfReach: false };
      if (!matches) this.problems.push(`${source} knows another chain at ${sequence} than the journal has there`);
    }
  }

  /** All of them, compared or not. */
  end(first: number, last: number): AuditAnchor[] {
    return this.anchors.map((anchor, index) => {
      const { source, sequence } = anchor;
      const compared = this.results[index];
      if (compared) return compared;
      const outOfReach = !this.isOurs(anchor) || sequence < first;
      if (!outOfReach && sequence <= last)
        this.problems.push(`${source} knows a chain at ${sequence}, where no group ends`);
      else if (!outOfReach)
        this.problems.push(`${source} knows a chain at ${sequence}, and the journal ends at ${last}`);
      return { source, sequence, matches: false, outOfReach };
    });
  }

  private isOurs({ history, sequence }: Anchor): boolean {
    const span = this.lineage.find((each) => each.history === history);
    return span !== undefined && (sequence <= span.last || span === this.lineage.at(-1));
  }
}

function shortened(problems: readonly string[]): readonly string[] {
  if (problems.length <= AUDIT_PROBLEMS_MAX) return problems;
  const kept = problems.slice(0, AUDIT_PROBLEMS_MAX - 1);
  return [...kept, `and ${problems.length - kept.length} more`];
}
