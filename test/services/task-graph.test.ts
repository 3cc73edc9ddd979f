import { status as Code } from '@grpc/grpc-js';
import { DependencyKind, ReadinessReason } from '../../src/gen/holdfast/v1/task';
import {
  BatchCreateTasksRequest,
  CompleteTaskRequest,
  DeleteTaskRequest,
  GetTaskGraphRequest,
  GraphDirection,
  ReopenTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { DeepPartial, GetTaskGraphResponse } from '../../src/gen/holdfast/v1/task_service';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const parent = 'projects/default';
const { BLOCKS, RELATED, RUN_IF_FAILED } = DependencyKind;
const { DOWN, UP } = GraphDirection;

const name = (id: string) => `${parent}/tasks/${id}`;
const short = (full: string) => full.slice(full.lastIndexOf('/') + 1);

/** What a task of these tests has: its parent and its edges by id. */
interface Given {
  readonly parent?: string;
  readonly on?: Readonly<Record<string, DependencyKind>>;
}

/** Creates tasks with these ids, in order. */
async function build({ tasks }: Booted, given: Readonly<Record<string, Given>>): Promise<void> {
  const requests = Object.entries(given).map(([taskId, { parent: above, on = {} }]) => ({
    taskId,
    task: {
      title: taskId,
      parent: above === undefined ? '' : name(above),
      dependencies: Object.entries(on).map(([id, kind]) => ({ task: name(id), kind })),
    },
  }));
  await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
}

async function graph({ tasks }: Booted, of: string, fields: DeepPartial<GetTaskGraphRequest> = {}) {
  const request = GetTaskGraphRequest.fromPartial({ name: of.includes('/') ? of : name(of), ...fields });
  return call(tasks, 'getTaskGraph', request);
}

const ids = (reply: GetTaskGraphResponse) => reply.tasks.map((task) => short(task.name));
const edges = (reply: GetTaskGraphResponse) =>
  reply.edges
    .map(
      ({ from, to, kind, holdsBack }) =>
        `${short(from)}-${kind === 0 ? 'part' : kind}${holdsBack ? '!' : ''}->${short(to)}`,
    )
    .sort();

async function complete({ tasks }: Booted, id: string): Promise<void> {
  await call(tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name: name(id) }));
}

/** epic has parts a, b, c; b waits for a, c for b; d is related to a; e runs if b fails. */
const plan = {
  epic: {},
  a: { parent: 'epic' },
  b: { parent: 'epic', on: { a: BLOCKS } },
  c: { parent: 'epic', on: { b: BLOCKS } },
  d: { on: { a: RELATED } },
  e: { on: { b: RUN_IF_FAILED } },
};

it('brings the tasks around one, nearest first, with the edges between them and what holds back', async () => {
  const booted = await boot();
  await build(booted, plan);
  const reply = await graph(booted, 'a');
  expect(ids(reply)).toEqual(['a', 'b', 'd', 'epic', 'c', 'e']);
  expect(edges(reply)).toEqual(
    ['a-part!->epic', 'b-1!->a', 'b-part!->epic', 'c-1!->b', 'c-part!->epic', 'd-3->a', 'e-2!->b'].sort(),
  );
  expect(reply.truncated).toBe(false);
  expect(reply.position!.sequence).toBe(booted.engine.status.durable);
  const readiness = Object.fromEntries(reply.tasks.map((task) => [short(task.name), task.readiness!]));
  expect(readiness['a']).toMatchObject({ ready: true, reasons: [] });
  expect(readiness['c']).toMatchObject({ ready: false, reasons: [ReadinessReason.BLOCKED], blocking: [name('b')] });
  expect(readiness['epic']).toMatchObject({ reasons: [ReadinessReason.LIVE_CHILDREN], liveChildren: 3 });
});

it.each<[string, string, DeepPartial<GetTaskGraphRequest>, string[], boolean]>([
  ['down', 'c', { direction: DOWN }, ['c', 'b', 'a'], false],
  ['down to children', 'epic', { direction: DOWN, depth: 1 }, ['epic', 'a', 'b', 'c'], false],
  ['up', 'b', { direction: UP }, ['b', 'c', 'e', 'epic'], false],
  ['without parents and children', 'a', { withoutChildren: true, depth: 1 }, ['a', 'b', 'd'], true],
  ['along one kind', 'a', { kinds: [BLOCKS], withoutChildren: true }, ['a', 'b', 'c'], false],
  ['a step, and there is more', 'c', { depth: 1, withoutChildren: true }, ['c', 'b'], true],
  ['two tasks, and there is more', 'a', { nodesMax: 2 }, ['a', 'b'], true],
  ['as many tasks as there are', 'a', { nodesMax: 6 }, ['a', 'b', 'd', 'epic', 'c', 'e'], false],
])('goes %s', async (_what, of, fields, expected, truncated) => {
  const booted = await boot();
  await build(booted, plan);
  const reply = await graph(booted, of, fields);
  expect(ids(reply)).toEqual(expected);
  expect(reply.truncated).toBe(truncated);
});

