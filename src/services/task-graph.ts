// GetTaskGraph: the tasks around a task, found breadth first in one snapshot.

import { GRAPH_DEPTH_MAX, GRAPH_NODES_MAX } from '../domain/limits';
import { parseProject } from '../domain/names';
import { fieldInvalid, notFound } from '../domain/refusal';
import type { Engine } from '../engine/engine';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { DependencyKind } from '../gen/holdfast/v1/task';
import { GraphDirection, GraphEdge } from '../gen/holdfast/v1/task_service';
import type { GetTaskGraphRequest } from '../gen/holdfast/v1/task_service';
import { GraphWalk } from './graph-walk';
import type { Asked, Root } from './graph-walk';
import { findTask, rowOf } from './reading';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';

/** How far and how many when the caller does not say. */
const DEPTH_DEFAULT = 3;
const NODES_DEFAULT = 200;
/** GetTaskGraphResponse.truncated, true. */
const TRUNCATED = Uint8Array.of(3 << 3, 1);

/** GetTaskGraph. */
export function getTaskGraph(context: ServiceContext): (request: GetTaskGraphRequest) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request) => {
    const asked = askedOf(request);
    engine.reach(request.atLeast);
    const root = await rootOf(engine, request.name);
    return engine.withSnapshot(async (snapshot) => {
      const walk = new GraphWalk(snapshot, root.project, asked, engine.nowMs);
      await walk.run(root);
      const parts: Part[] = walk.nodes.map(({ shown }) => ({ field: 1, bytes: shown }));
      for (const edge of walk.edges()) parts.push({ field: 2, bytes: GraphEdge.encode(edge).finish() });
      parts.push({ field: 4, bytes: positions.bytes(snapshot.sequence) });
      return splice(parts, walk.truncated ? TRUNCATED : undefined);
    });
  };
}

function askedOf(request: GetTaskGraphRequest): Asked {
  const { depth, nodesMax, direction, kinds } = request;
  if (depth < 0) throw fieldInvalid('depth', 'must not be negative');
  if (nodesMax < 0) throw fieldInvalid('nodes_max', 'must not be negative');
  if (direction < GraphDirection.UNSPECIFIED || direction > GraphDirection.BOTH) {
    throw fieldInvalid('direction', 'is no direction: DOWN, UP or BOTH');
  }
  kinds.forEach((kind, i) => {
    const known = kind > DependencyKind.UNSPECIFIED && kind <= DependencyKind.DUPLICATES;
    if (!known) throw fieldInvalid(`kinds[${i}]`, 'is no kind of dependency');
  });
  return {
    depth: depth === 0 ? DEPTH_DEFAULT : Math.min(depth, GRAPH_DEPTH_MAX),
    nodesMax: nodesMax === 0 ? NODES_DEFAULT : Math.min(nodesMax, GRAPH_NODES_MAX),
    down: direction !== GraphDirection.UP,
    up: direction !== GraphDirection.DOWN,
    kinds: kinds.length === 0 ? undefined : new Set(kinds),
    children: !request.withoutChildren,
    liveOnly: request.liveOnly,
  };
}

/** Where to begin: a task, or a project that exists. Refuses FIELD_INVALID and NOT_FOUND. */
async function rootOf(engine: Engine, name: string): Promise<Root> {
  if (name.includes('/tasks/')) return findTask(engine, name, 'name');
  const project = parseProject(name, 'name');
  if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', name);
  return { project };
}
