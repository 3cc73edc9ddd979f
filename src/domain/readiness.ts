import { EntityKind, TaskGraph } from '../gen/holdfast/journal/v1/journal';
import { DependencyKind, ReadinessReason, TaskState } from '../gen/holdfast/v1/task';
import type { Dependency, Readiness, Task } from '../gen/holdfast/v1/task';
import { isGating, isSatisfied } from './graph-rows';
import { BLOCKING_NAMES_MAX } from './limits';
import { formatTask, taskIdIn } from './names';
import { standingOf } from './standing';
import type { Look, Standing } from './standing';
import { stateName } from './task-state';
import { millisecondsOf } from './timestamp';

/** An edge in the way, and why. */
interface Obstacle {
  readonly reason: ReadinessReason;
  /** The name of the task that the edge counts for. */
  readonly name: string;
  /** What would help; empty where waiting does. */
  readonly remedy: string;
}

/** Remedies that a readiness has in words. */
const REMEDIES_MAX = 5;

/**
 * Whether a task can be worked on at `nowMs`, and what is in its way: the definition of readiness, from the task, its edges'
 * targets and its count of live children. `ready = true` in a listing says the same from index entries alone.
 */
export function readinessOf(look: Look, project: string, id: string, task: Task, nowMs: number): Readiness {
  const graph = look(EntityKind.TASK_GRAPH, project, id);
  const liveChildren = graph ? TaskGraph.decode(graph).liveChildren : 0;
  const obstacles = task.dependencies.flatMap((edge) => obstacleOf(look, project, id, edge) ?? []);
  obstacles.sort((a, b) => Number(waits(a)) - Number(waits(b)));
  const reasons = new Set<ReadinessReason>();
  if (task.state !== TaskState.PENDING) reasons.add(ReadinessReason.STATE);
  if (task.deleteTime) reasons.add(ReadinessReason.DELETED);
  for (const { reason } of obstacles) reasons.add(reason);
  if (liveChildren > 0) reasons.add(ReadinessReason.LIVE_CHILDREN);
  const early = task.notBefore !== undefined && millisecondsOf(task.notBefore) > nowMs;
  const nextTime = early && reasons.size === 0 ? task.notBefore : undefined;
  if (early) reasons.add(ReadinessReason.NOT_BEFORE);
  return {
    ready: reasons.size === 0,
    reasons: [...reasons],
    blocking: [...new Set(obstacles.map(({ name }) => name))].slice(0, BLOCKING_NAMES_MAX),
    liveChildren,
    nextTime,
    remedies: obstacles.flatMap(({ remedy }) => remedy || []).slice(0, REMEDIES_MAX),
  };
}

function obstacleOf(look: Look, project: string, id: string, { task, kind }: Dependency): Obstacle | undefined {
  if (!isGating(kind)) return undefined;
  const standing = standingOf(look, project, taskIdIn(task));
  if (isSatisfied(kind, standing.state)) return undefined;
  const name = formatTask(project, standing.id);
  const reason = reasonOf(kind, standing);
  return { reason, name, remedy: remedyFor(reason, id, standing) };
}

function reasonOf(kind: DependencyKind, { state, deleted }: Standing): ReadinessReason {
  const ended = state === TaskState.SUCCEEDED || state === TaskState.CANCELED || deleted;
  if (kind === DependencyKind.RUN_IF_FAILED) return ended ? ReadinessReason.NOT_NEEDED : ReadinessReason.BLOCKED;
  return ended || state === TaskState.FAILED ? ReadinessReason.DEPENDENCY_FAILED : ReadinessReason.BLOCKED;
}

function waits({ reason }: Obstacle): boolean {
  return reason === ReadinessReason.BLOCKED;
}

function remedyFor(reason: ReadinessReason, id: string, target: Standing): string {
  if (reason === ReadinessReason.BLOCKED) return '';
  const was = target.gone ? 'purged' : target.deleted ? 'deleted' : stateName(target.state as TaskState);
  const instead = `RemoveDependency takes the edge away`;
  if (reason === ReadinessReason.NOT_NEEDED) return `${target.id} is ${was}: CancelTask ${id}, or ${instead}`;
  if (target.gone) return `${target.id} is purged: ${instead}`;
  if (target.deleted) return `${target.id} is deleted: UndeleteTask ${target.id}, or ${instead}`;
  const again = target.state === TaskState.FAILED ? 'RetryTask' : 'ReopenTask';
  return `${target.id} is ${was}: ${again} ${target.id}, or ${instead}`;
}