it('shows only the kinds of edges that were asked for', async () => {
  const booted = await boot();
  await build(booted, plan);
  expect(edges(await graph(booted, 'a', { kinds: [RELATED], withoutChildren: true }))).toEqual(['d-3->a']);
  expect(edges(await graph(booted, 'a', { kinds: [RELATED], depth: 1, direction: UP }))).toEqual(
    ['a-part!->epic', 'd-3->a'].sort(),
  );
});

it('leaves out what is done and what lies behind it, if asked to', async () => {
  const booted = await boot();
  await build(booted, { a: {}, b: { on: { a: BLOCKS } }, c: { on: { b: BLOCKS } }, d: { on: { c: BLOCKS } } });
  await complete(booted, 'a');
  await complete(booted, 'b');
  expect(ids(await graph(booted, 'd', { liveOnly: true }))).toEqual(['d', 'c']);
  const all = await graph(booted, 'd');
  expect(ids(all)).toEqual(['d', 'c', 'b', 'a']);
  expect(edges(all)).toEqual(['b-1->a', 'c-1->b', 'd-1!->c']);
  // The root itself is always there.
  expect(ids(await graph(booted, 'a', { liveOnly: true }))).toEqual(['a']);
});

it('leads edges that wait to the successor of their target', async () => {
  const booted = await boot();
  await build(booted, { a: {}, b: { on: { a: BLOCKS } }, c: { on: { a: RELATED } } });
  await complete(booted, 'a');
  await call(booted.tasks, 'reopenTask', ReopenTaskRequest.fromPartial({ name: name('a'), taskId: 'a2' }));
  const reply = await graph(booted, 'a2');
  expect(edges(reply)).toEqual(['a2-5->a', 'b-1!->a2', 'c-3->a']);
  expect(ids(reply)).toEqual(['a2', 'a', 'b', 'c']);
});

it('begins a project’s graph with the tasks that have no parent', async () => {
  const booted = await boot();
  await build(booted, plan);
  await call(booted.tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name: name('d') }));
  expect(ids(await graph(booted, parent, { direction: DOWN }))).toEqual(['e', 'epic', 'b', 'a', 'c']);
  expect(ids(await graph(booted, parent, { direction: DOWN, nodesMax: 1 }))).toEqual(['e']);
  await call(booted.projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'empty' }));
  expect((await graph(booted, 'projects/empty')).tasks).toEqual([]);
});

it('refuses what it cannot go along, and names what is not there', async () => {
  const booted = await boot();
  await build(booted, { a: {} });
  for (const fields of [{ depth: -1 }, { nodesMax: -1 }, { direction: 9 as never }, { kinds: [0 as const] }]) {
    await expect(graph(booted, 'a', fields)).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  }
  await expect(graph(booted, 'b')).rejects.toMatchObject({ code: Code.NOT_FOUND });
  await expect(graph(booted, 'projects/none')).rejects.toMatchObject({ code: Code.NOT_FOUND });
  await expect(graph(booted, 'no/tasks/x')).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
});

it('a reply of large tasks with many edges stays below what clients take', async () => {
  const booted = await boot();
  const targets = Array.from({ length: 250 }, (_, i) => `${'x'.repeat(60)}${100 + i}`);
  await build(booted, Object.fromEntries(targets.map((id) => [id, {}])));
  const dependencies = targets.map((id) => ({ task: name(id), kind: RELATED }));
  const labels = new Map(Array.from({ length: 64 }, (_, i) => [`${'k'.repeat(60)}${100 + i}`, 'v'.repeat(63)]));
  for (let i = 0; i < 8; i++) {
    const requests = Array.from({ length: 10 }, () => ({ task: { title: 'x', labels, dependencies } }));
    await call(booted.tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
  }
  const reply = await graph(booted, 't1', { nodesMax: 1000 });
  expect(reply.truncated).toBe(true);
  // All that t1 is related to, and as many of the large ones as fit.
  expect(reply.tasks.length).toBeGreaterThan(251 + 20);
  expect(reply.tasks.length).toBeLessThan(251 + 79);
});
