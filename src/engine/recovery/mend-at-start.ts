// What a start does about a damaged journal by itself: what loses nothing but what was said of changes.

import type { RecoveryReport } from '../../gen/holdfast/v1/recovery';
import type { Files } from '../../storage/files';
import { JournalCorruption } from '../../storage/journal/journal';
import { backupsDir } from '../../storage/layout';
import type { Notice } from '../notice';
import { mendJournal } from './damage';
import { spansText } from './damage-means';
import type { DamageMeans } from './damage-means';
import type { StartRecovery } from './start-recovery';

export type StartMeans = StartRecovery & { readonly files: Files };

/** Resolves when the journal opens again. Throws JournalCorruption with nothing changed where something is really lost: it names what. */
export async function mendAtStart(
  means: StartMeans,
  damage: JournalCorruption,
  notice: (notice: Notice) => void,
): Promise<RecoveryReport> {
  const outcome = await mendJournal(damageMeans(means, notice), 'records', damage.message);
  const { report } = outcome;
  // Nothing is found where the whole journal was read: then the damage is elsewhere, in a mark.
  if (!report) throw damage;
  const lost = spansText(report.lost);
  if (!outcome.mended) {
    const { segment, offset, problem } = damage;
    const what = lost === '' ? '' : `; sequences that no source has any more: ${lost}`;
    const doubt = outcome.doubt === undefined ? '' : `; ${outcome.doubt}`;
    throw new JournalCorruption(segment, offset, problem + what + doubt);
  }
  const kept = lost === '' ? 'nothing is lost' : `sequences ${lost} are lost, and what they did is in the state`;
  notice({ level: 'error', message: `the journal was damaged and is put right: ${kept}` });
  return report;
}

export function damageMeans(
  { files, dir, settings, version = '' }: StartMeans,
  notice: (notice: Notice) => void,
): DamageMeans {
  return {
    ...{ files, dir, version, notice },
    backups: { dir: settings?.backups.dir ?? backupsDir(dir) },
    mirrorDir: settings?.mirrorDir,
    wallMs: () => Date.now(),
  };
}

/** A store with what was done to its journal before what was done to its state. */
export function withReport<Opened extends { found: { state: { report?: RecoveryReport | undefined } } }>(
  opened: Opened,
  before: RecoveryReport,
): Opened {
  const { state } = opened.found;
  const after = state.report;
  const report: RecoveryReport = after
    ? {
        ...after,
        reason: before.reason,
        attempts: [...before.attempts, ...after.attempts],
        parts: [...before.parts, ...after.parts],
        checks: [...before.checks, ...after.checks],
        lost: before.lost,
        keptAside: before.keptAside,
        startTime: before.startTime,
      }
    : before;
  return { ...opened, found: { ...opened.found, state: { ...state, report } } };
}
