// Agents at work in a small world of rules: sessions begin, act, claim, and time passes.

import { durationOf } from '../../src/domain/duration';
import { EntityKind, SessionTasks, SessionWork, TaskWork } from '../../src/gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../src/gen/holdfast/journal/v1/journal';
import { Session } from '../../src/gen/holdfast/v1/session';
import {
  EndSessionRequest,
  HeartbeatSessionRequest,
  ResumeSessionRequest,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import { ClaimTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import type { Outcome, World } from './world';

/** A session that was begun. */
export interface Begun {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

/** The ttl of sessions that say nothing else, in milliseconds: ten minutes. */
export const TTL_MS = 600_000;

export const start = (agent: string, sessionId = '', ttlMs = TTL_MS) => ({
  kind: 'startSession' as const,
  request: StartSessionRequest.fromPartial({ parent: 'projects/p', agent, sessionId, ttl: durationOf(ttlMs) }),
});
export const heartbeat = (id: string) => ({
  kind: 'heartbeatSession' as const,
  request: HeartbeatSessionRequest.fromPartial({ name: `projects/p/sessions/${id}` }),
});
export const end = (id: string, more: Partial<EndSessionRequest> = {}) => ({
  kind: 'endSession' as const,
  request: EndSessionRequest.fromPartial({ name: `projects/p/sessions/${id}`, ...more }),
});
export const resume = (from: { session: string } | { agent: string }, more: Partial<ResumeSessionRequest> = {}) => ({
  kind: 'resumeSession' as const,
  request: ResumeSessionRequest.fromPartial({
    parent: 'projects/p',
    from:
      'session' in from
        ? { $case: 'session', value: `projects/p/sessions/${from.session}` }
        : { $case: 'agent', value: from.agent },
    ...more,
  }),
});
export const claim = (id: string, leaseTtlMs?: number) => ({
  kind: 'claimTask' as const,
  request: ClaimTaskRequest.fromPartial({
    name: `projects/p/tasks/${id}`,
    leaseTtl: leaseTtlMs === undefined ? undefined : durationOf(leaseTtlMs),
  }),
});

/** The session that an outcome's reply names first. */
export function begunBy({ replies }: Outcome): Begun {
  const { name } = Session.decode(replies[0]!.image);
  return { id: replies[0]!.id, name, token: SessionWork.decode(replies[1]!.image).token };
}

/** Begins a session of an agent, in nobody's name. */
export function begin(world: World, agent: string, sessionId = '', ttlMs = TTL_MS): Begun {
  act(world, undefined);
  return begunBy(world.run(start(agent, sessionId, ttlMs)));
}

/** From now on the world's commands come from this session. */
export function act(world: World, session: Begun | undefined): void {
  world.session = session?.name ?? '';
  world.sessionToken = session?.token ?? '';
}

/** Claims tasks for a session, and gives the token of the last claim. */
export function claimAs(world: World, session: Begun, ...tasks: string[]): number {
  act(world, session);
  for (const task of tasks) world.run(claim(task));
  return workOf(world, tasks.at(-1)!).lease!.fencingToken;
}

/** What the timer does when a session's time has come, as often as it asks for it. Gives how many commands it took. */
export function expire(world: World, id: string): number {
  const { principal, session, sessionToken } = world;
  act(world, undefined);
  world.principal = 'system';
  let count = 0;
  for (let due = dueOf(world, id); due > 0 && due <= world.nowMs; due = dueOf(world, id)) {
    world.run({ kind: 'expireSession', request: { project: 'p', id } });
    if (++count > 100) throw new Error('the timer never comes to an end');
  }
  Object.assign(world, { principal, session, sessionToken });
  return count;
}

/** What the timer does when a task's time has come, as often as it asks for it. Gives how many commands it took. */
export function expireTask(world: World, id: string): number {
  const { principal, session, sessionToken } = world;
  act(world, undefined);
  world.principal = 'system';
  let count = 0;
  for (let due = workOf(world, id).dueMs; due > 0 && due <= world.nowMs; due = workOf(world, id).dueMs) {
    world.run({ kind: 'expireTask', request: { project: 'p', id } });
    if (++count > 100) throw new Error('the timer never comes to an end');
  }
  Object.assign(world, { principal, session, sessionToken });
  return count;
}

export function sessionOf(world: World, id: string): Session {
  return Session.decode(world.view.row(EntityKind.SESSION, 'p', id)!.image);
}

export function sessionWorkOf(world: World, id: string): SessionWork {
  return SessionWork.decode(world.view.row(EntityKind.SESSION_WORK, 'p', id)!.image);
}

export function workOf(world: World, task: string): TaskWork {
  const row = world.view.row(EntityKind.TASK_WORK, 'p', task);
  return row ? TaskWork.decode(row.image) : TaskWork.create();
}

/** The tasks that a session holds or has left. */
export function tasksOf(world: World, id: string): SessionTask[] {
  return sessionWorkOf(world, id).taskChunks.flatMap((_, chunk) => {
    const row = world.view.row(EntityKind.SESSION_TASKS, 'p', `${id}/${chunk}`);
    return row ? SessionTasks.decode(row.image).tasks : [];
  });
}

function dueOf(world: World, id: string): number {
  return world.view.row(EntityKind.SESSION_WORK, 'p', id) ? sessionWorkOf(world, id).dueMs : 0;
}
