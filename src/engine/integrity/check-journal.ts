/**
 * Whether the journal's files are whole, while the server appends to them.
 *
 * Boundary: it reads the segment files past the journal. What was appended after it began is not its business.
 *
 * L1. A group that is being written looks like a torn tail, a segment that was just left like one without a footer: neither counts.
 * L2. Each group commits to the digest of the state after it. The changes of its records must lead from the one before to it.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Files } from '../../storage/files';
import type { Frame } from '../../storage/journal/frame-scanner';
import { walkJournal } from '../../storage/journal/walk';
import { effectsOf } from '../../storage/state/effect';
import { BucketDigest } from '../../storage/state/digest';
import type { Problems } from './problems';

export interface JournalCheck {
  readonly files: Files;
  /** The directory of the segments. */
  readonly dir: string;
  /** The head when the check began. */
  readonly head: number;
  /** Works the digest out anew from the records. */
  readonly digests: boolean;
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
  readonly onSequence: (sequence: number) => void;
}

const REMEDY = 'start with `--recover cold`, or restore a backup: see docs/recovery.md';
/** Groups between two breaths. */
const GROUPS = 64;

export async function checkJournal(check: JournalCheck, problems: Problems): Promise<void> {
  const { files, dir, head, signal, bytesPerSecond } = check;
  const start = performance.now();
  let digest: DigestFold | undefined;
  let bytes = 0;
  for await (const step of walkJournal(files, dir)) {
    signal.throwIfAborted();
    if (step.kind === 'segment') digest ??= new DigestFold(step.segment.header.digest);
    else if (step.kind === 'group') {
      if (step.frame.lastSequence > head) break;
      problems.read.groups++;
      problems.read.records += step.frame.parts.records.length;
      bytes += step.frame.body.length;
      const wrong = check.digests ? digest?.add(step.frame) : undefined;
      const place = `${step.segment.name} at byte ${step.frame.offset}`;
      if (wrong !== undefined) problems.add('digest', place, wrong, REMEDY);
      if (problems.read.groups % GROUPS === 0) {
        check.onSequence(step.frame.lastSequence);
        const early = (bytes / bytesPerSecond) * 1000 - (performance.now() - start);
        await (early > 1 ? setTimeout(early, undefined, { signal }) : setImmediate());
      }
    } else if (step.kind === 'problem') {
      const { segment, offset, problem, derived } = step.problem;
      // L1
      if (derived) continue;
      problems.add(kindOf(problem), `${segment} at byte ${offset}`, problem, REMEDY);
      digest = undefined;
    }
  }
}

function kindOf(problem: string): string {
  if (/chain/.test(problem)) return 'chain';
  return /segment|history|begins with|mark|seal/.test(problem) ? 'segment' : 'journal_group';
}

/** L2. */
class DigestFold {
  private readonly fold = new BucketDigest();
  /** The difference between what the journal says and what was folded: what was there before the first group. */
  private readonly offset: readonly [number, number];

  constructor(before: Uint8Array) {
    this.offset = lanesOf(before);
  }

  add({ parts, firstSequence, lastSequence }: Frame): string | undefined {
    for (const encoded of parts.records) {
      for (const { entityHash, change, row } of effectsOf(JournalRecord.decode(encoded))) {
        this.fold.replace(entityHash, change.previousCrc, row?.crc ?? 0);
      }
    }
    const [high, low] = lanesOf(this.fold.total());
    const [wantedHigh, wantedLow] = lanesOf(parts.stateDigest);
    const isRight = (high + this.offset[0]) >>> 0 === wantedHigh && (low + this.offset[1]) >>> 0 === wantedLow;
    return isRight
      ? undefined
      : `the changes of ${firstSequence} to ${lastSequence} do not lead to the digest that the group commits to`;
  }
}

function lanesOf(digest: Uint8Array): readonly [number, number] {
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return [view.getUint32(0), view.getUint32(4)];
}
