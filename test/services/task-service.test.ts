import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import { View } from '../../src/gen/holdfast/v1/common';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import * as requests from '../../src/gen/holdfast/v1/task_service';
import {
  CreateProjectRequest,
  DeleteProjectRequest,
  GetProjectRequest,
  ListProjectsRequest,
  UndeleteProjectRequest,
  UpdateProjectRequest,
} from '../../src/gen/holdfast/v1/project_service';
import type { ListProjectsResponse } from '../../src/gen/holdfast/v1/project_service';
import { bootAgents, startAs } from '../support/agent-client';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const parent = 'projects/default';
const requestId = '0190c7a2-7d2b-7f00-8000-0242ac120002';

async function create({ tasks }: Booted, task: object, more: object = {}): ReturnType<typeof createRaw> {
  return createRaw(tasks, { parent, task: { title: 'a task', ...task }, ...more });
}

function createRaw(tasks: Booted['tasks'], partial: object): Promise<requests.CreateTaskResponse> {
  return call(tasks, 'createTask', requests.CreateTaskRequest.fromPartial(partial));
}

async function refusal(attempt: Promise<unknown>): Promise<{ code: Code; reason: string; details: string }> {
  const fault = (await attempt.then(
    () => undefined,
    (error: unknown) => error,
  )) as ServiceError;
  const status = Status.decode(fault.metadata.get('grpc-status-details-bin')[0] as Buffer);
  return { code: fault.code, reason: ErrorInfo.decode(status.details[0]!.value).reason, details: fault.details };
}

it('creates a task and answers with it and its position', async () => {
  const booted = await boot();
  const { task, position } = await create(booted, { labels: new Map([['a', 'b']]), payload: { deep: [1, null] } });
  expect(task).toMatchObject({ name: `${parent}/tasks/t1`, title: 'a task', revision: 1, state: TaskState.PENDING });
  expect(task!.payload).toEqual({ deep: [1, null] });
  expect(position).toMatchObject({ history: booted.engine.history, sequence: Number(task!.etag) });
});

it('applies a request id once, and gives the first result again', async () => {
  const booted = await boot();
  const first = await create(booted, {}, { requestId });
  expect(await create(booted, {}, { requestId: requestId.toUpperCase() })).toEqual(first);
  expect((await create(booted, {})).task!.name).toBe(`${parent}/tasks/t2`);
  const other = await refusal(create(booted, { title: 'another' }, { requestId }));
  expect(other).toMatchObject({ code: Code.INVALID_ARGUMENT, reason: 'REQUEST_ID_REUSED' });
  const shape = await refusal(create(booted, {}, { requestId: 'not-a-uuid' }));
  expect(shape).toMatchObject({ code: Code.INVALID_ARGUMENT, reason: 'FIELD_INVALID' });
});

it('validates without a change', async () => {
  const booted = await boot();
  const before = booted.engine.status.durable;
  const { task } = await create(booted, {}, { validateOnly: true });
  expect(task!.title).toBe('a task');
  expect(booted.engine.status.durable).toBe(before);
});

it('creates a batch in one commit, and a child may name its parent by reference', async () => {
  const { tasks } = await boot();
  const response = await call(
    tasks,
    'batchCreateTasks',
    requests.BatchCreateTasksRequest.fromPartial({
      parent,
      requests: [
        { ref: 'root', task: { title: 'root' } },
        { task: { title: 'leaf', parent: `${parent}/tasks/$root` } },
      ],
    }),
  );
  expect(response.tasks.map(({ title }) => title)).toEqual(['root', 'leaf']);
  expect(response.tasks[1]!.parent).toBe(response.tasks[0]!.name);
  expect(new Set(response.tasks.map(({ etag }) => etag)).size).toBe(1);
});

