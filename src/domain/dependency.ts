/**
 * Edges between tasks. An edge stands in its task's row, under `dependencies`, or under `unresolved_dependencies` while its
 * target does not exist; graph rows say it again from the target's side (graph-rows.ts, N1 to N3).
 *
 * P1. Whoever changes the edges of a task puts the task afterwards, in the same command.
 * P2. No gating edge closes a cycle of waiting (cycle.ts).
 * P3. A target that appears takes over all edges that awaited it, in the commit that creates it.
 */
import { EventType } from '../gen/holdfast/journal/v1/journal';
import { DependencyKind, TaskState } from '../gen/holdfast/v1/task';
import type { Dependency, Task } from '../gen/holdfast/v1/task';
import type { AddDependencyRequest, RemoveDependencyRequest } from '../gen/holdfast/v1/task_service';
import { cycleRefusal, waitingPath } from './cycle';
import type { Draft } from './draft';
import { isGating, isSatisfied } from './graph-rows';
import { DEPENDENCIES_MAX } from './limits';
import { formatTask, isGivenTaskId, parseTask, taskIdIn, taskNameOf } from './names';
import type { TaskName } from './names';
import { quote } from './quote';
import { Refusal, fieldInvalid, notFound } from './refusal';
import { standingOf } from './standing';
import { findLiveTask, taskIdOf } from './task-access';
import type { FoundTask } from './task-access';
import { transition } from './task-state';
import type { Report } from './violations';

/** What becomes of an edge that cannot be as it was asked for. */
export interface EdgeRules {
  /** Keep an edge whose target does not exist, instead of refusing it. */
  readonly allowUnresolved: boolean;
  /** Make an edge that would close a cycle RELATED, instead of refusing it. */
  readonly relateCycles: boolean;
}

/** What became of an edge. */
export type EdgeOutcome = 'added' | 'unresolved' | 'related' | 'there already';

/** AddDependency. Gives the index of the task's change. */
export function addDependency(draft: Draft, request: AddDependencyRequest): number {
  const edge = checkedEdge(request.dependency, false);
  const found = findForEdges(draft, 'addDependency', request.name, request.etag);
  if (isGating(edge.kind)) refuseWhileRunning(found.task);
  const after = { ...found.task };
  const rules = { allowUnresolved: request.allowUnresolved, relateCycles: false };
  if (addEdge(draft, found.project, found.id, after, edge, rules) === 'there already') {
    const why = `${found.task.name} has this edge to ${edge.task} already`;
    throw new Refusal('ALREADY_EXISTS', why, { resource: { type: 'task', name: found.task.name } });
  }
  return draft.putTask(found.project, found.id, found.task, after, EventType.TASK_UPDATED);
}

/** RemoveDependency. Gives the index of the task's change. */
export function removeDependency(draft: Draft, request: RemoveDependencyRequest): number {
  const edge = checkedEdge(request.dependency, true);
  const found = findForEdges(draft, 'removeDependency', request.name, request.etag);
  const { project, id, task } = found;
  const target = parseEdge(edge, project);
  const targetId = taskIdOf(draft, target);
  const names = new Set([edge.task, targetId === undefined ? '' : formatTask(project, targetId)]);
  const goes = ({ task: name, kind }: Dependency) => names.has(name) && (!edge.kind || edge.kind === kind);
  const after = {
    ...task,
    dependencies: task.dependencies.filter((each) => !goes(each)),
    unresolvedDependencies: task.unresolvedDependencies.filter((each) => !goes(each)),
  };
  const kept = after.dependencies.length + after.unresolvedDependencies.length;
  if (kept === task.dependencies.length + task.unresolvedDependencies.length) {
    throw notFound('task', edge.task, `is no dependency of ${task.name}${ofKind(edge.kind)}`);
  }
  for (const each of task.dependencies) if (goes(each)) unlink(draft, project, id, each);
  for (const each of task.unresolvedDependencies) if (goes(each)) unawait(draft, project, id, each);
  return draft.putTask(project, id, task, after, EventType.TASK_UPDATED);
}

/** Reports what is wrong with edges given for a task of this project: their form alone. */
export function checkEdges(edges: readonly Dependency[], project: string, report: Report): void {
  if (edges.length === 0) return;
  if (edges.length > DEPENDENCIES_MAX) {
    report('dependencies', `has ${edges.length} entries, at most ${DEPENDENCIES_MAX} are allowed`);
    return;
  }
  const seen = new Set<string>();
  edges.forEach((edge, i) => {
    const at = `dependencies[${i}]`;
    const kindProblem = problemOfKind(edge.kind);
    if (kindProblem) report(`${at}.kind`, kindProblem);
    const nameProblem = problemOfTarget(edge.task, project);
    if (nameProblem) report(`${at}.task`, nameProblem);
    const key = `${edge.kind} ${edge.task}`;
    if (seen.has(key)) report(at, 'stands there twice');
    seen.add(key);
  });
}

