import type { SourceTask } from './source-task';

/**
 * Orders tasks so that each comes after its parent, and, where that leaves it possible, after the tasks that its edges lead
 * to: an edge whose target is there needs no second change. Takes tasks whose parents have no cycles; edges may have some.
 */
export function targetsFirst(tasks: readonly SourceTask[]): SourceTask[] {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const ordered: SourceTask[] = [];
  const done = new Set<string>();
  for (const start of tasks) {
    const path: Visit[] = [];
    const onPath = new Set<string>();
    enter(start);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const next = at.before.next();
      if (next.done === true) leave(at.task);
      else if (!done.has(next.value) && !onPath.has(next.value)) enter(byKey.get(next.value));
    }

    function enter(task: SourceTask | undefined): void {
      if (!task || done.has(task.key) || waitsForItsPart(task)) return;
      onPath.add(task.key);
      path.push({ task, before: before(task).values() });
    }

    function leave(task: SourceTask): void {
      path.pop();
      onPath.delete(task.key);
      done.add(task.key);
      ordered.push(task);
    }

    /** Its parent is on the way, and comes first: the task gets its turn later. */
    function waitsForItsPart({ parentKey }: SourceTask): boolean {
      for (let key = parentKey; key !== undefined; key = byKey.get(key)?.parentKey) if (onPath.has(key)) return true;
      return false;
    }
  }
  return ordered;
}

interface Visit {
  readonly task: SourceTask;
  readonly before: IterableIterator<string>;
}

function before({ parentKey, edges }: SourceTask): string[] {
  return [...(parentKey === undefined ? [] : [parentKey]), ...edges.map(({ key }) => key)];
}