it('gets a task by name, by external id, in a view, and at a revision', async () => {
  const booted = await boot();
  const { tasks } = booted;
  const { task } = await create(booted, { externalId: 'JIRA-1', description: 'long', payload: { a: 1 } });
  const update = requests.UpdateTaskRequest.fromPartial({
    task: { name: task!.name, title: 'changed' },
    updateMask: ['title'],
  });
  const { position } = await call(tasks, 'updateTask', update);
  const get = (partial: object): Promise<requests.GetTaskResponse> =>
    call(tasks, 'getTask', requests.GetTaskRequest.fromPartial(partial));
  const atLeast = position!;
  expect((await get({ name: task!.name, atLeast })).task).toMatchObject({ title: 'changed', revision: 2 });
  expect((await get({ name: `${parent}/tasks/external:JIRA-1` })).task!.name).toBe(task!.name);
  const basic = (await get({ name: task!.name, view: View.BASIC })).task!;
  expect(basic).toMatchObject({ title: 'changed', description: '', payload: undefined });
  expect((await get({ name: task!.name, revision: 1 })).task).toEqual(task);
  const none = await refusal(get({ name: task!.name, revision: 3 }));
  expect(none).toMatchObject({ code: Code.NOT_FOUND, details: expect.stringContaining('newest is 2') as string });
  expect(await refusal(get({ name: `${parent}/tasks/t9` }))).toMatchObject({
    code: Code.NOT_FOUND,
    reason: 'NOT_FOUND',
  });
  const ahead = { history: position!.history, sequence: 1e9 };
  expect(await refusal(get({ name: task!.name, atLeast: ahead }))).toMatchObject({ reason: 'POSITION_UNKNOWN' });
});

it('lists revisions, newest first, page by page', async () => {
  const booted = await boot();
  const { tasks } = booted;
  const { name } = (await create(booted, {})).task!;
  for (const title of ['two', 'three', 'four']) {
    await call(
      tasks,
      'updateTask',
      requests.UpdateTaskRequest.fromPartial({ task: { name, title }, updateMask: ['title'] }),
    );
  }
  const list = (pageToken: string): Promise<requests.ListTaskRevisionsResponse> =>
    call(tasks, 'listTaskRevisions', requests.ListTaskRevisionsRequest.fromPartial({ name, pageSize: 3, pageToken }));
  const first = await list('');
  const second = await list(first.nextPageToken);
  expect([...first.revisions, ...second.revisions].map(({ title }) => title)).toEqual([
    'four',
    'three',
    'two',
    'a task',
  ]);
  expect(second.nextPageToken).toBe('');
});

it('moves a task by its verbs, and refuses what is not legal', async () => {
  const booted = await boot();
  const { tasks } = booted;
  const { name } = (await create(booted, {})).task!;
  const paused = await call(tasks, 'pauseTask', requests.PauseTaskRequest.fromPartial({ name, reason: 'later' }));
  expect(paused.task).toMatchObject({ state: TaskState.PAUSED, stateReason: 'later' });
  const resumed = await call(tasks, 'resumeTask', requests.ResumeTaskRequest.fromPartial({ name }));
  const error = { code: 'x', message: 'm', details: { a: 1 } };
  const failed = await call(
    tasks,
    'failTask',
    requests.FailTaskRequest.fromPartial({ name, error, etag: resumed.task!.etag }),
  );
  expect(failed.task).toMatchObject({ state: TaskState.FAILED, error: { code: 'x', details: { a: 1 } } });
  const basic = await call(tasks, 'getTask', requests.GetTaskRequest.fromPartial({ name, view: View.BASIC }));
  expect(basic.task!.error).toMatchObject({ code: 'x', message: 'm', details: undefined });
  await call(tasks, 'retryTask', requests.RetryTaskRequest.fromPartial({ name }));
  const stale = call(tasks, 'completeTask', requests.CompleteTaskRequest.fromPartial({ name, etag: '1' }));
  expect(await refusal(stale)).toMatchObject({ code: Code.ABORTED, reason: 'ETAG_MISMATCH' });
  const done = await call(
    tasks,
    'completeTask',
    requests.CompleteTaskRequest.fromPartial({ name, result: { ok: true } }),
  );
  expect(done.task).toMatchObject({ state: TaskState.SUCCEEDED, result: { ok: true } });
  const again = call(tasks, 'completeTask', requests.CompleteTaskRequest.fromPartial({ name }));
  expect(await refusal(again)).toMatchObject({ code: Code.FAILED_PRECONDITION, reason: 'ILLEGAL_TRANSITION' });
  const successor = await call(tasks, 'reopenTask', requests.ReopenTaskRequest.fromPartial({ name }));
  expect(successor.task!.name).not.toBe(name);
});

it('deletes and brings back', async () => {
  const booted = await boot();
  const { tasks } = booted;
  const { name } = (await create(booted, {})).task!;
  const gone = await call(tasks, 'deleteTask', requests.DeleteTaskRequest.fromPartial({ name }));
  expect(gone.task!.purgeTime!.seconds - gone.task!.deleteTime!.seconds).toBe(30 * 86_400);
  const back = await call(tasks, 'undeleteTask', requests.UndeleteTaskRequest.fromPartial({ name }));
  expect(back.task!.deleteTime).toBeUndefined();
});

