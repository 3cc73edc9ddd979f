// ImportTasks over the wire: the order of its messages, one answer for each, and what ends it.

import { DependencyKind, TaskState } from '../../src/gen/holdfast/v1/task';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { CreateTaskRequest, GetTaskRequest, ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { ImportCall, importedTask } from '../support/import-call';

const { PENDING, PAUSED, SUCCEEDED } = TaskState;
const { BLOCKS } = DependencyKind;
const parent = 'projects/default';

async function list({ tasks }: Booted, filter = ''): Promise<Task[]> {
  const request = ListTasksRequest.fromPartial({ parent, pageSize: 1000, filter, view: 2 });
  return (await call(tasks, 'listTasks', request)).tasks;
}

const many = (count: number, prefix: string, task: Partial<Task> = {}) =>
  Array.from({ length: count }, (_, n) => importedTask(`${prefix}-${n}`, task));

test('each message is answered, the tasks wait for the finish, and then have the states that they had', async () => {
  const booted = await boot();
  const importing = new ImportCall(booted.tasks);
  expect(await importing.begin('monday')).toMatchObject({
    importId: 'monday',
    finished: false,
    report: { created: 0 },
  });
  const chunk = [importedTask('a', { state: SUCCEEDED }), importedTask('b', {}, { parentKey: 'a' })];
  const answer = await importing.chunk(chunk);
  expect(answer.report).toMatchObject({ created: 2, parents: 1, released: 0 });
  expect(answer.position!.sequence).toBeGreaterThan(0);
  for (const task of await list(booted)) expect(task).toMatchObject({ state: PAUSED, importId: 'monday' });
  expect(await list(booted, 'ready = true')).toEqual([]);
  const last = await importing.finish();
  expect(last).toMatchObject({ finished: true, report: { created: 2, released: 2 } });
  expect(await importing.ended).toBe('OK');
  expect((await list(booted)).map(({ state, importId }) => [state, importId])).toEqual([
    [SUCCEEDED, ''],
    [PENDING, ''],
  ]);
});

test('an import without a name gets one', async () => {
  const { tasks } = await boot();
  const [one, two] = [new ImportCall(tasks), new ImportCall(tasks)];
  const [first, second] = [(await one.begin()).importId, (await two.begin()).importId];
  expect(first).toMatch(/^i-[0-9a-f]{24}$/);
  expect(second).not.toBe(first);
});

test('what could not be taken as it was is said once, and the counts go on over all messages', async () => {
  const { tasks } = await boot();
  const importing = new ImportCall(tasks);
  await importing.begin();
  const far = { seconds: Date.UTC(2999, 0, 1) / 1000, nanos: 0 };
  const edges = [
    { key: 'b', kind: BLOCKS },
    { key: 'later', kind: BLOCKS },
  ];
  const { report } = await importing.chunk([
    importedTask('a', { createTime: far }, { parentKey: 'nobody', edges }),
    importedTask(
      'b',
      {},
      { edges: [{ key: 'a', kind: BLOCKS }], notes: [{ text: 'n', author: '', createTime: undefined }] },
    ),
  ]);
  expect(report).toMatchObject({ created: 2, parents: 0, dependencies: 2, unresolved: 1, notes: 1 });
  expect(report!.issues.map(({ key, message }) => `${key}: ${message}`)).toEqual([
    'a: its parent nobody is not there, is deleted or is too deep; it was left out',
    expect.stringContaining('a: its create_time is in the future'),
    'b: waiting for a would close a cycle; the edge became RELATED',
  ]);
  const next = await importing.chunk([importedTask('later'), importedTask('a')]);
  expect(next.report).toMatchObject({
    created: 3,
    alreadyThere: 1,
    dependencies: 3,
    unresolved: 0,
    notes: 1,
    issues: [],
  });
});

test('what a broken call brought is there, and the same import again finishes it', async () => {
  const booted = await boot();
  const broken = new ImportCall(booted.tasks);
  await broken.begin('i');
  await broken.chunk(many(3, 'a'));
  broken.stream.cancel();
  expect(await broken.ended).toBe('1');
  expect(await list(booted, 'ready = true')).toEqual([]);
  const again = new ImportCall(booted.tasks);
  await again.begin('i');
  expect((await again.chunk([...many(3, 'a'), ...many(2, 'b')])).report).toMatchObject({ created: 2, alreadyThere: 3 });
  expect((await again.finish()).report).toMatchObject({ released: 5 });
  expect(await list(booted, 'ready = true')).toHaveLength(5);
});

test('a caller that ends without a finish leaves its tasks PAUSED', async () => {
  const booted = await boot();
  const importing = new ImportCall(booted.tasks);
  await importing.begin();
  await importing.chunk(many(1, 'a'));
  importing.stream.end();
  expect(await importing.ended).toBe('OK');
  expect((await list(booted))[0]!.state).toBe(PAUSED);
});

test('two calls of one import do not harm each other', async () => {
  const booted = await boot();
  const [one, two] = [new ImportCall(booted.tasks), new ImportCall(booted.tasks)];
  await Promise.all([one.begin('i'), two.begin('i')]);
  const half = many(200, 'a', { state: SUCCEEDED });
  await Promise.all([one.chunk(half), two.chunk(half)]);
  await Promise.all([one.chunk(many(50, 'b')), two.chunk(many(50, 'b'))]);
  const [first, second] = await Promise.all([one.finish(), two.finish()]);
  expect(first.report!.created + second.report!.created).toBe(250);
  expect(first.report!.released + second.report!.released).toBe(250);
  expect((await list(booted)).map(({ state }) => state).filter((state) => state === PAUSED)).toEqual([]);
});

test('a large import is released in several commits, and terminal states come first', async () => {
  const booted = await boot();
  const importing = new ImportCall(booted.tasks);
  await importing.begin();
  await importing.chunk(many(300, 'open'));
  await importing.chunk(many(300, 'done', { state: SUCCEEDED }));
  const last = await importing.finish();
  expect(last.report).toMatchObject({ created: 600, released: 600 });
  const released = importing.answers.slice(3).map(({ report }) => report!.released);
  expect(released).toEqual([250, 300, 550, 600, 600]);
  const { task } = await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: `${parent}/tasks/done-0` }));
  const { task: open } = await call(
    booted.tasks,
    'getTask',
    GetTaskRequest.fromPartial({ name: `${parent}/tasks/open-0` }),
  );
  expect(Number(task!.etag)).toBeLessThan(Number(open!.etag));
});