/**
 * Adds an edge of a checked form to a task that was put in this command or before: `task` gets it, and must be put again (P1).
 * Refuses with NOT_FOUND, DEPENDENCY_CYCLE and GRAPH_TOO_LARGE.
 */
export function addEdge(
  draft: Draft,
  project: string,
  id: string,
  task: Task,
  edge: Dependency,
  rules: EdgeRules,
): EdgeOutcome {
  if (task.dependencies.length + task.unresolvedDependencies.length >= DEPENDENCIES_MAX) {
    const why = `${task.name} has ${DEPENDENCIES_MAX} dependencies, and no more are allowed`;
    throw new Refusal('GRAPH_TOO_LARGE', why, { metadata: { limit: String(DEPENDENCIES_MAX) } });
  }
  const target = parseEdge(edge, project);
  const targetId = existingId(draft, target);
  if (targetId === undefined) return addUnresolved(draft, project, id, task, edge, target, rules);
  return addResolved(draft, project, id, task, { task: formatTask(project, targetId), kind: edge.kind }, rules);
}

/** Adds checked edges to a task that was just created, and puts it again. Gives what became of each. */
export function addEdges(
  draft: Draft,
  project: string,
  id: string,
  edges: readonly Dependency[],
  rules: EdgeRules,
): EdgeOutcome[] {
  if (edges.length === 0) return [];
  const before = draft.task(project, id)!;
  const after = { ...before };
  const outcomes = edges.map((edge) => addEdge(draft, project, id, after, edge, rules));
  draft.putTask(project, id, before, after, EventType.TASK_CREATED);
  return outcomes;
}

/** P3. Resolves the edges that await a task which was just put. Gives how many. */
export function resolveAwaiting(draft: Draft, project: string, id: string, externalId: string): number {
  if (externalId === '' && isGivenTaskId(id)) return 0;
  const keys = isGivenTaskId(id) ? [] : [id];
  if (externalId !== '') keys.push(awaitedExternal(externalId));
  let count = 0;
  for (const key of keys) {
    for (const { task: from } of [...draft.graphs.awaiting(project, key)]) {
      const before = draft.task(project, from);
      if (!before) continue;
      const after = { ...before };
      const name = formatTask(project, key);
      const awaiting = before.unresolvedDependencies.filter((edge) => edge.task === name);
      after.unresolvedDependencies = before.unresolvedDependencies.filter((edge) => edge.task !== name);
      for (const edge of awaiting) {
        unawait(draft, project, from, edge);
        addResolved(draft, project, from, after, { task: formatTask(project, id), kind: edge.kind }, RELATE_CYCLES);
        count++;
      }
      if (awaiting.length > 0) draft.putTask(project, from, before, after, EventType.TASK_UPDATED);
    }
  }
  return count;
}

/** Takes the edges of a task that is purged out of the graph. */
export function unlinkAll(draft: Draft, project: string, id: string, task: Task): void {
  for (const edge of task.dependencies) unlink(draft, project, id, edge);
  for (const edge of task.unresolvedDependencies) unawait(draft, project, id, edge);
}

const RELATE_CYCLES: EdgeRules = { allowUnresolved: true, relateCycles: true };

/** The task whose edges change: neither SUCCEEDED nor CANCELED. */
function findForEdges(draft: Draft, kind: 'addDependency' | 'removeDependency', name: string, etag: string): FoundTask {
  const found = findLiveTask(draft, kind, name, etag);
  transition(kind === 'addDependency' ? 'AddDependency' : 'RemoveDependency', found.task);
  return found;
}

function addUnresolved(
  draft: Draft,
  project: string,
  id: string,
  task: Task,
  { kind }: Dependency,
  target: TaskName,
  { allowUnresolved }: EdgeRules,
): EdgeOutcome {
  const key = target.id ?? awaitedExternal(target.externalId);
  const name = formatTask(project, key);
  if (!allowUnresolved) {
    throw notFound('task', name, 'does not exist; with allow_unresolved the edge would wait for it');
  }
  if (target.id !== undefined && isGivenTaskId(target.id)) {
    throw notFound('task', name, 'does not exist, and an edge cannot wait for an id that only the service gives');
  }
  if (task.unresolvedDependencies.some((each) => each.task === name && each.kind === kind)) return 'there already';
  draft.graphs.addAwaiting(project, key, { task: id, kind });
  task.unresolvedDependencies = [...task.unresolvedDependencies, { task: name, kind }];
  return 'unresolved';
}

