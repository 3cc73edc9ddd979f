// A store in which several principals do many things from several places: what an audit trail is asked about.

import type { Action, Caller } from '../../src/domain/command';
import type { Engine } from '../../src/engine/engine';
import type { Executed } from '../../src/engine/executed';
import { PutMemoryRequest } from '../../src/gen/holdfast/v1/memory_service';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { Session } from '../../src/gen/holdfast/v1/session';
import { SessionWork } from '../../src/gen/holdfast/journal/v1/journal';
import { StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { Task } from '../../src/gen/holdfast/v1/task';
import {
  AddNoteRequest,
  BatchCreateTasksRequest,
  ClaimTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  DeleteTaskRequest,
  HeartbeatTaskRequest,
  PutStepRequest,
  ReopenTaskRequest,
  UpdateTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { Random } from './seed';

/** Those who may act until there is identity. */
export const PRINCIPALS = ['local', 'system'];
export const ORIGINS = ['10.0.0.1 agent/1', '10.0.0.1 agent/2', '10.0.0.2 cli/1', 'unix cli/1'];
export const PROJECTS = ['default', 'other'];

/** One life of a store at work: each step is one random command; what is refused is part of it. */
export class AuditWorld {
  readonly requestIds: string[] = [];
  private readonly sessions: { name: string; token: string }[] = [];
  private readonly tasks: string[] = [];
  private readonly tokens = new Map<string, number>();

  constructor(
    private readonly engine: Engine,
    private readonly random: Random,
  ) {}

  async begin(): Promise<void> {
    await this.execute({
      kind: 'createProject',
      request: CreateProjectRequest.fromPartial({ projectId: 'other' }),
    });
    for (const project of PROJECTS) {
      for (let count = 0; count < 2; count += 1) {
        const request = StartSessionRequest.fromPartial({ parent: `projects/${project}`, agent: `a${count}` });
        const { replies } = await this.execute({ kind: 'startSession', request });
        const { name } = Session.decode(replies[0]!.image);
        this.sessions.push({ name, token: SessionWork.decode(replies[1]!.image).token });
      }
    }
  }

  async steps(count: number): Promise<void> {
    // A refusal, such as a claim of a task that is held, changes nothing and is in no record.
    for (let step = 0; step < count; step += 1) await this.step().catch(() => undefined);
  }

  private async step(): Promise<void> {
    const { random } = this;
    const parent = `projects/${random.pick(PROJECTS)}`;
    const name = this.tasks.length > 0 ? random.pick(this.tasks) : '';
    const fencingToken = this.tokens.get(name) ?? 0;
    switch (name === '' ? 0 : random.below(12)) {
      case 0:
      case 1: {
        const request = CreateTaskRequest.fromPartial({ parent, task: { title: 'a task' } });
        this.keep(await this.execute({ kind: 'createTask', request }));
        return;
      }
      case 2: {
        const requests = Array.from({ length: 1 + random.below(4) }, () => ({ task: { title: 'one of many' } }));
        const request = BatchCreateTasksRequest.fromPartial({ parent, requests });
        this.keep(await this.execute({ kind: 'batchCreateTasks', request }));
        return;
      }
      case 3: {
        const task = { name, title: `title ${random.below(100)}` };
        const request = UpdateTaskRequest.fromPartial({ task, updateMask: ['title'] });
        await this.execute({ kind: 'updateTask', request });
        return;
      }
      case 4:
      case 5: {
        const request = AddNoteRequest.fromPartial({ parent: name, note: { text: 'a note' } });
        await this.execute({ kind: 'addNote', request });
        return;
      }
      case 6: {
        const acting = random.pick(this.sessions);
        const request = ClaimTaskRequest.fromPartial({ name });
        const { sequence } = await this.execute({ kind: 'claimTask', request }, acting);
        this.tokens.set(name, sequence);
        return;
      }
      case 7:
        await this.execute({
          kind: 'heartbeatTask',
          request: HeartbeatTaskRequest.fromPartial({ name, fencingToken }),
        });
        return;
      case 8: {
        const step = { key: `step ${random.below(3)}` };
        await this.execute({ kind: 'putStep', request: PutStepRequest.fromPartial({ name, fencingToken, step }) });
        return;
      }
      case 9: {
        const artifacts = [{ name: `file ${random.below(2)}`, uri: `file:${random.below(9)}` }];
        const request = CompleteTaskRequest.fromPartial({ name, fencingToken, artifacts });
        await this.execute({ kind: 'completeTask', request });
        await this.execute({ kind: 'reopenTask', request: ReopenTaskRequest.fromPartial({ name }) });
        return;
      }
      case 10: {
        const memory = { namespace: 'facts', key: `k${random.below(3)}`, value: { a: random.below(9) } };
        await this.execute({ kind: 'putMemory', request: PutMemoryRequest.fromPartial({ parent, memory }) });
        return;
      }
      default:
        await this.execute({ kind: 'deleteTask', request: DeleteTaskRequest.fromPartial({ name }) });
    }
  }

  private keep({ replies }: Executed): void {
    for (const { image } of replies) this.tasks.push(Task.decode(image).name);
  }

  private execute(action: Action, acting?: { name: string; token: string }): Promise<Executed> {
    const { random } = this;
    const caller: Caller = {
      principal: random.pick(PRINCIPALS),
      session: acting?.name ?? '',
      sessionToken: acting?.token ?? '',
      origin: random.pick(ORIGINS),
    };
    const isNamed = random.chance(0.3);
    const requestId = random.uuid();
    if (isNamed) this.requestIds.push(requestId);
    const named = isNamed
      ? { requestId: Buffer.from(requestId.replaceAll('-', ''), 'hex'), requestHash: random.bytes(16) }
      : {};
    return this.engine.execute({ ...action, ...named, caller, validateOnly: false });
  }
}
