// Goal: a server whose state is gone answers reads at once from the capsule, says that they may be stale, claims nothing that it cannot know, and
// is whole again when the state is built. Method: the host of `holdfast serve` in this process over a store whose LevelDB was removed; the building is
// held until the test has seen what is served meanwhile.

import { status as Code } from '@grpc/grpc-js';
import type { Client, ServiceError, Metadata } from '@grpc/grpc-js';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { LockMode } from '../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest, ListLocksRequest, LockServiceClient } from '../../src/gen/holdfast/v1/lock_service';
import { ListOperationsRequest, WaitOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import {
  GetSessionRequest,
  SessionServiceClient,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import {
  CheckHealthRequest,
  GetConfigRequest,
  GetStatusRequest,
  SystemServiceClient,
} from '../../src/gen/holdfast/v1/system_service';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { RecoveryStrategy } from '../../src/gen/holdfast/v1/recovery';
import { RecoverRequest, RecoveryServiceClient } from '../../src/gen/holdfast/v1/recovery_service';
import { ServerState } from '../../src/gen/holdfast/v1/system';
import {
  ClaimTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  GetTaskRequest,
  ListNotesRequest,
  ListTasksRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { HealthCheckRequest, HealthClient } from '../../src/gen/grpc/health/v1/health';
import { capsuleFile, emergencyDir, stateDir } from '../../src/storage/layout';
import { header } from '../support/agent-client';
import { bootHost } from '../support/boot-host';
import type { BootedHost, BootHostOptions } from '../support/boot-host';
import { call } from '../support/boot';
import { EventStream } from '../support/event-stream';
import { targetsOf } from '../support/lock-world';
import { reasonOf } from '../support/refusals';

const parent = 'projects/default';
const claimed = `${parent}/tasks/claimed`;
const ready = `${parent}/tasks/ready`;
const done = `${parent}/tasks/done`;

interface Written {
  readonly dir: string;
  readonly session: string;
  readonly lock: string;
  readonly token: number;
  readonly history: string;
  readonly sequence: number;
}

/** A store with a claim, a lock, a ready task and an ended one. Its server has stopped. */
async function written(): Promise<Written> {
  const booted = await bootHost();
  const { tasks } = booted;
  for (const taskId of ['claimed', 'ready', 'done']) {
    await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent, taskId, task: { title: taskId } }));
  }
  await call(tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name: done }));
  const sessions = booted.client(SessionServiceClient);
  const started = await call(sessions, 'startSession', StartSessionRequest.fromPartial({ parent, agent: 'ada' }));
  const metadata = header(started.session!.name, started.token);
  const claim = await call(tasks, 'claimTask', ClaimTaskRequest.fromPartial({ name: claimed }), metadata);
  const request = AcquireLockRequest.fromPartial({ parent, mode: LockMode.EXCLUSIVE, targets: targetsOf(['src/a']) });
  const { lock } = await call(booted.client(LockServiceClient), 'acquireLock', request, metadata);
  const { history, status } = booted.served.engine;
  await booted.stop();
  return {
    dir: booted.dir,
    session: started.session!.name,
    lock: lock!.name,
    token: Number(claim.tasks[0]!.lease!.fencingToken),
    history,
    sequence: status.durable,
  };
}

/** A host over a store whose state is gone, and whose building goes on when `release` is called. */
async function bootBroken(dir: string, options: BootHostOptions = {}): Promise<BootedHost & { release(): void }> {
  rmSync(stateDir(dir), { recursive: true });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const engine = { rebuild: 'the test says so', beforeRebuild: () => held, ...options.engine };
  const booted = await bootHost({ ...options, dir, engine, beforeStop: () => release() });
  return Object.assign(booted, { release });
}

/** A unary call's answer and the metadata that came with it. */
function marked<C extends Client>(
  client: C,
  name: keyof C,
  request: object,
): Promise<{ reply: unknown; stale: unknown[] }> {
  return new Promise((resolve, reject) => {
    let reply: unknown;
    const method = client[name] as unknown as (
      request: object,
      done: (fault: ServiceError | null, reply: unknown) => void,
    ) => {
      on(event: 'metadata', listener: (metadata: Metadata) => void): void;
      on(event: 'status', l: () => void): void;
    };
    let stale: unknown[] = [];
    const stream = method.call(client, request, (fault, got) => {
      if (fault) reject(fault);
      else reply = got;
    });
    stream.on('metadata', (metadata) => (stale = metadata.get('holdfast-stale')));
    stream.on('status', () => resolve({ reply, stale }));
  });
}