function addResolved(
  draft: Draft,
  project: string,
  id: string,
  task: Task,
  asked: Dependency,
  { relateCycles }: EdgeRules,
): EdgeOutcome {
  let edge = asked;
  let outcome: EdgeOutcome = 'added';
  const has = () => task.dependencies.some((each) => each.task === edge.task && each.kind === edge.kind);
  if (has()) return 'there already';
  const target = taskIdIn(edge.task);
  if (isGating(edge.kind)) {
    const path = waitingPath(draft, project, id, standing(draft, project, target).id);
    if (path && !relateCycles) {
      throw cycleRefusal(project, [id, ...path], `${task.name} would wait for itself`);
    }
    if (path) {
      edge = { task: edge.task, kind: DependencyKind.RELATED };
      outcome = 'related';
      if (has()) return outcome;
    }
  }
  link(draft, project, id, edge);
  task.dependencies = [...task.dependencies, edge];
  return outcome;
}

function refuseWhileRunning(task: Task): void {
  if (task.state !== TaskState.RUNNING) return;
  throw new Refusal(
    'ILLEGAL_TRANSITION',
    `${task.name} is RUNNING: an edge that would hold it back is refused; its holder may release it first`,
    { metadata: { state: 'RUNNING', verb: 'AddDependency' }, resource: { type: 'task', name: task.name } },
  );
}

function link(draft: Draft, project: string, id: string, { task, kind }: Dependency): void {
  const at = registeredAt(draft, project, { task, kind });
  draft.graphs.addDependent(project, at.id, { task: id, kind });
  if (!isSatisfied(kind, at.state)) draft.graphs.graph(project, id).openBlockers++;
}

function unlink(draft: Draft, project: string, id: string, { task, kind }: Dependency): void {
  const at = registeredAt(draft, project, { task, kind });
  draft.graphs.removeDependent(project, at.id, { task: id, kind });
  if (!isSatisfied(kind, at.state)) draft.graphs.graph(project, id).openBlockers--;
}

function unawait(draft: Draft, project: string, id: string, { task, kind }: Dependency): void {
  draft.graphs.removeAwaiting(project, task.slice(formatTask(project, '').length), { task: id, kind });
}

/** Gating edges are registered at the last successor of their target, others at the target. */
function registeredAt(draft: Draft, project: string, { task, kind }: Dependency): { id: string; state: number } {
  const id = taskIdIn(task);
  return isGating(kind) ? standing(draft, project, id) : { id, state: 0 };
}

function standing(draft: Draft, project: string, id: string) {
  return standingOf((kind, of, row) => draft.image(kind, of, row), project, id);
}

/** The id of a target that exists, deleted or not, or that existed and is still kept for its edges. */
function existingId(draft: Draft, target: TaskName): string | undefined {
  const id = taskIdOf(draft, target);
  if (id === undefined) return undefined;
  const { gone, state } = standing(draft, target.project, id);
  return gone && state === 0 ? undefined : id;
}

function checkedEdge(edge: Dependency | undefined, anyKind: boolean): Dependency {
  if (!edge) throw fieldInvalid('dependency', 'is required');
  const problem = anyKind && edge.kind === DependencyKind.UNSPECIFIED ? undefined : problemOfKind(edge.kind);
  if (problem) throw fieldInvalid('dependency.kind', problem);
  parseTask(edge.task, 'dependency.task');
  return { task: edge.task, kind: edge.kind };
}

function parseEdge({ task }: Dependency, project: string): TaskName {
  const parsed = parseTask(task, 'dependency.task');
  if (parsed.project === project) return parsed;
  throw fieldInvalid('dependency.task', `${quote(task)} is of another project: ${formatTask(project, '{task}')}`);
}

function problemOfTarget(name: string, project: string): string | undefined {
  const parsed = taskNameOf(name);
  if (parsed?.project === project) return undefined;
  const why = parsed ? 'is of another project' : 'is not the name of a task';
  return `${quote(name)} ${why}: ${formatTask(project, '{task}')}`;
}

function problemOfKind(kind: number): string | undefined {
  if (kind > DependencyKind.UNSPECIFIED && kind <= DependencyKind.DUPLICATES) return undefined;
  return 'is required: BLOCKS, RUN_IF_FAILED, RELATED, DISCOVERED_FROM, SUPERSEDES or DUPLICATES';
}

function ofKind(kind: number): string {
  return kind === DependencyKind.UNSPECIFIED ? '' : ' of this kind';
}

function awaitedExternal(externalId: string): string {
  return `external:${externalId}`;
}
