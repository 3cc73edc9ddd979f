import type { SourceTask } from './source-task';

/** Where a task may stand at most: the service's bound on nesting. */
const depthMax = 64;

export interface Levels {
  /** Tasks without a parent first, then their children, and so on; each level in the order of the file. */
  readonly levels: readonly (readonly SourceTask[])[];
  /** Tasks whose parent is not set, by key, and why. */
  readonly orphans: ReadonlyMap<string, string>;
}

/**
 * Orders tasks so that each comes after its parent. A parent that is not among them, or that would close a cycle, or that is
 * too deep, is left out, and said.
 */
export function levelsOf(tasks: readonly SourceTask[]): Levels {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const orphans = new Map<string, string>();
  const depths = new Map<string, number>();
  for (const task of tasks) {
    const path: SourceTask[] = [];
    const onPath = new Set<string>();
    // Up to an ancestor whose depth is known, or to where the chain ends.
    for (let at: SourceTask | undefined = task; at && !depths.has(at.key); at = parentOf(at)) {
      path.push(at);
      onPath.add(at.key);
      const { parentKey } = at;
      if (parentKey === undefined) break;
      if (!byKey.has(parentKey)) orphans.set(at.key, `its parent ${parentKey} is not in the file`);
      else if (onPath.has(parentKey)) orphans.set(at.key, `its parent ${parentKey} would close a cycle`);
      else continue;
      break;
    }
    for (const at of path.reverse()) {
      const parent = parentOf(at);
      const depth = parent ? depths.get(parent.key)! + 1 : 0;
      if (depth >= depthMax) orphans.set(at.key, `its parent ${at.parentKey} is ${depthMax} levels deep already`);
      depths.set(at.key, depth >= depthMax ? 0 : depth);
    }
  }
  const levels: SourceTask[][] = [];
  for (const task of tasks) (levels[depths.get(task.key)!] ??= []).push(task);
  return { levels, orphans };

  function parentOf({ key, parentKey }: SourceTask): SourceTask | undefined {
    return parentKey === undefined || orphans.has(key) ? undefined : byKey.get(parentKey);
  }
}
