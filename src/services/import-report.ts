// What an import comes to, told from the records that it made: what was asked for, beside what was created.

import { chosenTaskIdProblem, formatTask } from '../domain/names';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import { DependencyKind, Task } from '../gen/holdfast/v1/task';
import type { ImportedTask, ImportIssue } from '../gen/holdfast/v1/task_service';
import { ImportReport } from '../gen/holdfast/v1/task_service';

/** Issues of one message at most: proto/holdfast/v1/task_service.proto. */
const ISSUES_MAX = 1000;

const { BLOCKS, RUN_IF_FAILED, RELATED } = DependencyKind;

/** The id of the task with an external id, at the durable mark. */
export type IdOfExternal = (externalId: string) => string | undefined;

export class ImportCounts {
  private readonly report = ImportReport.create();

  /** The counts so far, with the issues since the last call. */
  take(): ImportReport {
    const { issues } = this.report;
    this.report.issues = [];
    return { ...this.report, issues };
  }

  addReleased(count: number): void {
    this.report.released += count;
  }

  addThere(count: number): void {
    this.report.alreadyThere += count;
  }

  /** Counts what the record of a chunk, or of a part of one, did for these tasks. */
  addRecord(record: JournalRecord, tasks: readonly ImportedTask[], project: string, idOf: IdOfExternal): void {
    const created = new Map<string, Task>();
    const others: Task[] = [];
    for (const { kind, id, image, previousSequence } of record.changes) {
      if (kind === EntityKind.NOTE) this.report.notes++;
      if (kind !== EntityKind.TASK) continue;
      const task = Task.decode(image);
      if (previousSequence === 0) created.set(id, task);
      else others.push(task);
    }
    const names = new Set([...created.values()].map(({ name }) => name));
    // An edge of an older task to a new one was unresolved until now.
    for (const { dependencies } of others) {
      const resolved = dependencies.filter(({ task }) => names.has(task)).length;
      this.report.dependencies += resolved;
      this.report.unresolved -= resolved;
    }
    const byExternalId = new Map([...created.values()].map((task) => [task.externalId, task]));
    for (const imported of tasks) {
      const { key } = imported;
      const chosen = chosenTaskIdProblem(key) === undefined;
      const task = chosen ? created.get(key) : byExternalId.get(key);
      if (task) this.addCreated(imported, task, project, idOf);
      else this.report.alreadyThere++;
    }
  }

  private addCreated(imported: ImportedTask, task: Task, project: string, idOf: IdOfExternal): void {
    const { report } = this;
    const { key, parentKey, edges } = imported;
    report.created++;
    report.dependencies += task.dependencies.length;
    report.unresolved += task.unresolvedDependencies.length;
    if (task.parent !== '') report.parents++;
    else if (parentKey !== '') {
      this.issue(key, `its parent ${parentKey} is not there, is deleted or is too deep; it was left out`);
    }
    const has = edgesOf(task);
    for (const { key: target, kind } of edges) {
      const id = idOf(target);
      const names = [target, `external:${target}`, ...(id === undefined ? [] : [id])];
      const found = (wanted: number) => names.some((name) => has.has(`${wanted} ${formatTask(project, name)}`));
      if (found(kind)) continue;
      if ((kind === BLOCKS || kind === RUN_IF_FAILED) && found(RELATED)) {
        this.issue(key, `waiting for ${target} would close a cycle; the edge became RELATED`);
      } else
        this.issue(key, `the edge to ${target} was left out: the graph around it is too large, or it leads to itself`);
    }
    this.checkTimes(imported, task);
  }

  private checkTimes({ key, task: asked }: ImportedTask, task: Task): void {
    const differs = (['createTime', 'endTime'] as const).filter((field) => {
      const time = asked?.[field];
      return time && task[field] && time.seconds !== task[field].seconds;
    });
    const words = { createTime: 'create_time', endTime: 'end_time' };
    for (const field of differs) {
      this.issue(key, `its ${words[field]} is in the future or before 1970; the time of the import stands instead`);
    }
  }

  private issue(key: string, message: string): void {
    const { issues } = this.report;
    const issue: ImportIssue = { key, message };
    if (issues.length < ISSUES_MAX) issues.push(issue);
  }
}

function edgesOf({ dependencies, unresolvedDependencies }: Task): Set<string> {
  return new Set([...dependencies, ...unresolvedDependencies].map(({ task, kind }) => `${kind} ${task}`));
}
