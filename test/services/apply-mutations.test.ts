import type { ServiceError } from '@grpc/grpc-js';
import { status as Code } from '@grpc/grpc-js';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { DependencyKind } from '../../src/gen/holdfast/v1/task';
import {
  ApplyMutationsRequest,
  CreateTaskRequest,
  GetTaskGraphRequest,
  ListNotesRequest,
  ListTasksRequest,
  Mutation,
} from '../../src/gen/holdfast/v1/task_service';
import type { DeepPartial } from '../../src/gen/holdfast/v1/task_service';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { View } from '../../src/gen/holdfast/v1/common';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { EventStream } from '../support/event-stream';
import { chosenSeed, randomFrom } from '../support/seed';
import type { Random } from '../support/seed';

type OneMutation = NonNullable<Mutation['mutation']>;

function m($case: OneMutation['$case'], value: object): DeepPartial<Mutation> {
  return { mutation: { $case, value } };
}

async function apply({ tasks }: Booted, mutations: DeepPartial<Mutation>[], fields: object = {}) {
  const request = ApplyMutationsRequest.fromPartial({ parent: 'projects/default', mutations, ...fields });
  return call(tasks, 'applyMutations', request);
}

const name = (id: string) => `projects/default/tasks/${id}`;

it('answers with a task or a note for each mutation, and tells watchers all of it at one position', async () => {
  const booted = await boot();
  const stream = new EventStream(booted.events, { start: { $case: 'now', value: true } });
  await stream.until((each) => each.of('caughtUp').length === 1);
  const reply = await apply(booted, [
    m('createTask', { task: { title: 'first' }, ref: 'a' }),
    m('createTask', { task: { title: 'second', dependencies: [{ task: 'tasks/$a', kind: DependencyKind.BLOCKS }] } }),
    m('addNote', { parent: 'tasks/$a', note: { text: 'on it' } }),
    m('completeTask', { name: 'tasks/$a' }),
  ]);
  const results = reply.results.map(({ result }) => [result!.$case, (result!.value as { name: string }).name]);
  expect(results).toEqual([
    ['task', name('t1')],
    ['task', name('t2')],
    ['note', `${name('t1')}/notes/n1`],
    ['task', name('t1')],
  ]);
  expect(reply.results[0]!.result).toEqual(reply.results[3]!.result);
  await stream.until(({ events }) => events.length >= 3);
  expect(stream.events.map(({ type, name: of }) => [type, of])).toEqual([
    ['task.created', name('t1')],
    ['task.created', name('t2')],
    ['note.added', `${name('t1')}/notes/n1`],
  ]);
  expect(new Set(stream.events.map(({ position }) => position!.sequence))).toEqual(new Set([reply.position!.sequence]));
});

it('tells of a task that became ready, after what made it so, and without an entity', async () => {
  const booted = await boot();
  await apply(booted, [
    m('createTask', { task: { title: 'first' }, ref: 'a' }),
    m('createTask', { task: { title: 'second', dependencies: [{ task: 'tasks/$a', kind: DependencyKind.BLOCKS }] } }),
  ]);
  const stream = new EventStream(booted.events, { includePrevious: true });
  await stream.until((each) => each.of('caughtUp').length === 1);
  await apply(booted, [m('completeTask', { name: name('t1') })]);
  await stream.until(({ events }) => events.length === 2);
  const [completed, ready] = stream.events;
  expect([completed!.type, ready!.type]).toEqual(['task.completed', 'task.ready']);
  expect(ready).toMatchObject({ name: name('t2'), index: 1, after: undefined, previous: undefined, changedPaths: [] });
});

it('that is refused leaves nothing: no task, no note, no given id, no request id', async () => {
  const booted = await boot();
  const { durable } = booted.engine.status;
  const requestId = '018f0000-0000-7000-8000-00000000000a';
  const mutations = [
    m('createTask', { task: { title: 'x' }, ref: 'a' }),
    m('addNote', { parent: 'tasks/$a', note: { text: 'x' } }),
    m('resumeTask', { name: 'tasks/$a' }),
  ];
  const fault = (await apply(booted, mutations, { requestId }).then(
    () => undefined,
    (error: unknown) => error,
  )) as ServiceError;
  expect(fault.code).toBe(Code.FAILED_PRECONDITION);
  expect(fault.details).toMatch(/^mutations\[2\]\.resume_task: projects\/default\/tasks\/t1 is PENDING/);
  expect(booted.engine.status.durable).toBe(durable);
  const listed = await call(booted.tasks, 'listTasks', ListTasksRequest.fromPartial({ parent: 'projects/default' }));
  expect(listed.tasks).toEqual([]);
  const { results } = await apply(booted, mutations.slice(0, 2), { requestId });
  expect(results[0]!.result!.value).toMatchObject({ name: name('t1') });
});

