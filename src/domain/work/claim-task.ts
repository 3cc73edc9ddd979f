// ClaimTask: a task by name, or the next ready ones that a window has found.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Queue } from '../../gen/holdfast/v1/queue';
import { ReadinessReason, TaskState } from '../../gen/holdfast/v1/task';
import type { Readiness } from '../../gen/holdfast/v1/task';
import type { ClaimTaskRequest } from '../../gen/holdfast/v1/task_service';
import type { Draft } from '../draft';
import { checkDuration, millisecondsIn } from '../duration';
import { beginHold } from './hold';
import { holderText } from './holder';
import { isHeld } from '../indexed';
import { CAPABILITIES_MAX, CLAIM_TASKS_MAX, LEASE_TTL_MAX_MS, TIMEOUT_MIN_MS } from '../limits';
import { DEFAULT_QUEUE, idProblem, parseProject, parseTask } from '../names';

import { parseFilter } from '../query/filter';
import { readinessOf } from '../readiness';
import { Refusal } from '../refusal';
import { mustAct } from '../sessions/session-access';
import type { ActingSession } from '../sessions/acting-session';
import { enterProject, findLiveTask } from '../task-access';
import type { FoundTask } from '../task-access';
import { transition } from '../task-state';
import { millisecondsOf, timeText } from '../timestamp';
import { Violations } from '../violations';
import { isHeldWork } from './work-rows';

/** A task that a window gave cannot be claimed: the window is wrong, and must be read anew. */
export class ClaimsChanged extends Error {
  override readonly name = 'ClaimsChanged';

  constructor(readonly task: string) {
    super(`${task} cannot be claimed, though a window has it`);
  }
}

/**
 * ClaimTask. With a name: that task, if it is ready; one that the caller's session holds already comes back as it is. Without: the candidates, in
 * their order, as far as the queue's settings allow; none gives an empty reply and no record. Gives the task and its TASK_WORK row of each.
 */
export function claimTask(draft: Draft, request: ClaimTaskRequest, candidates: readonly string[] = []): number[] {
  checkClaim(request);
  return request.name === '' ? claimNext(draft, request, candidates) : claimNamed(draft, request);
}

/** Reports what is wrong with a claim: its form alone. Refuses with FIELD_INVALID and FILTER_INVALID. */
export function checkClaim(request: ClaimTaskRequest): void {
  const { name, parent, queue, capabilities, filter, maxTasks, leaseTtl, wait } = request;
  const violations = new Violations();
  const { report } = violations;
  checkDuration(leaseTtl, TIMEOUT_MIN_MS, LEASE_TTL_MAX_MS, 'lease_ttl', report);
  if (name !== '') {
    const others = { parent, queue, filter, capabilities: capabilities.join() };
    for (const [field, value] of Object.entries(others)) {
      if (value !== '' && field !== 'parent') report(field, 'is for claims without a name');
    }
    if (maxTasks > 1) report('max_tasks', 'is for claims without a name');
    if (wait && millisecondsIn(wait) !== 0) report('wait', 'is for claims without a name: none is waited for by name');
  } else if (request.etag !== '') report('etag', 'is for claims by name');
  if (maxTasks < 0 || maxTasks > CLAIM_TASKS_MAX)
    report('max_tasks', `is ${maxTasks}; at most ${CLAIM_TASKS_MAX} are given at once`);
  if (queue !== '' && idProblem(queue) !== undefined) report('queue', idProblem(queue)!);
  if (capabilities.length > CAPABILITIES_MAX)
    report('capabilities', `has ${capabilities.length} entries, at most ${CAPABILITIES_MAX} are allowed`);
  else capabilities.forEach((each, i) => idProblem(each) && report(`capabilities[${i}]`, idProblem(each)!));
  violations.throwIfAny();
  parseFilter(filter, 'filter');
}

function claimNamed(draft: Draft, request: ClaimTaskRequest): number[] {
  const { project } = parseTask(request.name, 'name');
  const acting = mustAct(draft, 'claimTask', project);
  const found = findLiveTask(draft, 'claimTask', request.name, request.etag);
  const work = draft.works.work(project, found.id);
  if (isHeldWork(work)) {
    if (work.lease!.session === acting.name) return named(draft, found);
    throw alreadyClaimed(draft, found);
  }
  transition('ClaimTask', found.task);
  const readiness = readinessOf(
    (kind, at, id) => draft.image(kind, at, id),
    project,
    found.id,
    found.task,
    draft.context.nowMs,
  );
  const reasons = [...readiness.reasons, ...queueReasons(draft, project, found.task.queue)];
  if (reasons.length > 0) throw notReady(found, readiness, reasons);
  return give(draft, found, acting, request);
}

