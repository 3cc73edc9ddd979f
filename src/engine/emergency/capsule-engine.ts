/**
 * An engine over a capsule: it answers reads while the state is built anew.
 *
 * E1. It has a directory of its own, and touches nothing of the store: whoever builds the state has that. What it wrote is worth nothing, and is
 *     removed when it stops, or by the next one.
 * E2. No time passes in it: leases and locks are shown as they were when the capsule was taken.
 */
import { join } from 'node:path';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { Record as JournalRecord, Verb } from '../../gen/holdfast/journal/v1/journal';
import type { Capsule, CapsuleRow } from '../../storage/capsule';
import { Blobs } from '../../storage/blobs/blobs';
import { emergencyDir } from '../../storage/layout';
import { createState } from '../../storage/state/open-state';
import type { LevelState } from '../../storage/state/level-state';
import { Engine } from '../engine';
import type { EngineOptions } from '../engine';
import { AbsentJournal } from './absent-journal';
import type { Emergency } from './emergency';

/** Rows that are put into the state at once. */
const BATCH_ROWS = 512;

/** Starts an engine that serves what the capsule holds, and refuses all else with RECOVERING. Throws the disk's error. */
export async function capsuleEngine(options: EngineOptions, capsule: Capsule, emergency: Emergency): Promise<Engine> {
  const start = performance.now();
  const { files } = options;
  const dir = emergencyDir(options.dir);
  await files.removeTree(dir);
  await files.makeDirectory(dir);
  const { facts } = capsule;
  const state = await createState({ dir: join(dir, 'state'), files, history: facts.history });
  try {
    await fill(state, capsule);
    const blobs = await Blobs.open(files, join(dir, 'blobs'));
    const how = {
      how: 'rebuilt',
      because: emergency.ahead.because,
      redone: capsule.rows.length,
      verified: true,
    } as const;
    const found = { journal: { how: 'unclean' }, state: how, tookMs: performance.now() - start } as const;
    const journal = new AbsentJournal(emergency);
    const release = (): Promise<void> => files.removeTree(dir);
    // E2: the clock shows the capsule's time, and its hands do not move.
    const clock = { wallMs: () => facts.timeMs, monotonicMs: () => 0 };
    return await Engine.standIn({ ...options, dir, clock }, { journal, state, blobs, found, release }, emergency);
  } catch (error) {
    await state.close();
    throw error;
  }
}

/** Puts the rows into an empty state as the records that wrote them would have, oldest first. */
async function fill(state: LevelState, { facts, rows }: Capsule): Promise<void> {
  const sorted = [...rows].sort((a, b) => a.sequence - b.sequence);
  let records: JournalRecord[] = [];
  for (let at = 0; at < sorted.length;) {
    let end = at + 1;
    while (end < sorted.length && sorted[end]!.sequence === sorted[at]!.sequence) end++;
    records.push(recordOf(sorted[at]!.sequence, facts.timeMs, sorted.slice(at, end)));
    at = end;
    if (records.length < BATCH_ROWS) continue;
    await state.applyBulk(records);
    records = [];
  }
  // What the rows do not show is part of the position all the same.
  if (sorted.at(-1)?.sequence !== facts.sequence) records.push(recordOf(facts.sequence, facts.timeMs, []));
  await state.applyBulk(records);
}

function recordOf(sequence: number, timeMs: number, rows: readonly CapsuleRow[]): JournalRecord {
  return JournalRecord.fromPartial({
    ...{ sequence, timeMs, verb: Verb.BOOT, principal: PRINCIPAL_SYSTEM },
    changes: rows.map(({ kind, project, id, image }) => ({ kind, project, id, image: Buffer.from(image) })),
  });
}
