// A report of a check of the store, for people.

import type { IntegrityReport } from '../gen/holdfast/v1/system';
import { IntegrityLevel } from '../gen/holdfast/v1/system';

const LEVEL_WORDS: { readonly [level in IntegrityLevel]?: string } = {
  [IntegrityLevel.MINIMAL]: 'minimal',
  [IntegrityLevel.STANDARD]: 'standard',
  [IntegrityLevel.COMPREHENSIVE]: 'comprehensive',
};

/** What was found, what was wrong, and what was read. */
export function integrityLines(report: IntegrityReport): string[] {
  const { problems, problemCount, repairedCount, sound, position } = report;
  const lines = [`${verdict(report)} (${LEVEL_WORDS[report.level] ?? ''}, at ${position?.sequence ?? 0})`];
  for (const { kind, name, problem, repaired, remedy } of problems) {
    lines.push(`  ${repaired ? 'repaired' : 'WRONG   '} ${kind} ${name}: ${problem}`, `           ${remedy}`);
  }
  if (problemCount > problems.length) lines.push(`  and ${problemCount - problems.length} more`);
  if (!sound) lines.push(`${problemCount - repairedCount} of ${problemCount} are not put right`);
  return [...lines, `read: ${readWords(report)}`];
}

function verdict({ sound, problemCount }: IntegrityReport): string {
  if (!sound) return 'Not sound';
  return problemCount === 0 ? 'Sound' : `Sound again: ${problemCount} problems, all put right`;
}

function readWords({ rows, entries, groups, records, blobs, backups }: IntegrityReport): string {
  return Object.entries({ rows, entries, groups, records, blobs, backups })
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}
