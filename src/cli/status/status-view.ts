// What a server is and does, as people read it: 80 columns, a fact a line.

import type { Health, RecoveryStatus, ServerStatus } from '../../gen/holdfast/v1/system';
import { HealthStatus, ServerState } from '../../gen/holdfast/v1/system';
import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import { byteWords } from '../byte-count';
import type { Output } from '../output';
import { shortId } from '../resource-name';
import { tableLines } from '../table';
import { fitTo, oneLine, wrapTo } from '../text-width';
import { atOf, lengthOfTime, relativeTime } from '../times';
import { integrityWords } from './integrity-words';

const LABEL = 11;

const stateWords: Readonly<Record<number, string>> = {
  [ServerState.SERVING]: 'serving',
  [ServerState.DRAINING]: 'stopping',
  [ServerState.HALTED]: 'HALTED',
  [ServerState.EMERGENCY]: 'EMERGENCY: reads alone, possibly stale',
  [ServerState.DISK_FULL]: 'serving; growth is refused, for the DISK IS FULL',
};
const healthWords: Readonly<Record<number, string>> = {
  [HealthStatus.HEALTHY]: 'healthy',
  [HealthStatus.DEGRADED]: 'DEGRADED',
  [HealthStatus.UNHEALTHY]: 'UNHEALTHY',
};
const foundWords: Readonly<Record<string, string>> = {
  created: 'the store was new',
  clean: 'the store was stopped cleanly before',
  unclean: 'the store was not stopped cleanly before, and has recovered',
};
const strategyWords: Readonly<Record<number, string>> = {
  [RecoveryStrategy.HOT]: 'HOT',
  [RecoveryStrategy.WARM]: 'WARM',
  [RecoveryStrategy.COLD]: 'COLD',
  [RecoveryStrategy.EMERGENCY]: 'EMERGENCY',
};

/** One word or two a figure, for a prompt or a log. */
export function briefStatus({ state, journal, counts }: ServerStatus, health: Health | undefined): string {
  const sequence = journal?.durable?.sequence ?? 0;
  const ailments = health?.issues.map(({ code }) => code).join(',') ?? '';
  const words = [healthWords[health?.status ?? 0] ?? 'unknown', ailments].filter(Boolean).join(' ');
  return `${stateWords[state] ?? 'unknown'} ${words} sequence ${sequence} tasks ${counts?.tasks ?? 0} live ${counts?.liveTasks ?? 0}`;
}

/** Everything, for a person. `now` is the time here. */
export function statusLines(
  server: string,
  status: ServerStatus,
  health: Health | undefined,
  output: Output,
  now: number,
): string[] {
  const width = output.columns;
  const head = `Holdfast ${status.version} at ${server}: ${stateWords[status.state] ?? 'unknown'}`;
  const lines = [output.bold(fitTo(oneLine(head), width))];
  if (status.stateReason) lines.push(...wrapTo(oneLine(status.stateReason), width - 2).map((line) => `  ${line}`));
  for (const [name, facts] of factsOf(status, now)) {
    const [first = '', ...rest] = wrapTo(oneLine(facts), width - LABEL - 2);
    lines.push(`  ${output.dim(name.padEnd(LABEL - 1))} ${first}`);
    lines.push(...rest.map((line) => ' '.repeat(LABEL + 2) + line));
  }
  lines.push('', ...recoveryLines(status.recovery, output));
  lines.push('', ...healthLines(health, output, now));
  return lines;
}

function factsOf(status: ServerStatus, now: number): [string, string][] {
  const { disk, cache, calls, process, counts, recovery, integrity } = status;
  const uptime = lengthOfTime(process?.uptimeMs ?? 0);
  const facts: [string, string][] = [
    ['up', `${uptime}; ${foundWords[status.found] ?? status.found}`],
    ['journal', journalWords(status)],
    [
      'holds',
      `${many(counts?.projects, 'project')}, ${many(counts?.tasks, 'task')}, ${counts?.liveTasks ?? 0} of them not ended, ` +
        many(counts?.sessions, 'session'),
    ],
    [
      'open',
      `${many(counts?.watches, 'watch', 'watches')}, ${counts?.waiting ?? 0} waiting for a task or a lock, ` +
        many(counts?.runningOperations, 'operation'),
    ],
    [
      'disk',
      `${byteWords(disk?.freeBytes ?? 0)} free; journal ${byteWords(disk?.journalBytes ?? 0)}, ` +
        `state ${byteWords(disk?.stateBytes ?? 0)}, blobs ${byteWords(disk?.blobBytes ?? 0)}, ` +
        `backups ${byteWords(disk?.backupBytes ?? 0)}, archive ${byteWords(disk?.archiveBytes ?? 0)}`,
    ],
    [
      'calls',
      `${calls?.calls ?? 0}, ${calls?.refused ?? 0} refused, ${calls?.errors ?? 0} failed, ${calls?.slow ?? 0} slow; ` +
        `mean ${millis(calls?.meanMicros)}, 99 of 100 within ${millis(calls?.p99Micros)}`,
    ],
    [
      'cache',
      `${cache?.entries ?? 0} rows, ${byteWords(cache?.bytes ?? 0)}; ` +
        ((cache?.hits ?? 0) + (cache?.misses ?? 0) === 0
          ? 'no reads yet'
          : `${percent(cache?.hitRate)} of reads found theirs`),
    ],
    [
      'process',
      `${byteWords(process?.rssBytes ?? 0)}, heap ${byteWords(process?.heapBytes ?? 0)}, ` +
        `processor ${lengthOfTime(process?.cpuMs ?? 0)}, event loop ${millis(process?.loopDelayP99Micros)} late`,
    ],
    ['backups', backupWords(recovery, now)],
    ['integrity', integrityWords(integrity, now)],
  ];
  if (recovery?.lastFailure) facts.push(['failed', recovery.lastFailure]);
  return facts;
}

