/**
 * Verifies a whole journal, for `holdfast journal verify`: every checksum, sequence, chain link, record and footer.
 *
 * Boundary: a stopped store or a copy of one; it changes nothing.
 */
import { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Files } from '../files';
import { EntityPositions, entityEntry } from './entity-positions';
import { visitEntities } from './group-body';
import type { Frame } from './frame-scanner';
import { footerProblem } from './verify-footer';
import { walkJournal } from './walk';
import type { JournalProblem, WalkedSegment } from './walk';
import { isSegmentName } from './format';
import { join } from 'node:path';

export interface VerifyOptions {
  readonly files: Files;
  /** The directory of the segments. */
  readonly dir: string;
  /** Told now and then how far it is; once at the end. */
  readonly progress?: ((progress: VerifyProgress) => void) | undefined;
}

export interface VerifyProgress {
  readonly bytes: number;
  /** Bytes of all segment files. */
  readonly bytesTotal: number;
}

export interface JournalReport {
  /** The history's id; empty when no segment could be read. */
  readonly history: string;
  readonly segments: number;
  readonly groups: number;
  readonly records: number;
  readonly bytes: number;
  /** The oldest and newest sequences; 0 for an empty journal. */
  readonly oldest: number;
  readonly newest: number;
  /** The chain after the newest group, lower-case hex; empty when the last segment is damaged. */
  readonly chain: string;
  /** Whether the last stop sealed the journal. */
  readonly clean: boolean;
  /** A half-written last group: no damage, the next start cuts it off and keeps it aside. */
  readonly tornTail: { readonly segment: string; readonly offset: number; readonly bytes: number } | undefined;
  /** Empty for a sound journal. */
  readonly problems: readonly JournalProblem[];
}

/** Progress is told at most once for this many bytes. */
const PROGRESS_BYTES = 4 * 1024 * 1024;

/** Reads everything. Never rejects for damage: that is in the report. */
export async function verifyJournal({ files, dir, progress }: VerifyOptions): Promise<JournalReport> {
  const bytesTotal = await totalBytes(files, dir);
  const problems: JournalProblem[] = [];
  const counts = { segments: 0, groups: 0, records: 0, bytes: 0, oldest: 0, newest: 0 };
  let history = '';
  let chain = '';
  let clean = false;
  let tornTail: JournalReport['tornTail'];
  let content = new SegmentContent();
  let told = 0;
  for await (const step of walkJournal(files, dir)) {
    if (step.kind === 'segment') {
      counts.segments += 1;
      history = step.segment.header.history;
      content = new SegmentContent();
    } else if (step.kind === 'group') {
      const { frame, segment } = step;
      counts.groups += 1;
      counts.records += frame.parts.records.length;
      counts.oldest ||= frame.firstSequence;
      counts.newest = frame.lastSequence;
      problems.push(...content.add(frame, segment));
      const done = counts.bytes + frame.offset;
      if (done - told >= PROGRESS_BYTES) progress?.({ bytes: (told = done), bytesTotal });
    } else if (step.kind === 'segmentEnd') {
      const problem = await footerProblem(step.segment, await content.positions.sorted(), content.frames);
      if (problem !== undefined) problems.push(problem);
      counts.bytes += step.segment.fileBytes;
    } else if (step.kind === 'problem') {
      problems.push(step.problem);
    } else if (step.kind === 'torn') {
      tornTail = { segment: step.segment, offset: step.offset, bytes: step.bytes };
    } else {
      chain = step.head === undefined ? '' : Buffer.from(step.head.chain).toString('hex');
      clean = step.sealed;
    }
  }
  if (tornTail !== undefined && clean) {
    problems.push({ ...tornTail, problem: 'a torn group follows, although the journal was sealed' });
  }
  progress?.({ bytes: bytesTotal, bytesTotal });
  return { history, chain, clean, tornTail, problems, ...counts, bytes: bytesTotal };
}

/** What a segment's footer must say. */
class SegmentContent {
  readonly positions = new EntityPositions();
  /** Where each group begins: offset and first sequence. */
  readonly frames = new Map<number, number>();

  add(frame: Frame, { name, header }: WalkedSegment): JournalProblem[] {
    const problems: JournalProblem[] = [];
    this.frames.set(frame.offset, frame.firstSequence);
    let sequence = frame.firstSequence;
    for (const encoded of frame.parts.records) {
      const problem = recordProblem(encoded, sequence);
      if (problem !== undefined) problems.push({ segment: name, offset: frame.offset, problem });
      else visitEntities(encoded, (hash) => this.positions.add(entityEntry(hash, sequence - header.firstSequence)));
      sequence += 1;
    }
    return problems;
  }
}

function recordProblem(encoded: Uint8Array, sequence: number): string | undefined {
  try {
    const record = JournalRecord.decode(encoded);
    return record.sequence === sequence ? undefined : `the record at sequence ${sequence} says ${record.sequence}`;
  } catch (error) {
    return `the record at sequence ${sequence} cannot be decoded: ${(error as Error).message}`;
  }
}

async function totalBytes(files: Files, dir: string): Promise<number> {
  let total = 0;
  for (const name of (await files.list(dir)).filter(isSegmentName)) {
    const file = await files.open(join(dir, name), 'r');
    total += await file.size().finally(() => file.close());
  }
  return total;
}