function claimNext(draft: Draft, request: ClaimTaskRequest, candidates: readonly string[]): number[] {
  const project = parseProject(request.parent, 'parent');
  enterProject(draft, 'claimTask', project);
  const acting = mustAct(draft, 'claimTask', project);
  const queue = request.queue === '' ? DEFAULT_QUEUE : request.queue;
  if (candidates.length === 0) return [];
  if (queueReasons(draft, project, queue).length > 0) throw new ClaimsChanged(candidates[0]!);
  const room = roomIn(draft, project, queue);
  return candidates.slice(0, room).flatMap((id) => {
    const task = draft.task(project, id);
    const claimable =
      task?.state === TaskState.PENDING &&
      !task.deleteTime &&
      task.queue === queue &&
      (task.assignee === '' || task.assignee === acting.agent) &&
      millisecondsOf(task.notBefore) <= draft.context.nowMs &&
      task.requiredCapabilities.every((each) => request.capabilities.includes(each)) &&
      !isHeld(draft.image(EntityKind.TASK_GRAPH, project, id));
    if (!task || !claimable) throw new ClaimsChanged(id);
    return give(draft, { project, id, task }, acting, request);
  });
}

function give(draft: Draft, found: FoundTask, acting: ActingSession, { leaseTtl }: ClaimTaskRequest): number[] {
  const { project, id, task } = found;
  const ttlMs = leaseTtl === undefined ? undefined : millisecondsIn(leaseTtl);
  const after = beginHold(draft, found, acting, ttlMs);
  draft.putTask(project, id, task, after, transition('ClaimTask', task).event);
  return named(draft, found);
}

/** What a reply about a task and what goes on at it names. */
export function named(draft: Draft, { project, id }: Pick<FoundTask, 'project' | 'id'>): number[] {
  return [draft.named(EntityKind.TASK, project, id), draft.named(EntityKind.TASK_WORK, project, id)];
}

/** Why nothing is claimed from a queue, by its settings. */
export function queueReasons(draft: Draft, project: string, queue: string): ReadinessReason[] {
  const image = draft.image(EntityKind.QUEUE, project, queue);
  if (!image) return [];
  if (Queue.decode(image).paused) return [ReadinessReason.QUEUE_PAUSED];
  return roomIn(draft, project, queue) > 0 ? [] : [ReadinessReason.CONCURRENCY_LIMIT];
}

/** How many more tasks of a queue may be RUNNING. */
function roomIn(draft: Draft, project: string, queue: string): number {
  const image = draft.image(EntityKind.QUEUE, project, queue);
  const limit = image ? Queue.decode(image).concurrencyLimit : 0;
  return limit === 0 ? Number.MAX_SAFE_INTEGER : limit - draft.running(project, queue);
}

/** Refused because another session holds the task. */
function alreadyClaimed(draft: Draft, { project, id, task }: FoundTask): Refusal {
  const work = draft.works.work(project, id);
  const { text, metadata } = holderText(draft, project, work.lease!, work);
  const { name } = task;
  return new Refusal('ALREADY_CLAIMED', `${name}: ${text}; claim another, or wait for it to be released`, {
    metadata: { name, ...metadata },
    resource: { type: 'task', name },
  });
}

const reasonNames = new Map<number, string>(Object.entries(ReadinessReason).map(([name, value]) => [value, name]));

function notReady(
  { task }: FoundTask,
  { blocking, nextTime, liveChildren }: Readiness,
  reasons: readonly ReadinessReason[],
): Refusal {
  const { name } = task;
  const words = reasons.map((reason) => reasonNames.get(reason) ?? String(reason)).join(',');
  const time = timeText(nextTime);
  const waits = blocking.length > 0 ? `; it waits for ${blocking.slice(0, 3).join(', ')}` : '';
  const children = liveChildren > 0 ? `; ${liveChildren} of its children are live` : '';
  const later = time === '' ? '' : `; it becomes ready at ${time}`;
  return new Refusal('NOT_READY', `${name} is not ready: ${words}${waits}${children}${later}`, {
    metadata: {
      name,
      reasons: words,
      ...(blocking.length > 0 ? { blocking: blocking.join(',') } : {}),
      ...(time === '' ? {} : { next_time: time }),
    },
    resource: { type: 'task', name },
  });
}
