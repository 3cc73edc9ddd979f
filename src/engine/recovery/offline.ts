/**
 * Recovery of a stopped store, for the command line.
 *
 * O1. It has the process lock while it looks and mends: no server runs meanwhile.
 * O2. A dry run changes nothing.
 * O3. What is really lost is given up only here, where somebody asked for it; it is named in the report, which is kept beside the store.
 */
import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryReport } from '../../gen/holdfast/v1/recovery';
import type { Files } from '../../storage/files';
import { writeReport } from '../../storage/recovery-report';
import { lockDirectory } from '../../storage/state/process-lock';
import type { Notice } from '../notice';
import { openStore } from '../startup';
import { mendJournal } from './damage';
import type { DamageOutcome } from './damage';
import { damageMeans, withReport } from './mend-at-start';
import { ReportDraft } from './report';

export interface OfflineRecovery {
  readonly files: Files;
  readonly dir: string;
  readonly backupsDir: string;
  readonly mirrorDir: string | undefined;
  /** UNSPECIFIED: the state is built anew only if it is not sound. */
  readonly strategy: RecoveryStrategy;
  readonly dryRun: boolean;
  readonly version: string;
  readonly notice: (notice: Notice) => void;
}

const REASON = 'command line';

/** Throws DirectoryInUse, NotRecovered, JournalCorruption. Durable when it resolves; the store stands as a clean stop leaves it. */
export async function recoverOffline(asked: OfflineRecovery): Promise<DamageOutcome> {
  const { files, dir, strategy, dryRun, notice } = asked;
  const settings = {
    backups: { dir: asked.backupsDir },
    mirrorDir: asked.mirrorDir,
    recovery: { timeoutMs: 300_000, attemptsMax: 3 },
  };
  const means = damageMeans({ files, dir, settings, version: asked.version }, notice);
  const lock = await lockDirectory(dir);
  let outcome: DamageOutcome;
  try {
    outcome = await mendJournal(means, dryRun ? 'nothing' : 'loss', REASON);
  } finally {
    await lock.release();
  }
  if (dryRun || !outcome.mended) return outcome;
  const rebuild = strategy === RecoveryStrategy.UNSPECIFIED ? undefined : `it was asked for on the ${REASON}`;
  const store = await openStore({ dir, files, settings, strategy, rebuild, version: asked.version }, notice);
  try {
    const nothing = new ReportDraft(strategy, REASON);
    nothing.checks.push('the journal was read whole, and the state is the one that it says');
    const reached = { history: store.journal.history, sequence: store.journal.head().sequence };
    const before = outcome.report ?? nothing.finished(reached, store.state.tallies.taskCount());
    const report: RecoveryReport = {
      ...withReport(store, before).found.state.report!,
      ...{ reached, succeeded: true, tasks: store.state.tallies.taskCount() },
    };
    await writeReport(files, dir, report);
    return { mended: true, report, advice: [] };
  } finally {
    await store.state.close();
    await store.journal.close(true);
    await store.release();
  }
}