const faultOf = (work: Promise<unknown>): Promise<ServiceError> =>
  work.then(
    () => {
      throw new Error('it was answered');
    },
    (fault: ServiceError) => fault,
  );

it('serves claims, sessions, locks and ready tasks before the state is built, and everything after', async () => {
  const { dir, session, lock, token, history, sequence } = await written();
  const booted = await bootBroken(dir);
  expect(booted.served.engine.status.emergency).toBeDefined();
  const { tasks } = booted;
  const { reply, stale } = await marked(tasks, 'getTask', GetTaskRequest.fromPartial({ name: claimed }));
  expect(stale).toEqual(['true']);
  expect(reply).toMatchObject({
    task: { title: 'claimed', state: TaskState.RUNNING, lease: { session, fencingToken: token } },
    position: { history, sequence },
  });
  const { tasks: page } = await call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent }));
  expect(page.map(({ name }) => name).sort()).toEqual([claimed, ready]);
  const locks = booted.client(LockServiceClient);
  const listed = await call(locks, 'listLocks', ListLocksRequest.fromPartial({ parent }));
  expect(listed).toMatchObject({ locks: [{ name: lock }] });
  const sessions = booted.client(SessionServiceClient);
  const { session: shown } = await call(sessions, 'getSession', GetSessionRequest.fromPartial({ name: session }));
  expect(shown).toMatchObject({ name: session, taskCount: 1, lockCount: 1 });
  booted.release();
  const whole = await booted.whenServing(2);
  expect(whole.engine.status.emergency).toBeUndefined();
  expect(whole.server.addresses).toEqual([booted.address]);
  expect(existsSync(emergencyDir(dir))).toBe(false);
  const again = await marked(tasks, 'getTask', GetTaskRequest.fromPartial({ name: done }));
  expect(again).toMatchObject({ stale: [], reply: { task: { state: TaskState.SUCCEEDED } } });
  await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent, task: { title: 'new' } }));
});

it('claims no absence, takes no change, and says RECOVERING with when to come back', async () => {
  const { dir, history, sequence } = await written();
  const booted = await bootBroken(dir);
  const { tasks, events } = booted;
  const faults = await Promise.all([
    faultOf(call(tasks, 'getTask', GetTaskRequest.fromPartial({ name: done }))),
    faultOf(call(tasks, 'getTask', GetTaskRequest.fromPartial({ name: `${parent}/tasks/never` }))),
    faultOf(
      call(tasks, 'getTask', GetTaskRequest.fromPartial({ name: ready, atLeast: { history, sequence: sequence + 1 } })),
    ),
    faultOf(call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent, task: { title: 'x' } }))),
    faultOf(call(tasks, 'claimTask', ClaimTaskRequest.fromPartial({ parent, wait: { seconds: 60 } }))),
    faultOf(call(tasks, 'listNotes', ListNotesRequest.fromPartial({ parent: ready }))),
    faultOf(call(booted.operations, 'listOperations', ListOperationsRequest.create())),
    new EventStream(events, {}).end(),
  ]);
  for (const fault of faults) {
    expect(fault.code).toBe(Code.UNAVAILABLE);
    expect(reasonOf(fault)?.reason).toBe('RECOVERING');
    expect(fault.metadata.get('holdfast-stale')).toEqual(['true']);
  }
  // What is wrong with a request is wrong with it now, too.
  const wrong = await faultOf(call(tasks, 'getTask', GetTaskRequest.fromPartial({ name: 'nonsense' })));
  expect(reasonOf(wrong)?.reason).toBe('FIELD_INVALID');
  booted.release();
  await booted.whenServing(2);
});

it('says in its status what it does, and is healthy for those who only read', async () => {
  const { dir } = await written();
  const booted = await bootBroken(dir);
  const { status } = await call(booted.client(SystemServiceClient), 'getStatus', GetStatusRequest.create());
  expect(status).toMatchObject({ state: ServerState.EMERGENCY });
  expect(status!.stateReason).toContain('the test says so');
  const health = await call(booted.client(HealthClient), 'check', HealthCheckRequest.create());
  expect(health).toMatchObject({ status: 1 });
  const system = booted.client(SystemServiceClient);
  const checked = await call(system, 'checkHealth', CheckHealthRequest.create());
  expect(checked.health!.issues.map(({ code }) => code)).toContain('emergency');
  await call(system, 'getConfig', GetConfigRequest.create());
  booted.release();
  await booted.whenServing(2);
});

