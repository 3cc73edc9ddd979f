// Puts right all that a scrub found, and says what became of it.

import type { ScrubReport } from '../../storage/state/scrub';
import type { Engine } from '../engine';
import { BackupRows } from './backup-rows';
import type { Problems } from './problems';
import { repairBuckets } from './repair-buckets';
import { repairRequests } from './repair-requests';
import type { RepairedRow } from './repaired-row';
import { rereadWindows } from './reread-windows';

export interface RepairRun {
  readonly engine: Engine;
  readonly backupsDir: string;
  readonly signal: AbortSignal;
  readonly onRepaired: (repaired: RepairedRow) => void;
  /** Told of what else was put right: request ids. */
  readonly onRepairedBeside: (name: string, problem: string) => void;
}

/** What becomes of a state that repairs do not bring back. */
export const REBUILD = 'the server stops, and its next start rebuilds the state from the journal';

/** Gives why the state must be given up; undefined if it need not. */
export async function repairReport(
  run: RepairRun,
  report: ScrubReport,
  problems: Problems,
): Promise<string | undefined> {
  const { engine, signal, onRepaired } = run;
  const { state, journal } = engine.store;
  const base = new BackupRows(engine, run.backupsDir);
  let hopeless: string | undefined;
  const giveUp = (kind: string, name: string, problem: string): void => {
    problems.add(kind, name, problem, REBUILD);
    hopeless ??= `${name}: ${problem}`;
  };
  const tell = (row: RepairedRow): void => {
    problems.addRow(row);
    onRepaired(row);
  };
  try {
    const parts = { state, journal, signal, bases: () => base.open() };
    const buckets = await repairBuckets({ ...parts, onRepaired: tell }, report);
    if (buckets.entries > 0) {
      const what = `${buckets.entries} index entries were missing, stale or damaged`;
      problems.add('index_entry', 'state', what, 'put right from the rows', true);
    }
    if (buckets.rows + buckets.entries > 0) rereadWindows(engine);
    for (const bucket of buckets.unresolved)
      giveUp('digest', `bucket ${bucket}`, 'its rows are not those of the digest');
    const requests = await repairRequests(parts, report.requestGenerations);
    if (requests.entries > 0) {
      const what = `${requests.entries} request ids were missing or damaged`;
      problems.add('request_id', dayOf(report.requestGenerations[0]!), what, 'put right from the journal', true);
      run.onRepairedBeside('requests', what);
    }
    for (const day of requests.unresolved) {
      giveUp('request_id', dayOf(day), 'its request ids are not those that were applied');
    }
  } finally {
    await base.close();
  }
  return hopeless;
}

/** A generation of request ids as a date. */
export function dayOf(generation: number): string {
  return new Date(generation * 86_400_000).toISOString().slice(0, 10);
}
