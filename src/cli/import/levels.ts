import { DependencyKind } from '../../gen/holdfast/v1/task';
import { parentWord } from './beads-words';
import { targetsFirst } from './order';
import type { SourceTask } from './source-task';
import { distinctEdges } from './source-task';

/** Where a task may stand at most: the service's bound on nesting. */
const depthMax = 64;

/**
 * Tasks in an order in which they can be imported: see `targetsFirst`. A parent that is not among them, or that would close a cycle, or that is too deep, becomes a
 * RELATED edge, with an annotation and a warning that say so.
 */
export function importOrder(tasks: readonly SourceTask[]): SourceTask[] {
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
      if (!byKey.has(parentKey)) orphans.set(at.key, `its parent ${parentKey} is not in the source`);
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
  return targetsFirst(levels.flat().map((task) => withoutParent(task, orphans.get(task.key))));

  function parentOf({ key, parentKey }: SourceTask): SourceTask | undefined {
    return parentKey === undefined || orphans.has(key) ? undefined : byKey.get(parentKey);
  }
}

function withoutParent(source: SourceTask, why: string | undefined): SourceTask {
  const { parentKey, lostParent, task, key } = source;
  if (why === undefined || parentKey === undefined) return source;
  const warnings = [...source.warnings, `${why}; it became a RELATED edge`];
  if (parentKey === key) return { ...source, parentKey: undefined, warnings };
  const name = lostParent + parentKey;
  const before = task.annotations.get(name);
  const words = before === undefined ? parentWord : `${parentWord},${before}`;
  return {
    ...source,
    parentKey: undefined,
    task: { ...task, annotations: new Map(task.annotations).set(name, words) },
    edges: distinctEdges([...source.edges, { key: parentKey, kind: DependencyKind.RELATED }]),
    warnings,
  };
}
