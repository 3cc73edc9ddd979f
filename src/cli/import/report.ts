import type { ImportReport as ServerReport } from '../../gen/holdfast/v1/task_service';
import { stateWord } from '../task-words';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { SourceTask } from './source-task';

/** What an import did, as far as this run saw it. */
export interface ImportReport {
  created: number;
  alreadyThere: number;
  released: number;
  parents: number;
  dependencies: number;
  unresolved: number;
  notes: number;
  /** The tasks of the source by the state in which they come in. */
  readonly states: Map<string, number>;
  /** Labels that are kept in annotations. */
  keptLabels: number;
  readonly warnings: string[];
}

const counts = ['created', 'alreadyThere', 'released', 'parents', 'dependencies', 'unresolved', 'notes'] as const;

/** A report of the tasks before anything is sent. */
export function newReport(tasks: readonly SourceTask[]): ImportReport {
  const report: ImportReport = {
    ...{ created: 0, alreadyThere: 0, released: 0, parents: 0, dependencies: 0, unresolved: 0, notes: 0 },
    ...{ states: new Map<string, number>(), keptLabels: 0, warnings: [] },
  };
  for (const { task, keptLabels, warnings, key, place } of tasks) {
    const word = stateWord(stateAfter(task.state));
    report.states.set(word, (report.states.get(word) ?? 0) + 1);
    report.keptLabels += keptLabels;
    for (const warning of warnings) report.warnings.push(`${place}: ${key}: ${warning}`);
  }
  return report;
}

/** Adds what one stream did; the server counts it anew for each. */
export function addCounts(report: ImportReport, { issues: _, ...server }: ServerReport): void {
  for (const count of counts) report[count] += server[count];
}

function stateAfter(state: TaskState): TaskState {
  switch (state) {
    case TaskState.RUNNING:
    case TaskState.VERIFYING:
    case TaskState.INPUT_REQUIRED:
      return TaskState.PAUSED;
    case TaskState.UNSPECIFIED:
      return TaskState.PENDING;
    default:
      return state;
  }
}
