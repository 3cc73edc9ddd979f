// All that a store holds, read by an engine in this process, and what must hold between two looks at one history.
//
// T1. A store that a crash left holds the first records of what the store became, unchanged and in order; of what came after them it has nothing.
// T2. Everything that was acknowledged before the crash is among them.
// T3. The rows are those that the records say, and index entries, counts and request ids are those of the rows.

import { systemClock } from '../../src/engine/clock';
import { Engine } from '../../src/engine/engine';
import { silentObserver } from '../../src/engine/observer';
import { Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { nodeFiles } from '../../src/storage/node-files';
import type { Told } from './block-life';

/** What was there when it was opened. */
export interface StoredHistory {
  readonly history: string;
  /** Encoded, by sequence from 1; the first is nothing. */
  readonly records: readonly (Buffer | undefined)[];
  /** What does not fit, in words. */
  readonly unsound: readonly string[];
}

/** Opens the store, lets it put right what a crash left, and reads everything. Rejects when it does not open. */
export async function readStore(dir: string): Promise<StoredHistory> {
  const engine = await Engine.start({
    ...{ dir, files: nodeFiles, clock: systemClock, observer: silentObserver, version: 'test' },
  });
  try {
    const records: (Buffer | undefined)[] = [];
    const rows = new Map<string, { sequence: number; change: JournalRecord['changes'][number] }>();
    for await (const group of engine.parts.journal.read(0)) {
      for (const record of group.records) {
        records[record.sequence] = Buffer.from(JournalRecord.encode(record).finish());
        for (const change of record.changes) {
          rows.set(`${change.kind}/${change.project}/${change.id}`, { sequence: record.sequence, change });
        }
      }
    }
    const unsound: string[] = [];
    for (const [name, { sequence, change }] of rows) {
      const row = await engine.read(change.kind, change.project, change.id);
      const right = change.removed ? row === undefined : row?.sequence === sequence && change.image.equals(row.image);
      if (!right) unsound.push(`the row ${name}, last changed at ${sequence}, is of ${row?.sequence ?? 'nothing'}`);
    }
    const { sound, ...report } = await engine.parts.state.scrub();
    if (!sound) unsound.push(`the state does not add up: ${JSON.stringify(report)}`);
    return { history: engine.history, records, unsound };
  } finally {
    await engine.stop();
  }
}

/** One sentence for each thing that is wrong with a store that a crash left. `later`: what the same store became without the crash. */
export function crashViolations(found: StoredHistory, later: StoredHistory, told: readonly Told[]): string[] {
  const violations = [...found.unsound];
  const same = found.history === later.history;
  let kept = 0;
  while (same && found.records[kept + 1] && later.records[kept + 1]?.equals(found.records[kept + 1]!)) kept++;
  // T1. What follows may be the record of the start alone, and in a store without one the default project.
  for (const record of found.records.slice(kept + 1)) {
    const { boot, principal, requestId, sequence } = JournalRecord.decode(record!);
    const own = boot !== undefined || (principal === 'system' && sequence <= 2);
    if (!own) violations.push(`record ${sequence} (request ${requestId.toString('hex')}) is another than it was`);
  }
  // T2.
  for (const { requestId, sequence } of told) {
    if (sequence > kept) violations.push(`${requestId} was acknowledged at ${sequence}, the store ends at ${kept}`);
    else if (!wasAskedBy(found.records[sequence]!, requestId))
      violations.push(`${requestId} was acknowledged at ${sequence}, which is another's`);
  }
  return violations;
}

function wasAskedBy(record: Buffer, requestId: string): boolean {
  return JournalRecord.decode(record).requestId.toString('hex') === requestId.replaceAll('-', '');
}
