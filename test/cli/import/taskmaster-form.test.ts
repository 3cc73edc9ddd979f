// The tasks.json of Task Master: both its shapes, subtasks, and the three ways to name a dependency.

import { Readable } from 'node:stream';
import { Failure } from '../../../src/cli/failure';
import type { Form } from '../../../src/cli/import/read-source';
import { readSource } from '../../../src/cli/import/read-source';
import type { SourceTask } from '../../../src/cli/import/source-task';
import { DependencyKind, Priority, TaskState } from '../../../src/gen/holdfast/v1/task';

const { BLOCKS, RELATED } = DependencyKind;

async function read(value: unknown, form?: Form): Promise<Map<string, SourceTask>> {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const { tasks } = await readSource([{ name: 'tasks.json', list: 'tasks', open: () => Readable.from([text]) }], form);
  return new Map(tasks.map((task) => [task.key, task]));
}

const item = (id: number | string, more: object = {}) => ({ id, title: `Title ${id}`, status: 'pending', ...more });

test('a task becomes a task with all that it had', async () => {
  const tasks = await read({
    tasks: [
      item(1, {
        ...{ description: 'Short', details: 'Long', testStrategy: 'Run it', priority: 'high', status: 'done' },
        ...{ dependencies: [2, '3.1'], metadata: { ticket: 7 }, createdAt: '2026-01-02T03:04:05Z' },
      }),
      item(2, { status: 'in-progress', assignee: 'ada' }),
    ],
  });
  const one = tasks.get('master:1')!;
  expect(one.task).toMatchObject({
    ...{ title: 'Title 1', description: 'Short\n\nLong', priority: Priority.P1, queue: 'default' },
    ...{ state: TaskState.SUCCEEDED, acceptanceCriteria: [{ text: 'Run it', met: false }] },
  });
  expect(one.task.createTime!.seconds).toBe(Date.UTC(2026, 0, 2, 3, 4, 5) / 1000);
  expect(one.task.annotations.get('taskmaster.record')).toBe('{"metadata":{"ticket":7}}');
  expect(one.edges).toEqual([
    { key: 'master:2', kind: BLOCKS },
    { key: 'master:3.1', kind: BLOCKS },
  ]);
  expect(tasks.get('master:2')!.task).toMatchObject({
    ...{
      state: TaskState.PAUSED,
      stateReason: 'was in-progress in Task Master',
      assignee: 'ada',
      priority: Priority.P2,
    },
  });
});

test('each tag is a queue, and its ids are its own', async () => {
  const tasks = await read({
    master: { tasks: [item(1)], metadata: { created: '2026-01-01' } },
    'Feature: Login!': { tasks: [item(1, { dependencies: ['1'] }), item(2, { dependencies: [1] })] },
  });
  expect([...tasks.keys()]).toEqual(['master:1', 'Feature: Login!:1', 'Feature: Login!:2']);
  expect(tasks.get('master:1')!.task.queue).toBe('default');
  const login = tasks.get('Feature: Login!:2')!;
  expect(login.task.queue).toBe('feature-login');
  expect(login.task.annotations.get('taskmaster.record')).toBe('{"tag":"Feature: Login!"}');
  expect(login.edges).toEqual([{ key: 'Feature: Login!:1', kind: BLOCKS }]);
});

test('subtasks are children; a number names a sibling first, a text a task first', async () => {
  const tasks = await read({
    tasks: [
      item(1),
      item(3, {
        priority: 'critical',
        subtasks: [
          item(1, { title: 'One' }),
          item(2, { dependencies: [1, '1', 7, '5.1', 3, '3'] }),
          item('3.3', { dependencies: ['3.1', '3.3'] }),
        ],
      }),
    ],
  });
  expect([...tasks.keys()]).toEqual(['master:1', 'master:3', 'master:3.1', 'master:3.2', 'master:3.3']);
  expect(tasks.get('master:3.1')).toMatchObject({
    parentKey: 'master:3',
    task: { priority: Priority.P0, kind: 'subtask' },
  });
  expect(tasks.get('master:3.2')!.edges).toEqual([
    { key: 'master:3.1', kind: BLOCKS },
    { key: 'master:1', kind: BLOCKS },
    { key: 'master:7', kind: BLOCKS },
    { key: 'master:5.1', kind: BLOCKS },
    { key: 'master:3.3', kind: BLOCKS },
    // A parent waits for its children: the child must not wait for it.
    { key: 'master:3', kind: RELATED },
  ]);
  expect(tasks.get('master:3.3')!.edges).toEqual([{ key: 'master:3.1', kind: BLOCKS }]);
  expect(tasks.get('master:3.3')!.warnings).toEqual(['it depends on itself; that was left out']);
});

test.each([
  ['pending', TaskState.PENDING],
  ['done', TaskState.SUCCEEDED],
  ['completed', TaskState.SUCCEEDED],
  ['cancelled', TaskState.CANCELED],
  ['in-progress', TaskState.PAUSED],
  ['review', TaskState.PAUSED],
  ['deferred', TaskState.PAUSED],
  ['blocked', TaskState.PAUSED],
])('%s becomes state %d', async (status, state) => {
  expect((await read({ tasks: [item(1, { status })] })).get('master:1')!.task.state).toBe(state);
});

test('criteria come from a list, or from the lines of a text; what is too long is kept whole', async () => {
  const long = 'x'.repeat(2001);
  const tasks = await read({ tasks: [item(1, { acceptanceCriteria: ['a', 'b'], testStrategy: long })] });
  const { task } = tasks.get('master:1')!;
  expect(task.acceptanceCriteria.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(JSON.parse(task.annotations.get('taskmaster.record')!)).toEqual({ testStrategy: long });
});

test('what is malformed is named by its tag and place', async () => {
  const tasks = [item(1), item(1), item(2, { status: 'odd' }), { id: 3 }, 'x', item('', {})];
  const failure = await read({ tasks }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect((failure as Failure).advice).toEqual([
    'master, task 2: master:1 is on master:1 already',
    'master, task 3: the status "odd" of 2 is not known',
    'master, task 4: it has no title',
    'master, task 5: it is no JSON object',
    'master, task 6: it has no id',
  ]);
});

test('a file that is none is refused when the form is said', async () => {
  await expect(read('{"tasks": [', 'taskmaster')).rejects.toThrow('is no file of the form taskmaster');
  await expect(read({ tasks: [] }, 'claude')).rejects.toThrow('is no file of the form claude');
});
