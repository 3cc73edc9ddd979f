// Who waits for whom: a task waits for the targets of its gating edges, and a parent for its children. Nobody may wait for
// itself, however long the way round.

import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Draft } from './draft';
import { isGating } from './graph-rows';
import { indexedOf } from './indexed';
import { CYCLE_NODES_MAX } from './limits';
import { formatTask } from './names';
import { Refusal } from './refusal';

/** Ids of a cycle that a refusal names; between them the rest is left out. */
const PATH_IDS_MAX = 10;

/**
 * The way by which `to` waits for `from` already: the ids from `to` to `from`; undefined if it does not. The search goes from
 * `from` to those that wait for it, by points: dependents and parents. Refuses with GRAPH_TOO_LARGE when it, with the other
 * searches of the command, would visit more than 10,000 tasks.
 */
export function waitingPath(draft: Draft, project: string, from: string, to: string): readonly string[] | undefined {
  if (from === to) return [from];
  /** For each task that waits, the one for which it does. */
  const waitsFor = new Map<string, string>([[from, '']]);
  const found = [from];
  for (const at of found) {
    // A task for which nobody waits costs nothing: a batch may bring many of them, each with many edges.
    if (at !== from && ++draft.cycleNodes > CYCLE_NODES_MAX) throw tooLarge(project, from);
    for (const waiting of waitersOf(draft, project, at)) {
      if (waitsFor.has(waiting)) continue;
      waitsFor.set(waiting, at);
      if (waiting === to) return pathFrom(to, waitsFor);
      found.push(waiting);
    }
  }
  return undefined;
}

/** A refusal that names the cycle: `path` leads from a task back to itself. */
export function cycleRefusal(project: string, path: readonly string[], why: string): Refusal {
  const half = PATH_IDS_MAX / 2;
  const shown = path.length > PATH_IDS_MAX ? [...path.slice(0, half), '…', ...path.slice(-half)] : path;
  const text = shown.join(' -> ');
  const name = formatTask(project, path[0]!);
  return new Refusal('DEPENDENCY_CYCLE', `${why}: ${text}`, {
    metadata: { path: text },
    resource: { type: 'task', name },
  });
}

function* waitersOf(draft: Draft, project: string, id: string): Iterable<string> {
  for (const { task, kind } of draft.graphs.dependents(project, id)) if (isGating(kind)) yield task;
  const image = draft.image(EntityKind.TASK, project, id);
  const parent = image ? indexedOf(image).parent : '';
  if (parent !== '') yield parent;
}

function pathFrom(to: string, waitsFor: ReadonlyMap<string, string>): string[] {
  const path: string[] = [];
  for (let at = to; at !== ''; at = waitsFor.get(at) ?? '') path.push(at);
  return path;
}

function tooLarge(project: string, from: string): Refusal {
  const name = formatTask(project, from);
  const why = `more than ${CYCLE_NODES_MAX} tasks wait for ${name} or for those that do: whether it would wait for itself is not searched further`;
  return new Refusal('GRAPH_TOO_LARGE', why, {
    metadata: { limit: String(CYCLE_NODES_MAX) },
    resource: { type: 'task', name },
  });
}
