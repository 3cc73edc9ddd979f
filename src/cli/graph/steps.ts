// A part of the task graph as steps from one task to the next.

import type { Task } from '../../gen/holdfast/v1/task';
import { DependencyKind } from '../../gen/holdfast/v1/task';
import type { GetTaskGraphResponse, GraphEdge } from '../../gen/holdfast/v1/task_service';
import { backwardWords, forwardWords } from '../dependency-words';

export type Way = 'down' | 'up';

export interface Step {
  readonly to: string;
  /** What leads there, in words; empty from a parent to its child. */
  readonly words: string;
}

export interface Steps {
  /** The tasks by name, in the order in which the server found them. */
  readonly tasks: ReadonlyMap<string, Task>;
  from(name: string): readonly Step[];
  /** Its parent, if that is among the tasks and parents are gone along downward. */
  parentOf(name: string): string | undefined;
}

/** Down: to the children of a task and to what it waits for. Up: to its parent and to what waits for it. */
export function stepsOf({ tasks, edges }: GetTaskGraphResponse, way: Way): Steps {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const order = new Map([...byName.keys()].map((name, index) => [name, index]));
  const steps = new Map<string, Step[]>();
  const parents = new Map<string, string>();
  for (const edge of edges) {
    if (!byName.has(edge.from) || !byName.has(edge.to)) continue;
    const { start, step } = stepOf(edge, way);
    steps.set(start, [...(steps.get(start) ?? []), step]);
    if (isChild(edge) && way === 'down') parents.set(edge.from, edge.to);
  }
  // Children first, each kind in the order of finding.
  for (const list of steps.values()) {
    list.sort((a, b) => Number(a.words !== '') - Number(b.words !== '') || order.get(a.to)! - order.get(b.to)!);
  }
  return {
    tasks: byName,
    from: (name) => steps.get(name) ?? [],
    parentOf: (name) => parents.get(name),
  };
}

/** Whether an edge of the graph says that one task is a part of the other. */
export function isChild({ kind }: GraphEdge): boolean {
  return kind === DependencyKind.UNSPECIFIED;
}

function stepOf(edge: GraphEdge, way: Way): { start: string; step: Step } {
  // A child has the edge to its parent, so that down is against it; a dependent has the edge to what it waits for.
  if (way === 'down') {
    return isChild(edge)
      ? { start: edge.to, step: { to: edge.from, words: '' } }
      : { start: edge.from, step: { to: edge.to, words: forwardWords(edge.kind) } };
  }
  return isChild(edge)
    ? { start: edge.from, step: { to: edge.to, words: 'is part of' } }
    : { start: edge.to, step: { to: edge.from, words: backwardWords(edge.kind) } };
}
