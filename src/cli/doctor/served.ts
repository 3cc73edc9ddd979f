// What a server that answers says of itself, as findings. Pure.

import type { Health, IntegrityReport, ServerStatus, Setting } from '../../gen/holdfast/v1/system';
import { HealthStatus, ServerState } from '../../gen/holdfast/v1/system';
import { atOf, lengthOfTime } from '../times';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';

/** Journal time may be this far from the clock here, in milliseconds: more means that a clock was set. */
const CLOCK_OFF_MAX_MS = 5 * 60_000;
/** Backups further apart than this lose a working day, in milliseconds. */
const INTERVAL_LONG_MS = 24 * 3_600_000;
/** Problems that are shown one by one. */
const PROBLEMS_SHOWN = 20;

/** `version` is that of this command line; `nowMs` is the clock here. */
export function statusFindings(status: ServerStatus, version: string, nowMs: number): Finding[] {
  const { state, stateReason, journalTime } = status;
  const findings: Finding[] = [];
  // What keeps a server from serving is among the issues of its health, with what to do.
  if (state === ServerState.SERVING) findings.push(ok('server', `version ${status.version} serves`));
  else if (state === ServerState.DRAINING)
    findings.push(warn('server', 'it is stopping', 'Start it again when it has stopped.'));
  else
    findings.push(
      warn('server', `version ${status.version} answers${stateReason && `: ${stateReason}`}`, 'See below.'),
    );
  if (version !== '' && version !== status.version) {
    const message = `this command line is version ${version}, the server ${status.version}`;
    findings.push(warn('version', message, 'Use the same release for both.'));
  }
  const offMs = journalTime ? atOf(journalTime) - nowMs : 0;
  if (Math.abs(offMs) > CLOCK_OFF_MAX_MS) {
    const where = offMs > 0 ? 'ahead of' : 'behind';
    const message = `journal time is ${lengthOfTime(Math.abs(offMs))} ${where} the clock here`;
    findings.push(
      warn(
        'clock',
        message,
        'Set the clocks. Journal time never runs back: it waits, or catches up at the next start.',
      ),
    );
  } else findings.push(ok('clock', 'journal time agrees with the clock here'));
  return findings;
}

/** Each issue; one line if there is none. */
export function healthFindings({ issues }: Health): Finding[] {
  if (issues.length === 0) return [ok('health', 'nothing to do')];
  return issues.map(({ code, severity, message, recommendation }) =>
    (severity === HealthStatus.UNHEALTHY ? fail : warn)('health', `${code}: ${message}`, recommendation),
  );
}

/** What a check of the store's structure found. */
export function integrityFindings({ sound, problems, problemCount, rows, groups }: IntegrityReport): Finding[] {
  if (sound)
    return [ok('integrity', `structure is sound${rows + groups > 0 ? ` (${groups} groups, ${rows} rows)` : ''}`)];
  const findings = problems
    .filter(({ repaired }) => !repaired)
    .slice(0, PROBLEMS_SHOWN)
    .map(({ kind, name, problem, remedy }) => {
      return fail('integrity', `${kind} ${name}: ${problem}`, remedy || 'See docs/recovery.md.');
    });
  const more = problemCount - findings.length;
  if (more > 0) findings.push(fail('integrity', `${more} more problems`, 'See them with: holdfast verify'));
  return findings;
}

/** What the settings put at risk. */
export function configFindings(settings: readonly Setting[]): Finding[] {
  const value = (name: string): string => settings.find((one) => one.name === name)?.value ?? '';
  const findings: Finding[] = [];
  if (value('autoBackup') === 'false') {
    findings.push(
      warn('settings', 'no backup is made by itself', 'Set `autoBackup`, or make backups by a timer of your own.'),
    );
  } else if (Number(value('backupInterval')) > INTERVAL_LONG_MS) {
    const interval = lengthOfTime(Number(value('backupInterval')));
    findings.push(warn('settings', `backups are ${interval} apart`, 'Set a shorter `backupInterval`.'));
  }
  if (settings.length > 0 && value('backupDir') === '' && value('mirrorDir') === '') {
    const message = 'backups are on the disk of the data, and nothing is mirrored: the loss of that disk loses all';
    findings.push(warn('settings', message, 'Set `backupDir` or `mirrorDir` to a place on another disk.'));
  }
  if (value('allowRemote') === 'true') {
    const message = 'other machines may connect, and nobody is asked who is calling';
    findings.push(warn('settings', message, 'Let only machines that you trust reach the port.'));
  }
  return findings.length > 0 ? findings : [ok('settings', 'nothing is at risk by them')];
}
