// Backups as people read them.

import type { Backup } from '../../gen/holdfast/v1/backup';
import { BackupKind, BackupState } from '../../gen/holdfast/v1/backup';
import { byteWords } from '../byte-count';
import { shortId } from '../resource-name';
import { tableLines } from '../table';
import { oneLine } from '../text-width';
import { atOf, lengthOfTime, relativeTime } from '../times';

const kindWords: Readonly<Record<number, string>> = {
  [BackupKind.NAMED]: 'NAMED',
  [BackupKind.AUTOMATIC]: 'AUTOMATIC',
  [BackupKind.BASE]: 'BASE',
};

const kindWord = ({ kind }: Backup): string => kindWords[kind] ?? '-';
const stateWord = ({ state }: Backup): string => (state === BackupState.VERIFIED ? 'VERIFIED' : 'DAMAGED');
const ageWords = ({ createTime }: Backup, now: number): string =>
  createTime ? relativeTime(atOf(createTime), now) : '-';

/** One backup in one line: "b1 VERIFIED NAMED at 812, 40 tasks, 1.2 MiB, 5 min ago: before the move". */
export function briefBackup(backup: Backup, now: number): string {
  const { name, position, tasks, sizeBytes, description, problems } = backup;
  const facts = [`${shortId(name)} ${stateWord(backup)} ${kindWord(backup)} at ${position?.sequence ?? '-'}`];
  facts.push(`${tasks} tasks`, byteWords(sizeBytes), ageWords(backup, now));
  const more = problems[0] ?? description;
  return `${facts.join(', ')}${more ? `: ${oneLine(more)}` : ''}`;
}

export function backupTable(backups: readonly Backup[], columns: number, now: number): string[] {
  const layout = [
    { title: 'ID', flexible: true },
    ...['STATE', 'KIND', 'SEQUENCE', 'TASKS', 'SIZE', 'MADE'].map((title) => ({ title })),
  ];
  const rows = backups.map((backup) => [
    shortId(backup.name),
    stateWord(backup),
    kindWord(backup),
    String(backup.position?.sequence ?? '-'),
    String(backup.tasks),
    byteWords(backup.sizeBytes),
    ageWords(backup, now),
  ]);
  return tableLines(layout, rows, columns);
}

/** Everything about a backup, one fact a line. */
export function backupLines(backup: Backup, now: number): string[] {
  const { position, createTime, journalTime, verifyTime } = backup;
  const time = (at: Backup['createTime']): string =>
    at ? `${new Date(atOf(at)).toISOString()} (${relativeTime(atOf(at), now)})` : '-';
  const facts: (readonly [string, string])[] = [
    ['state', stateWord(backup)],
    ...backup.problems.map((problem) => ['problem', oneLine(problem)] as const),
    ['kind', kindWord(backup)],
    ['position', position ? `${position.sequence} of history ${position.history}` : '-'],
    ['made', `${time(createTime)}, in ${lengthOfTime(backup.tookMs)}`],
    ['last record', time(journalTime)],
    ['verified', time(verifyTime)],
    ['tasks', String(backup.tasks)],
    ['size', `${byteWords(backup.sizeBytes)}, ${backup.files} files`],
    ['blobs', `${backup.blobs}, ${byteWords(backup.blobBytes)}`],
    ['chain', backup.chain.toString('hex')],
    ['digest', backup.digest.toString('hex')],
    ['made by', `holdfast ${backup.serverVersion}`],
    ['about', oneLine(backup.description)],
    ['kept', oneLine(backup.keptBecause)],
  ];
  const shown = facts.filter(([, value]) => value !== '' && value !== '0, 0 bytes');
  return [shortId(backup.name), ...shown.map(([title, value]) => `  ${title.padEnd(12)}${value}`)];
}
