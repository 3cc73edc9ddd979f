// What simulated agents ask, as commands of the engine.

import { createHash } from 'node:crypto';
import { PRINCIPAL_LOCAL } from '../../../src/domain/command';
import type { Action, Command } from '../../../src/domain/command';
import { durationOf } from '../../../src/domain/duration';
import { timestampOf } from '../../../src/domain/timestamp';
import { AcquireLockRequest, ReleaseLockRequest } from '../../../src/gen/holdfast/v1/lock_service';
import {
  EndSessionRequest,
  HeartbeatSessionRequest,
  ResumeSessionRequest,
  StartSessionRequest,
} from '../../../src/gen/holdfast/v1/session_service';
import { DependencyKind, Task } from '../../../src/gen/holdfast/v1/task';
import type { Priority } from '../../../src/gen/holdfast/v1/task';
import {
  ClaimTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  FailTaskRequest,
  ReleaseTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { taskName } from '../commands-of';
import { ATTEMPTS, SESSION_TTL_MS } from './agent-model';
import type { AgentAsked } from './agent-model';

/** A claim of what is ready first. */
export interface AskedNext {
  readonly kind: 'next';
  readonly session: string;
  readonly most: number;
  readonly ttlMs: number;
  readonly waitMs: number;
}

const PARENT = 'projects/default';

/** A command for what is asked at `nowMs`, by a session with its token. */
export function agentCommand(
  asked: AgentAsked | AskedNext,
  sessionToken: string,
  requestId: Buffer,
  nowMs: number,
): Command {
  const by = 'session' in asked && asked.kind !== 'start' && asked.kind !== 'resume' ? asked.session : '';
  const caller = { principal: PRINCIPAL_LOCAL, session: by === '' ? '' : sessionName(by), sessionToken };
  const requestHash = createHash('sha256').update(JSON.stringify(asked)).digest().subarray(0, 16);
  return { ...actionOf(asked, nowMs), caller, requestId, requestHash, validateOnly: false };
}

function actionOf(asked: AgentAsked | AskedNext, nowMs: number): Action {
  switch (asked.kind) {
    case 'create': {
      const { priority, delayMs, after } = asked;
      const task = Task.fromPartial({
        title: 'simulated',
        priority: priority as Priority,
        notBefore: delayMs > 0 ? timestampOf(nowMs + delayMs) : undefined,
        dependencies: after === undefined ? [] : [{ task: taskName(after), kind: DependencyKind.BLOCKS }],
        retryPolicy: { maxAttempts: ATTEMPTS, initialBackoff: durationOf(0), maxBackoff: durationOf(0) },
      });
      return { kind: 'createTask', request: CreateTaskRequest.fromPartial({ parent: PARENT, task }) };
    }
    case 'start': {
      const [sessionId, agent] = [asked.session, `agent-${asked.slot}`];
      const fields = { parent: PARENT, sessionId, agent, ttl: durationOf(SESSION_TTL_MS) };
      return { kind: 'startSession', request: StartSessionRequest.fromPartial(fields) };
    }
    case 'beat': {
      const name = sessionName(asked.session);
      return { kind: 'heartbeatSession', request: HeartbeatSessionRequest.fromPartial({ name }) };
    }
    case 'end':
      return { kind: 'endSession', request: EndSessionRequest.fromPartial({ name: sessionName(asked.session) }) };
    case 'resume': {
      const from = { $case: 'session' as const, value: sessionName(asked.from) };
      const fields = { parent: PARENT, from, sessionId: asked.session, takeOver: asked.takeOver };
      return { kind: 'resumeSession', request: ResumeSessionRequest.fromPartial(fields) };
    }
    case 'take': {
      const fields = { name: taskName(asked.task), leaseTtl: ttlOf(asked.ttlMs) };
      return { kind: 'claimTask', request: ClaimTaskRequest.fromPartial(fields) };
    }
    case 'next': {
      const { most, ttlMs, waitMs } = asked;
      const fields = { parent: PARENT, maxTasks: most, leaseTtl: ttlOf(ttlMs), wait: durationOf(waitMs) };
      return { kind: 'claimTask', request: ClaimTaskRequest.fromPartial(fields) };
    }
    case 'finish':
      return finishOf(asked);
    case 'lock': {
      const targets = [{ target: { $case: 'key' as const, value: asked.key } }];
      return { kind: 'acquireLock', request: AcquireLockRequest.fromPartial({ parent: PARENT, targets }) };
    }
    case 'unlock': {
      const fields = { name: `${PARENT}/locks/${asked.lock}`, fencingToken: asked.token };
      return { kind: 'releaseLock', request: ReleaseLockRequest.fromPartial(fields) };
    }
  }
}

function finishOf({ verb, task, token }: Extract<AgentAsked, { kind: 'finish' }>): Action {
  const fields = { name: taskName(task), fencingToken: token, reason: 'simulated' };
  if (verb === 'complete') return { kind: 'completeTask', request: CompleteTaskRequest.fromPartial(fields) };
  if (verb === 'fail') return { kind: 'failTask', request: FailTaskRequest.fromPartial(fields) };
  return { kind: 'releaseTask', request: ReleaseTaskRequest.fromPartial(fields) };
}

export function sessionName(id: string): string {
  return `${PARENT}/sessions/${id}`;
}

function ttlOf(ttlMs: number): ReturnType<typeof durationOf> | undefined {
  return ttlMs === 0 ? undefined : durationOf(ttlMs);
}
