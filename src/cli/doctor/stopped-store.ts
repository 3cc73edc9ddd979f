// A look at the store of a stopped server, or at a copy. It holds the store's lock meanwhile, and changes nothing that counts.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isGood, listBackups } from '../../storage/backup/catalogue';
import { CapsuleDamaged, readCapsule } from '../../storage/capsule';
import { verifyJournal } from '../../storage/journal/verify';
import type { JournalReport, VerifyProgress } from '../../storage/journal/verify';
import { backupsDir, incomingDir, journalDir, stateDir } from '../../storage/layout';
import { nodeFiles } from '../../storage/node-files';
import { reachedBy, readCheckpoint } from '../../storage/state/checkpoint-file';
import type { StateCheckpoint } from '../../storage/state/checkpoint-file';
import { verifyListed } from '../../storage/state/listed-files';
import { DirectoryInUse, lockDirectory } from '../../storage/state/process-lock';
import { StateUnusable } from '../../storage/state/state';
import { relativeTime } from '../times';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';
import { diskFindings, permissionFinding } from './machine';

/** What can be done is asked for first: it depends on what the state, the backups and the mirror have. */
const keepACopy = (dir: string): string =>
  `Keep a copy of the data directory first. Then see what can be done: holdfast recover --dir ${dir} --dry-run`;

/** What is found in the data directory `dir`, one check after the other. Ends early when a server has it. */
export async function* examineStore(
  dir: string,
  onProgress: (progress: VerifyProgress) => void,
  backupsAt = backupsDir(dir),
): AsyncGenerator<Finding> {
  if (!existsSync(journalDir(dir))) {
    yield fail('directory', `${dir} holds no journal`, 'Give the data directory: what `serve --dir` was given.');
    return;
  }
  yield await permissionFinding(dir);
  yield* await diskFindings(dir);
  let lock: Awaited<ReturnType<typeof lockDirectory>> | undefined;
  try {
    lock = await lockDirectory(dir);
    yield ok('lock', 'no server uses it');
  } catch (error) {
    if (error instanceof DirectoryInUse) {
      yield fail('lock', 'a server uses this directory', 'Ask the server itself: holdfast doctor, without --dir.');
      return;
    }
    // Where nothing can be written no server runs either.
    if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error;
    yield fail('lock', 'its file system is read-only', 'A disk with errors is often mounted read-only: see dmesg.');
  }
  try {
    const report = await verifyJournal({ files: nodeFiles, dir: journalDir(dir), progress: onProgress });
    yield* journalFindings(dir, report);
    yield* await stateFindings(dir, report);
    yield* await asideFindings(dir);
    yield await backupFinding(backupsAt);
  } finally {
    await lock?.release();
  }
}

function journalFindings(dir: string, report: JournalReport): Finding[] {
  const { problems, tornTail, clean, records, newest, history } = report;
  const serious = problems.filter(({ derived }) => !derived);
  const findings = serious.slice(0, 20).map(({ segment, offset, problem }) => {
    return fail('journal', `${segment} at byte ${offset}: ${problem}`, keepACopy(dir));
  });
  if (serious.length > 20)
    findings.push(
      fail('journal', `${serious.length - 20} more problems`, `holdfast journal verify ${journalDir(dir)}`),
    );
  if (serious.length === 0) {
    const ended = clean ? 'stopped cleanly' : 'not stopped cleanly; the next start copies the last segment forward';
    findings.push(ok('journal', `${records} records up to ${newest} of ${history} are sound; ${ended}`));
  }
  if (serious.length < problems.length) {
    const message = `${problems.length - serious.length} footers do not verify; they are derived, and the records are sound`;
    findings.push(warn('journal', message, 'Nothing: reads do without them, more slowly.'));
  }
  // Of a journal that has lost its end, what is torn may have been acknowledged.
  if (tornTail && serious.length === 0) {
    const message = `a half-written group of ${tornTail.bytes} bytes was never acknowledged; the next start cuts it off`;
    findings.push(ok('journal', message));
  }
  return findings;
}

const REBUILT = 'Nothing: the next start rebuilds it from the journal.';

async function stateFindings(dir: string, report: JournalReport): Promise<Finding[]> {
  let checkpoint: StateCheckpoint | undefined;
  try {
    checkpoint = await readCheckpoint(nodeFiles, stateDir(dir));
    if (!checkpoint) return [warn('state', 'there is no state checkpoint', REBUILT)];
    const { history, distrusted, store } = checkpoint;
    // A start refuses it as well: what the state has seen is not there.
    if (reachedBy(checkpoint) > report.newest) {
      const from = history === report.history ? '' : `, and is of another history (${report.history})`;
      const message = `the state has records up to ${reachedBy(checkpoint)}, and the journal ends at ${report.newest}${from}: it has lost some`;
      return [fail('state', message, keepACopy(dir))];
    }
    if (history !== report.history) {
      return [warn('state', `the state is of history ${history}, the journal of ${report.history}`, REBUILT)];
    }
    if (distrusted !== undefined) return [warn('state', distrusted, REBUILT)];
    await verifyListed(join(stateDir(dir), store), checkpoint, Infinity);
  } catch (error) {
    if (error instanceof StateUnusable) return [warn('state', error.message, REBUILT)];
    throw error;
  }
  const { sequence } = checkpoint;
  const ahead = sequence === report.newest ? '' : `; a start applies what follows, up to ${report.newest}`;
  return [ok('state', `its files are those of the state checkpoint at ${sequence}${ahead}`)];
}

/** What lies beside journal and state. */
async function asideFindings(dir: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (existsSync(incomingDir(dir))) {
    const message = 'a restore or a rebuild was cut off while it was put in place';
    findings.push(warn('incoming', message, 'Nothing: the next start finishes or drops it.'));
  }
  try {
    const capsule = await readCapsule(nodeFiles, dir);
    if (capsule) findings.push(ok('capsule', 'an emergency start would serve reads from it at once'));
  } catch (error) {
    if (!(error instanceof CapsuleDamaged)) throw error;
    findings.push(warn('capsule', error.message, 'Nothing: the next state checkpoint writes it anew.'));
  }
  return findings;
}

async function backupFinding(backupsAt: string): Promise<Finding> {
  const backups = await listBackups(nodeFiles, backupsAt);
  const good = backups.filter(isGood);
  const damaged = backups.length - good.length;
  const newest = good[0];
  if (!newest) {
    const message = damaged > 0 ? `${damaged} backups, all of them damaged` : `there is none in ${backupsAt}`;
    return warn('backups', message, 'Start the server and make one: holdfast backup create');
  }
  const words = `${good.length} good, newest ${newest.id} ${relativeTime(newest.manifest.createdAt, Date.now())}`;
  if (damaged === 0) return ok('backups', words);
  return warn('backups', `${words}; ${damaged} are damaged`, 'Look at the disk that holds them.');
}
