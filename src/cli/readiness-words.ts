// What is in a task's way, in words.

import type { Task } from '../gen/holdfast/v1/task';
import { ReadinessReason, TaskState } from '../gen/holdfast/v1/task';
import { shortId } from './resource-name';
import { stateWord } from './task-words';
import { atOf, relativeTime } from './times';

/** One word for where a task stands: its state, but READY or BLOCKED for one that is PENDING and whose readiness is known. */
export function standingWord(task: Task): string {
  if (task.deleteTime) return 'DELETED';
  if (task.state !== TaskState.PENDING || !task.readiness) return stateWord(task.state);
  return task.readiness.ready ? 'READY' : 'BLOCKED';
}

/** Whether a task that had to end otherwise is in the way: then somebody has to do something. */
export function hasFailedBlocker({ readiness }: Task): boolean {
  const { DEPENDENCY_FAILED, NOT_NEEDED } = ReadinessReason;
  return readiness?.reasons.some((reason) => reason === DEPENDENCY_FAILED || reason === NOT_NEEDED) ?? false;
}

/** Everything that is in the way, one fact each; empty for a task that is ready. */
export function obstacles(task: Task, now: number): string[] {
  const { readiness } = task;
  if (!readiness || readiness.ready) return [];
  const { reasons, blocking, liveChildren } = readiness;
  const has = (reason: ReadinessReason) => reasons.includes(reason);
  const facts: string[] = [];
  if (has(ReadinessReason.STATE)) facts.push(`it is ${stateWord(task.state)}`);
  if (has(ReadinessReason.DELETED)) facts.push('it is deleted');
  if (has(ReadinessReason.DEPENDENCY_FAILED)) facts.push('a dependency failed');
  if (has(ReadinessReason.NOT_NEEDED)) facts.push('it need not run');
  if (blocking.length > 0) facts.push(`waits for ${blocking.map(shortId).join(', ')}`);
  if (has(ReadinessReason.LIVE_CHILDREN)) {
    facts.push(liveChildren === 1 ? 'has a live child' : `has ${liveChildren} live children`);
  }
  if (has(ReadinessReason.NOT_BEFORE) && task.notBefore) {
    facts.push(`its time comes ${relativeTime(atOf(task.notBefore), now)}`);
  }
  return facts;
}
