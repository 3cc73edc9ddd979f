import type { Output } from '../output';
import { oneLine, wrapTo } from '../text-width';

/** What one check found. */
export interface Finding {
  /** What was looked at: one word. */
  readonly check: string;
  readonly verdict: 'ok' | 'warn' | 'fail';
  /** What is so. */
  readonly message: string;
  /** What to do; absent where there is nothing. */
  readonly advice?: string | undefined;
}

export function ok(check: string, message: string): Finding {
  return { check, verdict: 'ok', message };
}

export function warn(check: string, message: string, advice: string): Finding {
  return { check, verdict: 'warn', message, advice };
}

export function fail(check: string, message: string, advice: string): Finding {
  return { check, verdict: 'fail', message, advice };
}

const LABEL = 17;

/** A finding in lines no wider than the terminal: what was found, and below it what to do. */
export function findingLines({ check, verdict, message, advice }: Finding, output: Output): string[] {
  const width = output.columns - LABEL;
  const head = `${verdict.padEnd(5)} ${check.padEnd(LABEL - 7)} `;
  const [first = '', ...rest] = wrapTo(oneLine(message), width);
  const more = [...rest, ...(advice === undefined ? [] : wrapTo(`→ ${oneLine(advice)}`, width))];
  const line = head + first;
  return [verdict === 'ok' ? line : output.bold(line), ...more.map((text) => ' '.repeat(LABEL) + text)];
}

/** The last line. */
export function summary(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']): number => findings.filter((one) => one.verdict === verdict).length;
  const [warned, failed] = [count('warn'), count('fail')];
  if (warned + failed === 0) return 'Nothing to do.';
  const parts = [
    ...(failed > 0 ? [`${failed} ${failed === 1 ? 'thing' : 'things'} to mend`] : []),
    ...(warned > 0 ? [`${warned} to look at`] : []),
  ];
  return `${parts.join(', ')}.`;
}
