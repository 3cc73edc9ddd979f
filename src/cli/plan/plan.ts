// A plan as its file says it, whatever language the file is in.

import type { Priority } from '../../gen/holdfast/v1/task';
import { exitCode } from '../exit-code';
import { Failure } from '../failure';

/** What a plan says of one task. What it does not say is undefined, and is left alone. */
export interface PlanItem {
  /** Where it stands in the file: 1 upward. */
  readonly line: number;
  /** As the file gives it; else it is made of the title. */
  readonly id: string | undefined;
  readonly title: string;
  readonly description: string | undefined;
  readonly priority: Priority | undefined;
  readonly queue: string | undefined;
  readonly kind: string | undefined;
  readonly assignee: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** What must hold when it is done. */
  readonly criteria: readonly string[] | undefined;
  /** What it waits for, in the words of the file: ids, titles, or tasks that are not of the plan. */
  readonly needs: readonly string[];
  /** The item of an ordered list that stands before it: it waits for that too. */
  readonly before: PlanItem | undefined;
  readonly done: boolean;
  readonly children: readonly PlanItem[];
}

export interface Plan {
  /** Empty if the file gives none. */
  readonly name: string;
  readonly items: readonly PlanItem[];
}

/** Something that a plan may not say, and where. */
export interface PlanMistake {
  readonly line: number;
  readonly message: string;
}

/** So many are told; more would scroll the first away. */
const mistakesShown = 10;

/** The failure that names the mistakes of a file, each with its line. */
export function badPlan(fileName: string, mistakes: readonly PlanMistake[]): Failure {
  const shown = [...mistakes].sort((a, b) => a.line - b.line).slice(0, mistakesShown);
  const hidden = mistakes.length - shown.length;
  return new Failure(exitCode.badData, `${fileName} is no plan that can be applied; nothing was changed`, [
    ...shown.map(({ line, message }) => `line ${line}: ${message}`),
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
    'How a plan is written: docs/plans.md',
  ]);
}
