import { status as Code } from '@grpc/grpc-js';
import { Briefing, ConflictKind } from '../../../src/gen/holdfast/v1/briefing';
import type { BriefedTask } from '../../../src/gen/holdfast/v1/briefing';
import { MemoryServiceClient, PutMemoryRequest } from '../../../src/gen/holdfast/v1/memory_service';
import { MessageServiceClient, SendMessageRequest } from '../../../src/gen/holdfast/v1/message_service';
import { LockServiceClient, AcquireLockRequest } from '../../../src/gen/holdfast/v1/lock_service';
import { GetBriefingRequest } from '../../../src/gen/holdfast/v1/session_service';
import { DependencyKind, TaskState } from '../../../src/gen/holdfast/v1/task';
import {
  AddDependencyRequest,
  AddNoteRequest,
  BatchCreateTasksRequest,
  CancelTaskRequest,
  DeleteTaskRequest,
  PauseTaskRequest,
  PutStepRequest,
  UpdateTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { PARENT, bootAgents, claimAs, createTask, endAs, resumeAs, startAs } from '../../support/agent-client';
import type { AgentServer, Live } from '../../support/agent-client';
import { call } from '../../support/boot';

const idOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);
const idsOf = ({ tasks }: Briefing) => tasks.map(({ task }) => idOf(task!.name));

async function brief({ sessions }: AgentServer, more: Partial<GetBriefingRequest>): Promise<Briefing> {
  return (await call(sessions, 'getBriefing', GetBriefingRequest.fromPartial(more))).briefing!;
}

const of = (live: Live) => ({ of: { $case: 'session' as const, value: live.name } });

async function block({ tasks }: AgentServer, task: string, by: string): Promise<void> {
  const dependency = { task: by, kind: DependencyKind.BLOCKS };
  await call(tasks, 'addDependency', AddDependencyRequest.fromPartial({ name: task, dependency }));
}

async function retitle({ tasks }: AgentServer, name: string, title: string, live?: Live): Promise<void> {
  const request = UpdateTaskRequest.fromPartial({ task: { name, title }, updateMask: ['title'] });
  await call(tasks, 'updateTask', request, live?.metadata);
}

test('a resume tells what is unfinished, with what is known of it', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const name = await createTask(server, { title: 'Build it', description: 'In full.' });
  const token = await claimAs(server, ada, name);
  const { tasks } = server;
  const progress = { percent: 40, message: 'half way' };
  await call(
    tasks,
    'heartbeatTask',
    { ...HEARTBEAT, name, fencingToken: token, progress: { ...PROGRESS, ...progress } },
    ada.metadata,
  );
  const step = { key: 'create-branch', result: { branch: 'b' } };
  await call(tasks, 'putStep', PutStepRequest.fromPartial({ name, fencingToken: token, step }), ada.metadata);
  for (const text of ['first', 'second'])
    await call(tasks, 'addNote', AddNoteRequest.fromPartial({ parent: name, note: { text } }));
  await endAs(server, ada, { summary: 'The tests fail still.' });
  const { briefing, live, position } = await resumeAs(server, { from: { $case: 'agent', value: 'ada' } });
  expect(briefing).toMatchObject({ summary: 'The tests fail still.', conflicts: [], omissions: [] });
  const [told] = briefing!.tasks;
  expect(told).toMatchObject({ held: true, after: [], steps: [step] });
  expect(told!.notes.map(({ text }) => text)).toEqual(['first', 'second']);
  expect(told!.task).toMatchObject({ title: 'Build it', description: 'In full.', state: TaskState.RUNNING, progress });
  expect(told!.task!.lease).toMatchObject({ session: live.name, fencingToken: position!.sequence });
  expect(briefing!.watchFrom!.sequence).toBeGreaterThanOrEqual(position!.sequence);
  expect(briefing!.readyTasks).toEqual([]);
});