it('asked for twice with one request id is done once, across a restart; a dry run does nothing', async () => {
  const first = await boot();
  const requestId = '018f0000-0000-7000-8000-00000000000b';
  const mutations = [
    m('createTask', { task: { title: 'x' }, ref: 'a' }),
    m('addNote', { parent: 'tasks/$a', note: { text: 'x' } }),
    m('updateTask', { task: { name: 'tasks/$a', title: 'y' } }),
  ];
  await apply(first, mutations, { validateOnly: true });
  const once = await apply(first, mutations, { requestId });
  expect(once.results[0]!.result!.value).toMatchObject({ name: name('t1') });
  await first.stop();
  const second = await boot({ dir: first.dir });
  expect(await apply(second, mutations, { requestId })).toEqual(once);
  await expect(apply(second, mutations.slice(1), { requestId })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
});

it('goes on when the disk is nearly full if it only ends or deletes tasks', async () => {
  const before = await boot();
  await apply(before, [m('createTask', { task: { title: 'x' } }), m('createTask', { task: { title: 'y' } })]);
  await before.stop();
  const full = await boot({ dir: before.dir, engine: { diskFreeBytesMin: Number.MAX_SAFE_INTEGER } });
  const complete = m('completeTask', { name: name('t1') });
  for (const growing of [
    m('createTask', { task: { title: 'z' } }),
    m('addNote', { parent: name('t1'), note: { text: 'z' } }),
  ]) {
    await expect(apply(full, [complete, growing])).rejects.toMatchObject({ code: Code.RESOURCE_EXHAUSTED });
  }
  const { results } = await apply(full, [
    complete,
    m('deleteTask', { name: name('t2') }),
    m('undeleteTask', { name: name('t2') }),
  ]);
  expect(results).toHaveLength(3);
});

/** One mutation as it stands alone; names of tasks are ids, and a creation has a ref of its own. */
interface Step {
  readonly kind: OneMutation['$case'];
  readonly fields: (of: (id: string) => string, project: string) => object;
  readonly created?: string;
}

const CHOSEN = ['a', 'b', 'c', 'd', 'e', 'f'];

function randomStep(random: Random, known: readonly string[]): Step {
  const id = random.pick(known.length > 0 ? known : CHOSEN);
  const other = random.pick([...known, ...CHOSEN]);
  const kind = random.pick([
    DependencyKind.BLOCKS,
    DependencyKind.BLOCKS,
    DependencyKind.RUN_IF_FAILED,
    DependencyKind.RELATED,
  ]);
  const number = random.below(1000);
  if (random.chance(0.25)) {
    const taskId = random.chance(0.6) ? random.pick(CHOSEN) : '';
    const [below, waits, open] = [random.chance(0.4), random.chance(0.5), random.chance(0.7)];
    const externalId = random.chance(0.3) ? `X-${random.below(5)}` : '';
    return {
      kind: 'createTask',
      created: taskId,
      fields: (of, project) => ({
        parent: project,
        taskId,
        allowUnresolved: open,
        task: {
          title: `task ${number}`,
          externalId,
          parent: below && known.includes(id) ? of(id) : '',
          dependencies: waits ? [{ task: of(other), kind }] : [],
        },
      }),
    };
  }
  const verbs = [
    'pauseTask',
    'resumeTask',
    'completeTask',
    'failTask',
    'retryTask',
    'cancelTask',
    'deleteTask',
    'undeleteTask',
  ] as const;
  const verb = random.pick([
    ...verbs,
    'reopenTask',
    'updateTask',
    'addDependency',
    'addDependency',
    'removeDependency',
    'addNote',
  ] as const);
  switch (verb) {
    case 'updateTask':
      return { kind: verb, fields: (of) => ({ task: { name: of(id), title: `renamed ${number}` } }) };
    case 'addDependency':
      return {
        kind: verb,
        fields: (of) => ({ name: of(id), dependency: { task: of(other), kind }, allowUnresolved: number % 2 === 0 }),
      };
    case 'removeDependency':
      return { kind: verb, fields: (of) => ({ name: of(id), dependency: { task: of(other) } }) };
    case 'addNote':
      return { kind: verb, fields: (of) => ({ parent: of(id), note: { text: `note ${number}` } }) };
    default:
      return {
        kind: verb,
        fields: (of) => ({
          name: of(id),
          ...(verb === 'deleteTask' || verb === 'undeleteTask' ? {} : { reason: `${number}` }),
        }),
      };
  }
}

/** Everything of a project but for when, in which commit, and how often it was changed. */
async function contents({ tasks }: Booted, project: string): Promise<unknown> {
  const listed = await call(
    tasks,
    'listTasks',
    ListTasksRequest.fromPartial({ parent: project, pageSize: 1000, showDeleted: true, view: View.FULL }),
  );
  const notes = await call(
    tasks,
    'listNotes',
    ListNotesRequest.fromPartial({ parent: `${project}/tasks/-`, pageSize: 1000 }),
  );
  const graph = await call(
    tasks,
    'getTaskGraph',
    GetTaskGraphRequest.fromPartial({ name: project, nodesMax: 1000, depth: 64 }),
  );
  const timeless = ({ uid: _, ...task }: Task) => ({
    ...task,
    ...{ etag: '', revision: 0, createTime: undefined, updateTime: undefined },
    ...{ endTime: !!task.endTime, deleteTime: !!task.deleteTime, purgeTime: !!task.purgeTime },
  });
  return {
    tasks: listed.tasks.map(timeless),
    notes: notes.notes.map((note) => ({ ...note, createTime: undefined })),
    readiness: graph.tasks.map(({ name: of, readiness }) => [of, readiness]),
    edges: graph.edges,
  };
}

it('leaves what its mutations leave one by one', async () => {
  const random = randomFrom(chosenSeed());
  const [single, grouped] = [await boot(), await boot()];
  let accepted = 0;
  let groups = 0;
  for (let run = 0; run < 12; run++) {
    const projectId = `p${run}`;
    const project = `projects/${projectId}`;
    for (const { projects } of [single, grouped]) {
      await call(projects, 'createProject', CreateProjectRequest.fromPartial({ projectId }));
    }
    const plain = (id: string) => `${project}/tasks/${id}`;
    const known: string[] = [];
    let group: DeepPartial<Mutation>[] = [];
    let refs = new Map<string, string>();
    const flush = async (): Promise<void> => {
      if (group.length > 0) await apply(grouped, group, { parent: project });
      groups += group.length > 0 ? 1 : 0;
      group = [];
      refs = new Map();
    };
    for (let i = 0; i < 60; i++) {
      const step = randomStep(random, known);
      const request = Mutation.fromPartial(m(step.kind, step.fields(plain, project))).mutation!;
      let reply: { task?: Task | undefined };
      try {
        reply = await call(single.tasks, request.$case as 'createTask', request.value as never);
      } catch (fault) {
        expect((fault as ServiceError).code).not.toBe(Code.INTERNAL);
        continue;
      }
      accepted++;
      const byRef = (id: string) => (refs.has(id) ? `tasks/$${refs.get(id)!}` : plain(id));
      const fields = step.fields(byRef, project);
      if (step.kind === 'createTask') {
        const id = reply.task!.name.slice(plain('').length);
        known.push(id);
        refs.set(id, `r${i}`);
        group.push(m(step.kind, { ...fields, ref: `r${i}` }));
      } else {
        if (step.kind === 'reopenTask') known.push(reply.task!.name.slice(plain('').length));
        group.push(m(step.kind, fields));
      }
      if (random.chance(0.2)) await flush();
    }
    await flush();
    expect(await contents(grouped, project)).toEqual(await contents(single, project));
  }
  // A run that refuses nearly everything would prove nothing.
  expect(accepted).toBeGreaterThan(120);
  expect(groups).toBeLessThan(accepted / 2);
});

it('a thousand creations with edges are one commit', async () => {
  const booted = await boot();
  const { durable } = booted.engine.status;
  const mutations = Array.from({ length: 1000 }, (_, i) => {
    const dependencies = i === 0 ? [] : [{ task: `tasks/$r${i - 1}`, kind: DependencyKind.BLOCKS }];
    return m('createTask', { task: { title: `task ${i}`, dependencies }, ref: `r${i}` });
  });
  const { results } = await apply(booted, mutations);
  expect(results).toHaveLength(1000);
  expect(booted.engine.status.durable).toBe(durable + 1);
  const request = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'next' } });
  expect((await call(booted.tasks, 'createTask', request)).task!.name).toBe(name('t1001'));
});