it('shows leases as they were, however long it takes', async () => {
  const { dir } = await written();
  const booted = await bootBroken(dir);
  const { engine } = booted.served;
  const before = engine.nowMs;
  const first = await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: claimed }));
  await new Promise((resolve) => setTimeout(resolve, 30));
  const second = await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: claimed }));
  expect(engine.nowMs).toBe(before);
  expect(second.task!.lease).toEqual(first.task!.lease);
  booted.release();
  await booted.whenServing(2);
});

it('stops when it is asked to, in the middle of it', async () => {
  const { dir } = await written();
  const booted = await bootBroken(dir);
  booted.served.engine.requestStop('enough');
  booted.release();
  expect(await booted.host.ended).toEqual({ how: 'stopped' });
  const again = await bootHost({ dir });
  const { task } = await call(again.tasks, 'getTask', GetTaskRequest.fromPartial({ name: done }));
  expect(task!.state).toBe(TaskState.SUCCEEDED);
});

it.each([
  ['missing', (dir: string) => rmSync(capsuleFile(dir)), 'there is no capsule'],
  ['damaged', (dir: string) => writeFileSync(capsuleFile(dir), 'HFCAPSU1 and no more'), 'checksum'],
])('starts without a capsule that is %s, and says so', async (_, spoil, why) => {
  const { dir } = await written();
  spoil(dir);
  const warnings: unknown[] = [];
  const log = { error: () => undefined, warn: (fields: unknown) => warnings.push(fields), info: () => undefined };
  const booted = await bootBroken(dir, { server: { log }, engine: { beforeRebuild: undefined } });
  expect(booted.served.engine.status.emergency).toBeUndefined();
  expect(JSON.stringify(warnings)).toContain(why);
  const { task } = await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: done }));
  expect(task!.state).toBe(TaskState.SUCCEEDED);
});

it('bridges nothing that is short', async () => {
  const { dir } = await written();
  const booted = await bootBroken(dir, { engine: { rebuild: undefined, beforeRebuild: undefined } });
  expect(booted.served.engine.status.emergency).toBeUndefined();
  expect(booted.served.engine.status.found.state.how).toBe('rebuilt');
});

it('serves the capsule after a swap that asks for it', async () => {
  const booted = await bootHost();
  await call(
    booted.tasks,
    'createTask',
    CreateTaskRequest.fromPartial({ parent, taskId: 'ready', task: { title: 'x' } }),
  );
  booted.served.engine.handOver({ reason: 'a recovery', rebuild: 'asked for', run: () => Promise.resolve() });
  const emergency = await booted.whenServing(2);
  expect(emergency.engine.status.emergency?.ahead.because).toBe('asked for');
  const whole = await booted.whenServing(3);
  expect(whole.engine.status.emergency).toBeUndefined();
  expect(whole.engine.status.found.state.how).toBe('rebuilt');
  expect(whole.engine.options.handedOver).toEqual({ reason: 'a recovery', failure: undefined });
});

it('serves the capsule when an EMERGENCY recovery is asked for, whose operation ends with a report', async () => {
  const booted = await bootHost();
  await call(
    booted.tasks,
    'createTask',
    CreateTaskRequest.fromPartial({ parent, taskId: 'ready', task: { title: 'x' } }),
  );
  const request = RecoverRequest.fromPartial({ strategy: RecoveryStrategy.EMERGENCY });
  const { operation } = await call(booted.client(RecoveryServiceClient), 'recover', request);
  expect((await booted.whenServing(2)).engine.status.emergency).toBeDefined();
  await booted.whenServing(3);
  const wait = WaitOperationRequest.fromPartial({ name: operation!.name, timeout: { seconds: 25 } });
  const { operation: ended } = await insist(() => call(booted.operations, 'waitOperation', wait));
  expect(ended!.state).toBe(OperationState.SUCCEEDED);
});

/** A call that is made again while the server gives way to the next. */
async function insist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if ((fault as ServiceError).code !== Code.UNAVAILABLE) throw fault;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