function journalWords({ journal }: ServerStatus): string {
  const { durable, applied = 0, checkpointed = 0, oldest = 0, segments = 0, lineage = [] } = journal ?? {};
  const behind = (durable?.sequence ?? 0) - applied;
  const parts = [
    `sequence ${durable?.sequence ?? 0} of history ${durable?.history ?? ''}`,
    `oldest ${oldest}`,
    many(segments, 'segment'),
    `state checkpoint ${checkpointed}`,
    ...(behind > 0 ? [`${behind} not yet applied`] : []),
    ...(lineage.length > 1 ? [`${lineage.length} histories`] : []),
  ];
  return parts.join(', ');
}

function backupWords(recovery: RecoveryStatus | undefined, now: number): string {
  if (!recovery) return 'not known';
  const { backups, damagedBackups, newestBackup, newestBackupTime, nextBackupTime, mirrorLag } = recovery;
  const newest = newestBackupTime
    ? `, newest ${shortId(newestBackup)} ${relativeTime(atOf(newestBackupTime), now)}`
    : '';
  const next = nextBackupTime ? nextWords(atOf(nextBackupTime), now) : 'none is made by itself';
  const damaged = damagedBackups > 0 ? `, ${damagedBackups} DAMAGED` : '';
  const mirror = mirrorLag > 0 ? `; the mirror is ${mirrorLag} records behind` : '';
  return `${backups} good${damaged}${newest}; ${next}${mirror}`;
}

function nextWords(atMs: number, now: number): string {
  return atMs <= now ? 'next as soon as something changes' : `next ${relativeTime(atMs, now)}`;
}

function recoveryLines(recovery: RecoveryStatus | undefined, output: Output): string[] {
  if (!recovery) return [];
  const { debtRecords, debtBytes, outlook, newestBackup } = recovery;
  const rows = outlook.map(({ strategy, possible, detail, records, estimatedMs }) => [
    strategyWords[strategy] ?? `STRATEGY_${strategy}`,
    possible ? lengthOfTime(estimatedMs) : 'not now',
    possible ? String(records) : '',
    oneLine(detail),
  ]);
  const layout = [{ title: 'STRATEGY' }, { title: 'TAKES' }, { title: 'RECORDS' }, { title: 'HOW', flexible: true }];
  const base = newestBackup ? `since ${shortId(newestBackup)}` : 'and no backup to begin with';
  const debt = `${many(debtRecords, 'record')}, ${byteWords(debtBytes)} of journal, ${base}`;
  return [
    output.bold(fitTo(`Recovery now: ${debt}`, output.columns)),
    ...indented(tableLines(layout, rows, output.columns - 2)),
  ];
}

/** Health with what to do. */
export function healthLines(health: Health | undefined, output: Output, now: number): string[] {
  if (!health) return ['Health: not known'];
  const lines = [output.bold(`Health: ${healthWords[health.status] ?? 'unknown'}`)];
  for (const { code, message, recommendation, since } of health.issues) {
    const when = since ? ` since ${relativeTime(atOf(since), now)}` : '';
    lines.push(...indented(wrapTo(oneLine(`${code}${when}: ${message}`), output.columns - 2)));
    lines.push(...indented(indented(wrapTo(oneLine(recommendation), output.columns - 4))));
  }
  return lines;
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
const many = (count = 0, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;
const percent = (share = 0): string => `${Number((share * 100).toFixed(1))} %`;
const millis = (micros = 0): string => `${Number((micros / 1000).toFixed(1))} ms`;
