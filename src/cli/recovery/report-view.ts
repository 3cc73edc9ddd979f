// A recovery's report, and what one would cost, in words.

import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryOutlook, RecoveryReport, RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { RecoverTaskResponse } from '../../gen/holdfast/v1/recovery_service';
import { textWidth, wrapTo } from '../text-width';

const STRATEGY_NAMES: { readonly [strategy in RecoveryStrategy]: string } = {
  ...{ [RecoveryStrategy.UNSPECIFIED]: 'AUTO', [RecoveryStrategy.AUTO]: 'AUTO', [RecoveryStrategy.HOT]: 'HOT' },
  ...{ [RecoveryStrategy.WARM]: 'WARM', [RecoveryStrategy.COLD]: 'COLD', [RecoveryStrategy.EMERGENCY]: 'EMERGENCY' },
  [RecoveryStrategy.UNRECOGNIZED]: '?',
};
const SOURCES: { readonly [source in RecoverySource]: string } = {
  ...{ 0: 'nothing', 1: 'the state', 2: 'the journal', 3: 'a backup', 4: 'the mirror', 5: 'the capsule' },
  ...{ 6: 'an archive', [-1]: 'an unknown source' },
};

/** What a recovery did, in lines that fit `columns`. `dryRun`: what was only looked at. */
export function reportLines(report: RecoveryReport, columns: number, dryRun = false): string[] {
  const { reached, attempts, parts, lost, quarantined, quarantinedCount, newHistory, keptAside, checks } = report;
  const tasks = report.tasks > 0 ? `; ${report.tasks} tasks` : '';
  const ended = report.succeeded ? `stands at sequence ${reached?.sequence ?? 0}${tasks}` : 'was not brought back';
  return [
    dryRun ? 'Nothing is changed yet. This is how it stands:' : `The store ${ended}. Why: ${report.reason}`,
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
  ].flatMap((line) => wrapped(line, columns));
}

/** A report is read to the end of its lines: they are parted, not cut. What goes on stands further in. */
function wrapped(line: string, columns: number): string[] {
  if (textWidth(line) <= columns) return [line];
  const indent = line.length - line.trimStart().length;
  // Only the first blanks of a line are columns of a table.
  return wrapTo(line.trim(), columns - indent - 2).map(
    (text, index) => ' '.repeat(indent + (index === 0 ? 0 : 2)) + text,
  );
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
