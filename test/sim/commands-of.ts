// What a simulation asks, as commands of the engine.

import { createHash } from 'node:crypto';
import { PRINCIPAL_LOCAL } from '../../src/domain/command';
import type { Action, Command } from '../../src/domain/command';
import { DependencyKind, Task } from '../../src/gen/holdfast/v1/task';
import type { Asked } from './model';

/** A command for what is asked. `etag` is the text that stands for the asked kind of etag. */
export function commandOf(asked: Asked, etag: string, requestId: Buffer): Command {
  const caller = { principal: PRINCIPAL_LOCAL, session: '', sessionToken: '' };
  const requestHash = createHash('sha256')
    .update(JSON.stringify([asked, etag]))
    .digest()
    .subarray(0, 16);
  return { ...actionOf(asked, etag), caller, requestId, requestHash, validateOnly: false };
}

export function taskName(id: string): string {
  return `projects/default/tasks/${id}`;
}

function actionOf(asked: Asked, etag: string): Action {
  const asks = { requestId: '', validateOnly: false };
  if (asked.kind === 'create') {
    const task = Task.create({ title: asked.title });
    const fields = { parent: 'projects/default', task, taskId: asked.id, ref: '', allowUnresolved: false };
    return { kind: 'createTask', request: { ...asks, ...fields } };
  }
  const named = { ...asks, name: taskName(asked.id), etag };
  if (asked.kind === 'block') {
    const dependency = { task: taskName(asked.by), kind: DependencyKind.BLOCKS };
    return { kind: 'addDependency', request: { ...named, dependency, allowUnresolved: false } };
  }
  const reason = 'simulated';
  const held = { fencingToken: 0, final: false, artifacts: [], followUps: [], claimNext: undefined, grace: undefined };
  switch (asked.kind) {
    case 'update': {
      const task = Task.create({ name: named.name, title: asked.title });
      return { kind: 'updateTask', request: { ...asks, etag, task, updateMask: ['title'] } };
    }
    case 'complete':
      return { kind: 'completeTask', request: { ...named, ...held, reason, result: undefined } };
    case 'fail':
      return { kind: 'failTask', request: { ...named, ...held, reason, error: undefined } };
    case 'cancel':
      return { kind: 'cancelTask', request: { ...named, ...held, reason, cascade: false } };
    case 'pause':
      return { kind: 'pauseTask', request: { ...named, ...held, reason } };
    case 'resume':
      return { kind: 'resumeTask', request: { ...named, reason } };
    case 'retry':
      return { kind: 'retryTask', request: { ...named, reason } };
    case 'delete':
      return { kind: 'deleteTask', request: named };
    case 'undelete':
      return { kind: 'undeleteTask', request: named };
  }
}