test('what others changed meanwhile is named, with who did it', async () => {
  const server = await bootAgents();
  const { tasks } = server;
  const [ada, bob] = [await startAs(server, 'ada'), await startAs(server, 'bob')];
  const names: string[] = [];
  for (let i = 0; i < 8; i++) names.push(await createTask(server, {}, `w${i}`));
  for (const name of names) await claimAs(server, ada, name);
  await retitle(server, names[7]!, 'By ada herself', ada);
  await endAs(server, ada);
  await claimAs(server, bob, names[0]!);
  await call(
    tasks,
    'cancelTask',
    CancelTaskRequest.fromPartial({ name: names[1]!, reason: 'not needed' }),
    bob.metadata,
  );
  await call(tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name: names[2]! }), bob.metadata);
  await retitle(server, names[3]!, 'Other words', bob);
  await block(server, names[4]!, await createTask(server, {}, 'before'));
  await call(tasks, 'pauseTask', PauseTaskRequest.fromPartial({ name: names[5]!, reason: 'wait' }), bob.metadata);
  await createTask(server, { parent: names[6]! }, 'child');
  const { briefing, live } = await resumeAs(server, { from: { $case: 'session', value: ada.name } });
  const conflicts = briefing!.conflicts.map(({ task, kind, message }) => [idOf(task), kind, message]);
  const { CLAIMED, ENDED, DELETED, CHANGED, BLOCKED, SET_ASIDE } = ConflictKind;
  expect(conflicts).toEqual([
    ['w0', CLAIMED, `${bob.name} claimed it`],
    ['w1', ENDED, `it is CANCELED, by ${bob.name}: not needed`],
    ['w2', DELETED, `${bob.name} deleted it`],
    ['w3', CHANGED, `${bob.name} changed it: task.updated (title)`],
    ['w4', BLOCKED, 'it waits for projects/default/tasks/before'],
    ['w4', CHANGED, 'local changed it: task.updated (dependencies)'],
    ['w5', SET_ASIDE, 'it is PAUSED: wait'],
    ['w5', CHANGED, `${bob.name} changed it: task.paused (state, state_reason, paused_from)`],
    ['w6', BLOCKED, 'it has 1 live child'],
  ]);
  expect(briefing!.conflicts[0]).toMatchObject({ session: bob.name, time: { seconds: expect.any(Number) as number } });
  expect(briefing!.tasks.filter(({ held }) => held).map(({ task }) => idOf(task!.name))).toEqual(['w3', 'w7']);
  expect(idsOf(briefing!)).toEqual(['w3', 'w4', 'w5', 'w6', 'w7']);
  const later = await brief(server, of(live));
  expect(later.conflicts.map(({ task }) => idOf(task))).toEqual(['w0', 'w1', 'w2', 'w4', 'w5', 'w6']);
});

test('children and blockers come before what waits for them', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const parent = await createTask(server, { priority: 1 }, 'parent');
  const [one, two] = [await createTask(server, {}, 'one'), await createTask(server, { priority: 2 }, 'two')];
  for (const name of [parent, one, two]) await claimAs(server, ada, name);
  const child = await createTask(server, { parent }, 'child');
  await claimAs(server, ada, child);
  await endAs(server, ada);
  await block(server, two, one);
  const { briefing } = await resumeAs(server, { from: { $case: 'agent', value: 'ada' } });
  expect(idsOf(briefing!)).toEqual(['one', 'two', 'child', 'parent']);
  expect(briefing!.tasks.map(({ after }) => after.map(idOf))).toEqual([[], ['one'], [], ['child']]);
  expect(briefing!.tasks.map(({ held }) => held)).toEqual([true, false, true, false]);
});

test('GetBriefing tells messages, memories, locks and ready tasks too, and changes nothing', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const [held, changed] = [await createTask(server, {}, 'held'), await createTask(server, {}, 'changed')];
  await claimAs(server, ada, held);
  await claimAs(server, ada, changed);
  await createTask(server, { assignee: 'bob', priority: 1 }, 'for-bob');
  await createTask(server, { title: 'Next', description: 'long' }, 'next');
  const targets = [{ target: { $case: 'path' as const, value: 'src/**' } }];
  const lock = AcquireLockRequest.fromPartial({ parent: PARENT, targets });
  await call(server.client(LockServiceClient), 'acquireLock', lock, ada.metadata);
  const messages = server.client(MessageServiceClient);
  for (const recipient of [`${PARENT}/agents/ada`, ada.name]) {
    await call(
      messages,
      'sendMessage',
      SendMessageRequest.fromPartial({ parent: PARENT, message: { recipient, text: recipient } }),
    );
  }
  const memories = server.client(MemoryServiceClient);
  for (const [namespace, key] of [
    ['team', 'old'],
    ['other', 'x'],
    ['team/build', 'new'],
  ] as const) {
    await call(
      memories,
      'putMemory',
      PutMemoryRequest.fromPartial({ parent: PARENT, memory: { namespace, key, value: { a: 1 } } }),
    );
  }
  const sequence = server.engine.status.durable;
  await retitle(server, changed, 'Changed');
  const before = server.engine.status.durable;
  const since = { history: server.engine.history, sequence };
  const told = await brief(server, { ...of(ada), memoryPrefix: 'team', since });
  expect(server.engine.status.durable).toBe(before);
  expect(idsOf(told)).toEqual(['held', 'changed']);
  expect(told.conflicts).toMatchObject([{ task: changed, kind: ConflictKind.CHANGED }]);
  expect(told.locks).toMatchObject([{ session: ada.name, targets }]);
  expect(told.messages.map(({ text }) => text)).toEqual([`${PARENT}/agents/ada`, ada.name]);
  expect(told.memories.map(({ key }) => key)).toEqual(['new', 'old']);
  expect(told.readyTasks).toMatchObject([{ title: 'Next', description: '' }]);
  expect(told.watchFrom).toMatchObject({ history: since.history, sequence: before });
  const nothingNew = { history: since.history, sequence: before };
  expect((await brief(server, { ...of(ada), since: nothingNew })).conflicts).toEqual([]);
});

