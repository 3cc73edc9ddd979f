// The task lists of Claude Code: directories of task files, single files, and the older lists of todos.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { CliContext } from '../../../src/cli/context';
import { inputFiles } from '../../../src/cli/import/input-file';
import { readSource } from '../../../src/cli/import/read-source';
import type { Source } from '../../../src/cli/import/read-source';
import { DependencyKind, Priority, TaskState } from '../../../src/gen/holdfast/v1/task';
import { tempDir } from '../../support/temp-dir';

const { BLOCKS } = DependencyKind;
const context = { stdin: new PassThrough() } as unknown as CliContext;
const task = (id: string, more: object = {}) => ({
  ...{ id, subject: `Subject ${id}`, description: 'd', status: 'pending', blocks: [], blockedBy: [] },
  ...more,
});

function write(path: string, value: unknown): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return path;
}

async function read(path: string): Promise<Source> {
  return readSource(await inputFiles(path, context), undefined);
}

test('each file of a directory is a task; both ways of saying who waits for whom are one edge', async () => {
  const list = join(tempDir(), 'my-list');
  write(join(list, '10.json'), task('10', { blockedBy: ['2', '9'], status: 'completed' }));
  write(
    join(list, '2.json'),
    task('2', { blocks: ['10'], owner: 'agent-1', status: 'in_progress', activeForm: 'Doing 2' }),
  );
  write(join(list, '3.json'), task('3', { status: 'deleted' }));
  write(join(list, '.lock'), '');
  write(join(list, '.highwatermark'), '10');
  const { tasks, deleted } = await read(list);
  expect(deleted).toBe(1);
  expect(tasks.map(({ key }) => key)).toEqual(['my-list:2', 'my-list:10']);
  const [two, ten] = tasks;
  expect(two!.task).toMatchObject({
    ...{ title: 'Subject 2', description: 'd', assignee: 'agent-1' },
    ...{ state: TaskState.PAUSED, stateReason: 'was in_progress in Claude Code' },
  });
  expect(two!.task.annotations.get('claude.active_form')).toBe('Doing 2');
  expect(ten!.task.state).toBe(TaskState.SUCCEEDED);
  expect(ten!.edges).toEqual([
    { key: 'my-list:2', kind: BLOCKS },
    { key: 'my-list:9', kind: BLOCKS },
  ]);
});

test('a directory of lists gives the tasks of all of them', async () => {
  const root = tempDir();
  write(join(root, 'a', '1.json'), task('1', { metadata: { pr: 5 } }));
  write(join(root, 'b', '1.json'), task('1', { blockedBy: ['2'] }));
  const { tasks } = await read(root);
  expect(tasks.map(({ key }) => key)).toEqual(['a:1', 'b:1']);
  expect(tasks[0]!.task.annotations.get('claude.record')).toBe('{"metadata":{"pr":5}}');
  expect(tasks[1]!.edges).toEqual([{ key: 'b:2', kind: BLOCKS }]);
});

test('a single task file is a list of one', async () => {
  const { tasks } = await read(write(join(tempDir(), '7.json'), task('7')));
  expect(tasks.map(({ key }) => key)).toEqual(['7:7']);
});

test('todos come in their order; a long one is not cut', async () => {
  const long = 'w'.repeat(600);
  const todos = [
    { content: 'First', status: 'completed', activeForm: 'Doing first' },
    { content: long, status: 'in_progress', activeForm: 'x', priority: 'high', id: 'todo-9' },
    { content: 'Third\nin two lines', status: 'pending', activeForm: 'y' },
  ];
  for (const text of [JSON.stringify(todos), JSON.stringify(todos, null, 2)]) {
    const { tasks } = await read(write(join(tempDir(), 'abc-agent-abc.json'), text));
    expect(tasks.map(({ key }) => key)).toEqual(['abc-agent-abc:1', 'abc-agent-abc:2', 'abc-agent-abc:3']);
    expect(tasks.map(({ task: { state } }) => state)).toEqual([
      TaskState.SUCCEEDED,
      TaskState.PAUSED,
      TaskState.PENDING,
    ]);
    expect(tasks[1]!.task).toMatchObject({ description: long, priority: Priority.P1 });
    expect(tasks[2]!.task).toMatchObject({ title: 'Third in two lines', description: 'Third\nin two lines' });
  }
});

test('a directory may hold todo lists, one a file', async () => {
  const root = tempDir();
  write(join(root, 's1-agent-s1.json'), [{ content: 'A', status: 'pending' }]);
  write(join(root, 's2-agent-s2.json'), []);
  expect((await read(root)).tasks.map(({ key }) => key)).toEqual(['s1-agent-s1:1']);
});

test('what is malformed is named by its file, and an empty directory is said', async () => {
  const root = tempDir();
  await expect(read(root)).rejects.toThrow('there are no JSON files in');
  write(join(root, '1.json'), task('1', { status: 'odd' }));
  write(join(root, '2.json'), '{');
  write(join(root, '3.json'), task('3', { blocks: [{}] }));
  await expect(read(root)).rejects.toMatchObject({
    message: 'the directory cannot be imported; nothing was sent',
    advice: [
      expect.stringMatching(/\/1\.json: its status "odd" is not known$/),
      expect.stringMatching(/\/2\.json: it is no task of Claude Code/),
      expect.stringMatching(/\/3\.json: one of its blocks is no id$/),
    ],
  });
});
