// A recovery's report, and what one would cost, in words.

import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryOutlook, RecoveryReport, RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { RecoverTaskResponse } from '../../gen/holdfast/v1/recovery_service';

const STRATEGY_NAMES: { readonly [strategy in RecoveryStrategy]: string } = {
  ...{ [RecoveryStrategy.UNSPECIFIED]: 'AUTO', [RecoveryStrategy.AUTO]: 'AUTO', [RecoveryStrategy.HOT]: 'HOT' },
  ...{ [RecoveryStrategy.WARM]: 'WARM', [RecoveryStrategy.COLD]: 'COLD', [RecoveryStrategy.EMERGENCY]: 'EMERGENCY' },
  [RecoveryStrategy.UNRECOGNIZED]: '?',
};
const SOURCES: { readonly [source in RecoverySource]: string } = {
  ...{ 0: 'nothing', 1: 'the state', 2: 'the journal', 3: 'a backup', 4: 'the mirror', 5: 'the capsule' },
  ...{ 6: 'an archive', [-1]: 'an unknown source' },
};

/** Lines of at most 80 columns where what they say allows it. */
export function reportLines(report: RecoveryReport): string[] {
  const { reached, attempts, parts, lost, quarantined, quarantinedCount, newHistory, keptAside, checks } = report;
  const ended = report.succeeded ? `stands at sequence ${reached?.sequence ?? 0}` : 'was not brought back';
  return [
    `The store ${ended}; ${report.tasks} tasks. Why: ${report.reason}`,
    ...attempts.map(
      ({ strategy, succeeded, detail, tookMs }) =>
        `  ${succeeded ? 'did' : 'not'}  ${STRATEGY_NAMES[strategy].padEnd(9)} ${detail} (${tookMs} ms)`,
    ),
    ...parts.map(
      ({ source, name, rows, records }) => `  from ${SOURCES[source]}${name && ` ${name}`}${counts(rows, records)}`,
    ),
    ...lost.map(
      ({ first, last, problem, stateKept }) =>
        `  lost ${first === last ? first : `${first} to ${last}`}: ${problem}${stateKept ? '; what they did is in the state' : ''}`,
    ),
    ...(quarantinedCount > 0
      ? [`  ${quarantinedCount} rows are quarantined: ${quarantined.slice(0, 10).join(', ')}`]
      : []),
    ...(newHistory ? [`  a new history began: ${newHistory}`] : []),
    ...keptAside.map((path) => `  kept aside: ${path}`),
    ...checks.map((check) => `  ${check}`),
  ];
}

export function outlookLines(outlook: readonly RecoveryOutlook[]): string[] {
  return outlook.map(({ strategy, possible, detail, records, estimatedMs }) => {
    const cost = possible ? `about ${(estimatedMs / 1000).toFixed(1)} s, ${records} records` : 'not possible';
    return `${STRATEGY_NAMES[strategy].padEnd(9)} ${cost}: ${detail}`;
  });
}

export function taskLines({ task, present, detail, recoveredFrom, sources }: RecoverTaskResponse): string[] {
  const name = task?.name ?? 'the task';
  const put = recoveredFrom > 0 ? `; it was put right from ${SOURCES[recoveredFrom]}` : '';
  return [
    present ? `${name} is there, and sound${put}` : `${name} is not in the state`,
    ...(detail === '' ? [] : [`  ${detail}`]),
    ...sources.map(({ source, name: which, found, sequence, problem }) => {
      const what = found ? `has it as of sequence ${sequence}` : 'does not have it';
      return `  ${SOURCES[source]}${which && ` ${which}`} ${problem === '' ? what : problem}`;
    }),
  ];
}

function counts(rows: number, records: number): string {
  const said = [...(rows > 0 ? [`${rows} rows`] : []), ...(records > 0 ? [`${records} records`] : [])];
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}