test('a chunk that is too large for one record is taken in parts', async () => {
  const booted = await boot();
  const importing = new ImportCall(booted.tasks);
  await importing.begin();
  const description = 'x'.repeat(64 * 1024 - 1);
  const { report } = await importing.chunk(many(55, 'a', { description }));
  expect(report).toMatchObject({ created: 55 });
  expect((await importing.finish()).report).toMatchObject({ released: 55 });
});

describe('refusals', () => {
  const steps: [string, (importing: ImportCall) => Promise<unknown>, string][] = [
    ['a chunk before the begin', (importing) => importing.chunk([]), 'FIELD_INVALID'],
    ['a finish before the begin', (importing) => importing.finish(), 'FIELD_INVALID'],
    ['two begins', (importing) => importing.begin().then(() => importing.begin()), 'FIELD_INVALID'],
    ['an empty message', (importing) => importing.ask(undefined), 'FIELD_INVALID'],
    ['an unknown project', (importing) => importing.begin('', 'projects/nobody'), 'NOT_FOUND'],
    ['no project', (importing) => importing.begin('', 'nobody'), 'FIELD_INVALID'],
    ['a name that is none', (importing) => importing.begin('Not An Id'), 'FIELD_INVALID'],
    ['501 tasks', (importing) => importing.begin().then(() => importing.chunk(many(501, 'a'))), 'FIELD_INVALID'],
    [
      'a message of more than 4 MiB',
      (importing) =>
        importing.begin().then(() => importing.chunk(many(70, 'a', { description: 'x'.repeat(64 * 1024 - 1) }))),
      'TOO_LARGE',
    ],
  ];
  it.each(steps)('%s ends the call', async (_what, ask, reason) => {
    const importing = new ImportCall((await boot()).tasks);
    await expect(ask(importing)).rejects.toThrow(`the call ended: ${reason}`);
  });

  it('a malformed task refuses its chunk whole, and what came before stays', async () => {
    const booted = await boot();
    const importing = new ImportCall(booted.tasks);
    await importing.begin();
    await importing.chunk(many(1, 'a'));
    await expect(importing.chunk([importedTask('b'), importedTask('c', { title: '' })])).rejects.toThrow(
      'FIELD_INVALID',
    );
    expect((await list(booted)).map(({ title }) => title)).toEqual(['a-0']);
  });
});

describe('the stream', () => {
  it('takes one message at a time, however fast they come', async () => {
    const booted = await boot();
    const importing = new ImportCall(booted.tasks);
    importing.send({ $case: 'begin', value: { parent, importId: 'i' } });
    for (let n = 0; n < 40; n++) importing.send({ $case: 'chunk', value: { tasks: many(10, `c${n}`) } });
    importing.send({ $case: 'finish', value: {} });
    expect(await importing.ended).toBe('OK');
    expect(importing.answers.slice(1, 41).map(({ report }) => report!.created)).toEqual(
      Array.from({ length: 40 }, (_, n) => 10 * (n + 1)),
    );
    expect(importing.answers.at(-1)).toMatchObject({ finished: true, report: { created: 400, released: 400 } });
  });

  it('outlives the bounds of other calls, and ends when nothing comes for too long', async () => {
    const booted = await boot({ server: { receiveTimeoutMs: 300, operationTimeoutMs: 300, idleTimeoutMs: 1500 } });
    const importing = new ImportCall(booted.tasks);
    await importing.begin();
    for (let n = 0; n < 3; n++) {
      // Longer than a call of another kind may take.
      await new Promise((resolve) => setTimeout(resolve, 400));
      await importing.chunk(many(1, `c${n}`));
    }
    expect(await importing.ended).toBe('DEADLINE_EXCEEDED');
    expect(booted.server.openCalls).toBe(0);
  });

  it('ends with DRAINING when the server stops', async () => {
    const booted = await boot();
    const importing = new ImportCall(booted.tasks);
    await importing.begin();
    void booted.stop();
    expect(await importing.ended).toBe('DRAINING');
  });

  it('does not stand in the way of others', async () => {
    const booted = await boot();
    const importing = new ImportCall(booted.tasks);
    await importing.begin();
    await importing.chunk(many(10, 'a'));
    const { task } = await call(
      booted.tasks,
      'createTask',
      CreateTaskRequest.fromPartial({ parent, task: { title: 'x' } }),
    );
    expect(task!.state).toBe(PENDING);
    expect(booted.server.openCalls).toBe(1);
    importing.stream.cancel();
    await importing.ended;
  });
});
