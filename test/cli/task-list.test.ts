import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import { commandLine } from './command-line';

const parent = 'projects/default';

async function world(): Promise<string> {
  const { tasks, address } = await boot();
  for (const [title, queue, priority] of [
    ['fix login', 'web', 3],
    ['read docs', 'web', 1],
    ['sweep', 'slow', 2],
  ] as const) {
    await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent, task: { title, queue, priority } }));
  }
  return address;
}

it('lists by a filter in an order', async () => {
  const server = await world();
  const list = (...args: string[]) => commandLine(['task', 'list', '--brief', '--server', server, ...args]);
  const ids = async (...args: string[]) => [...(await list(...args)).stdout.matchAll(/^(t\d)/gm)].map(([, id]) => id);
  expect(await ids('--filter', 'queue = web AND priority <= P1')).toEqual(['t2']);
  expect(await ids('--filter', 'ready = true')).toEqual(['t2', 't3', 't1']);
  expect(await ids('--filter', 'state = PENDING', '--order-by', 'priority desc')).toEqual(['t1', 't3', 't2']);
  expect(await ids('--order-by', 'name desc')).toEqual(['t3', 't2', 't1']);
});

it('says beside the list how it was made, in eighty columns, and in JSON', async () => {
  const server = await world();
  const filter = `state = PENDING AND -absent AND (title:login OR title:docs OR title:sweep OR title:many OR title:more OR title:words)`;
  const { stdout, stderr } = await commandLine(['task', 'list', '--filter', filter, '--explain', '--server', server]);
  expect(stdout).toContain('fix login');
  expect(stderr).toMatch(
    /^index {5}state\nranges {4}PENDING, not held back\n {10}PENDING, held back\ntested {4}NOT absent AND \(title:login OR /,
  );
  expect(stderr).toContain('examined  3 for 3 on this page');
  expect(stderr.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const json = await commandLine([
    'task',
    'list',
    '--filter',
    'ready = true',
    '--explain',
    '--json',
    '--server',
    server,
  ]);
  expect(JSON.parse(json.stdout)).toMatchObject({ plan: { index: 'state', examined: '3', matched: '3' } });
});

it('shows where a filter is wrong', async () => {
  const { exitCode, stderr } = await commandLine(['task', 'list', '--filter', 'statt = x', '--server', await world()]);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('at character 1: there is no field "statt"; the fields are name, state');
});