test('an agent without a session is told of what is assigned to it', async () => {
  const server = await bootAgents();
  const bob = await startAs(server, 'bob');
  await createTask(server, { assignee: 'ada', description: 'for ada' }, 'mine');
  const theirs = await createTask(server, { assignee: 'ada' }, 'theirs');
  await claimAs(server, bob, theirs);
  const told = await brief(server, { of: { $case: 'agent', value: `${PARENT}/agents/ada` } });
  expect(told.tasks).toMatchObject([{ held: false, task: { description: 'for ada' } }]);
  expect(told.readyTasks.map(({ name }) => idOf(name))).toEqual(['mine']);
  const nobody = brief(server, { of: { $case: 'agent', value: `${PARENT}/agents/nobody` } });
  await expect(nobody).rejects.toMatchObject({ code: Code.NOT_FOUND });
});

test('a briefing never takes more than its bound, and names what it leaves out', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const requests = Array.from({ length: 60 }, (_, i) => ({
    task: { title: `Task ${i}`, description: 'ü'.repeat(500 * (i % 5)) },
    taskId: `n${i}`,
  }));
  await call(server.tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent: PARENT, requests }));
  for (let i = 0; i < 60; i++) {
    const name = `${PARENT}/tasks/n${i}`;
    await claimAs(server, ada, name);
    const note = { text: 'x'.repeat(i * 10 + 1) };
    await call(server.tasks, 'addNote', AddNoteRequest.fromPartial({ parent: name, note }));
  }
  await endAs(server, ada, { summary: 'ß'.repeat(3000) });
  const first = await resumeAs(server, { from: { $case: 'agent', value: 'ada' } });
  const whole = await brief(server, of(first.live));
  expect(whole.omissions).toEqual([]);
  expect(whole.tasks).toHaveLength(60);
  for (const maxBytes of [1024, 1500, 4096, 10_000, 20_000, 40_000, 80_000]) {
    const told = await brief(server, { ...of(first.live), maxBytes });
    expect(Briefing.encode(told).finish().length).toBeLessThanOrEqual(maxBytes);
    const left = new Map(told.omissions.map(({ kind, count }) => [kind, count]));
    expect(told.tasks.length + (left.get('tasks') ?? 0)).toBe(60);
    expect(told.tasks.length).toBeGreaterThan(0);
    const notes = told.tasks.reduce((sum, each: BriefedTask) => sum + each.notes.length, 0);
    expect(notes + (left.get('notes') ?? 0)).toBe(told.tasks.length);
    const full = told.tasks.filter(({ task }) =>
      whole.tasks.some((each) => each.task!.name === task!.name && each.task!.description === task!.description),
    );
    expect(full.length + (left.get('descriptions') ?? 0)).toBe(told.tasks.length);
    for (const { task } of told.tasks) expect(task!.lease!.fencingToken).toBeGreaterThan(0);
  }
});

test.each([
  ['of', { of: undefined }],
  ['max_bytes', { maxBytes: 5 }],
  ['memory_prefix', { memoryPrefix: 'a//b' }],
])('a briefing is refused for its %s', async (_field, more) => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  await expect(brief(server, { ...of(ada), ...more })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
});

const HEARTBEAT = { requestId: '', validateOnly: false };
const PROGRESS = { details: undefined, updateTime: undefined };
