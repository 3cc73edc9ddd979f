import { DependencyKind, TaskState } from '../../../gen/holdfast/v1/task';
import type { Task } from '../../../gen/holdfast/v1/task';

/**
 * The tasks that agents can do: PENDING ones that wait for nothing but what is done, or can be done itself. The others of a backlog wait
 * for somebody, or for a failure.
 */
export function doable(tasks: readonly Task[]): Task[] {
  const states = new Map(tasks.map(({ name, state }) => [name, state]));
  const parts = new Map<string, string[]>();
  for (const { name, parent, state } of tasks) {
    if (state !== TaskState.SUCCEEDED && state !== TaskState.CANCELED && state !== TaskState.FAILED) {
      const siblings = parts.get(parent);
      if (siblings) siblings.push(name);
      else parts.set(parent, [name]);
    }
  }
  const can = new Set<string>();
  const isMet = ({ name, dependencies }: Task): boolean =>
    dependencies.every(
      ({ task, kind }) =>
        (kind !== DependencyKind.RUN_IF_FAILED || states.get(task) === TaskState.FAILED) &&
        (kind !== DependencyKind.BLOCKS || states.get(task) === TaskState.SUCCEEDED || can.has(task)),
    ) && (parts.get(name) ?? []).every((part) => can.has(part));
  let waiting = tasks.filter(({ state }) => state === TaskState.PENDING);
  for (;;) {
    const met = waiting.filter(isMet);
    if (met.length === 0) return tasks.filter(({ name }) => can.has(name));
    for (const { name } of met) can.add(name);
    waiting = waiting.filter(({ name }) => !can.has(name));
  }
}