it('cancels a task with its live descendants and names them', async () => {
  const booted = await boot();
  const { tasks } = booted;
  const root = (await create(booted, {})).task!.name;
  const child = (await create(booted, { parent: root })).task!.name;
  const leaf = (await create(booted, { parent: child })).task!.name;
  const done = (await create(booted, { parent: root })).task!.name;
  await call(tasks, 'completeTask', requests.CompleteTaskRequest.fromPartial({ name: done }));
  const cancel = requests.CancelTaskRequest.fromPartial({ name: root, cascade: true, requestId });
  const response = await call(tasks, 'cancelTask', cancel);
  expect(response.task).toMatchObject({ name: root, state: TaskState.CANCELED });
  expect(response.canceledChildren.map(({ name }) => name).sort()).toEqual([child, leaf].sort());
  expect(await call(tasks, 'cancelTask', cancel)).toEqual(response);
});

it('cancels a cascade whole while children are being added', async () => {
  const booted = await boot();
  const { tasks } = booted;
  const root = (await create(booted, {})).task!.name;
  const adding = Array.from({ length: 40 }, () => create(booted, { parent: root }).catch(() => undefined));
  await adding[3];
  const response = await call(
    tasks,
    'cancelTask',
    requests.CancelTaskRequest.fromPartial({ name: root, cascade: true }),
  );
  const added = await Promise.all(adding);
  const before = added.filter((each) => each && each.position!.sequence < response.position!.sequence);
  expect(response.canceledChildren.map(({ name }) => name).sort()).toEqual(
    before.map((each) => each!.task!.name).sort(),
  );
});

it('keeps the session and refuses one of another shape', async () => {
  const booted = await bootAgents();
  const { tasks, engine } = booted;
  const request = requests.CreateTaskRequest.fromPartial({ parent, task: { title: 'x' } });
  const { name, metadata } = await startAs(booted, 'builder');
  const { position } = await call(tasks, 'createTask', request, metadata);
  expect((await engine.record(position!.sequence)).session).toBe(name);
  metadata.set('holdfast-session', `${name};another-token`);
  expect(await refusal(call(tasks, 'createTask', request, metadata))).toMatchObject({ reason: 'FENCED' });
  metadata.set('holdfast-session', 'no token');
  const refused = await refusal(call(tasks, 'createTask', request, metadata));
  expect(refused).toMatchObject({ code: Code.INVALID_ARGUMENT, reason: 'FIELD_INVALID' });
  expect(refused.details).not.toContain('no token');
});

it('keeps projects', async () => {
  const { projects } = await boot();
  const made = await call(
    projects,
    'createProject',
    CreateProjectRequest.fromPartial({ projectId: 'work', project: { displayName: 'Work' } }),
  );
  const name = made.project!.name;
  const updated = await call(
    projects,
    'updateProject',
    UpdateProjectRequest.fromPartial({ project: { name, displayName: 'Play' }, updateMask: ['display_name'] }),
  );
  expect(updated.project!.displayName).toBe('Play');
  expect(await call(projects, 'getProject', GetProjectRequest.fromPartial({ name }))).toEqual(updated);
  const list = (partial: object): ReturnType<typeof listRaw> => listRaw(projects, partial);
  const first = await list({ pageSize: 1 });
  const second = await list({ pageSize: 1, pageToken: first.nextPageToken });
  expect([...first.projects, ...second.projects].map((each) => each.name)).toEqual(['projects/default', name]);
  expect(second.nextPageToken).toBe('');
  await call(projects, 'deleteProject', DeleteProjectRequest.fromPartial({ name }));
  expect((await list({})).projects).toHaveLength(1);
  expect((await list({ showDeleted: true })).projects).toHaveLength(2);
  await call(projects, 'undeleteProject', UndeleteProjectRequest.fromPartial({ name }));
  expect((await list({})).projects).toHaveLength(2);
  const misused = await refusal(list({ pageToken: first.nextPageToken, showDeleted: true }));
  expect(misused).toMatchObject({ reason: 'FIELD_INVALID' });
});

function listRaw(projects: Booted['projects'], partial: object): Promise<ListProjectsResponse> {
  return call(projects, 'listProjects', ListProjectsRequest.fromPartial(partial));
}
