// Importing: what comes in, what a second run does, and what is refused before anything is sent.

import { status } from '@grpc/grpc-js';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { itIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import type { Given } from './command-line';
import { commandLine } from './command-line';
import { FakeServer, refusal } from './fake-server';

/** A real backlog may lie beside the project; it is not part of it. */
const backlog = join(__dirname, '../../../shared/data/beads-issues.jsonl');

describe('holdfast import', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  const importLines = (lines: readonly unknown[], ...args: string[]) =>
    holdfast(['import', '-', ...args], { stdin: lines.map((line) => JSON.stringify(line)).join('\n') });
  const issue = (id: string, more: Record<string, unknown> = {}) => ({
    id,
    title: `Title of ${id}`,
    status: 'open',
    priority: 2,
    issue_type: 'task',
    ...more,
  });
  const task = (id: string) => server.tasks.get(`projects/default/tasks/${id}`);

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
  });
  afterEach(() => server.stop());

  test('an issue becomes a task with all that it had', async () => {
    const lines = [
      issue('bd-1', {
        description: 'Long',
        priority: 0,
        issue_type: 'epic',
        labels: ['docs', 'area:login', 'area:logout', 'Not A Key'],
        assignee: 'agent-1',
        notes: 'n',
        created_at: '2026-01-01T00:00:00Z',
        dependencies: [{ issue_id: 'bd-1', depends_on_id: 'bd-9', type: 'blocks' }],
      }),
      issue('bd-1.1', {
        status: 'closed',
        close_reason: 'Done',
        dependencies: [{ depends_on_id: 'bd-1', type: 'parent-child' }],
      }),
    ];
    const { stdout, exitCode } = await importLines(lines, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      created: 2,
      alreadyThere: 0,
      states: { PENDING: 1, SUCCEEDED: 1 },
      keptEdges: 1,
      keptLabels: 2,
    });
    const parent = task('bd-1')!;
    expect(parent).toMatchObject({
      title: 'Title of bd-1',
      description: 'Long',
      priority: 1,
      kind: 'epic',
      assignee: 'agent-1',
    });
    expect([...parent.labels]).toEqual([
      ['docs', ''],
      ['area', 'login'],
    ]);
    const record = JSON.parse(parent.annotations.get('beads.record')!) as Record<string, unknown>;
    const { title: _t, description: _d, notes: _n, ...rest } = lines[0] as Record<string, unknown>;
    expect(record).toEqual(rest);
    expect(parent.annotations.get('beads.notes')).toBe('n');
    const child = task('t1')!;
    expect(child).toMatchObject({
      externalId: 'bd-1.1',
      parent: parent.name,
      state: TaskState.SUCCEEDED,
      stateReason: 'Done',
    });
  });

  test('a closed parent with open children ends as it was, in whatever order they come', async () => {
    const child = (id: string, parent: string, state: string) =>
      issue(id, { status: state, dependencies: [{ depends_on_id: parent, type: 'parent-child' }] });
    const lines = [
      child('c', 'b', 'closed'),
      child('d', 'c', 'open'),
      child('b', 'a', 'open'),
      issue('a', { status: 'closed' }),
    ];
    const { stderr, exitCode } = await importLines(lines);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(['a', 'b', 'c', 'd'].map((id) => task(id)!.state)).toEqual([6, 1, 6, 1]);
    expect(task('d')!.parent).toBe(task('c')!.name);
  });

  test('a second run gives nothing twice, whether the request ids are remembered or not', async () => {
    const lines = [issue('a', { status: 'closed' }), issue('b.1', { status: 'in_progress' }), issue('c')];
    await importLines(lines);
    const events = server.events.length;
    const again = await importLines(lines);
    expect(again.stdout).toContain('0 created, 3 there already');
    server.forgetRequestIds();
    const later = await importLines([...lines, issue('d')]);
    expect(later.stdout).toContain('1 created, 3 there already');
    expect(later.stdout).toContain('1 SUCCEEDED');
    expect(server.tasks.size).toBe(4);
    expect(server.events.length).toBe(events + 1);
  });

  test('a run that was cut off goes on where it stopped', async () => {
    const lines = Array.from({ length: 250 }, (_, n) => issue(`x${n}`, { status: n % 2 ? 'closed' : 'open' }));
    server.refuseAfter = { calls: 60, error: refusal(status.INTERNAL, 'INTERNAL', 'cut') };
    expect((await importLines(lines)).exitCode).toBe(70);
    const before = server.tasks.size;
    server.refuseAfter = undefined;
    const { stdout } = await importLines(lines);
    expect(before).toBeGreaterThan(0);
    expect(stdout).toContain('125 SUCCEEDED');
    expect(server.tasks.size).toBe(250);
    expect(server.events.length).toBe(250 + 125);
  });

  test('a task that has moved on since is left alone, and said', async () => {
    await importLines([issue('a')]);
    await holdfast(['task', 'complete', 'a']);
    const { stderr } = await importLines([issue('a', { status: 'hooked' })]);
    expect(task('a')!.state).toBe(TaskState.SUCCEEDED);
    expect(stderr).toContain('it is SUCCEEDED here, and PAUSED in the file');
  });

  test('unknown parents and cycles are left out, kept as an annotation, and said', async () => {
    const lines = [issue('a', { parent: 'b' }), issue('b', { parent: 'a' }), issue('c', { parent: 'gone' })];
    const { stderr, exitCode } = await importLines(lines);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('would close a cycle');
    expect(stderr).toContain('gone is not in the file');
    expect(task('a')!.parent).toBe(task('b')!.name);
    expect(task('b')!.annotations.get('import.parent')).toBe('a');
  });

  test('malformed lines are named, and then nothing is sent', async () => {
    const lines = [JSON.stringify(issue('a')), '{', '[]', '{"x":1}', JSON.stringify(issue('b', { status: 'odd' }))];
    const more = [JSON.stringify(issue('a')), JSON.stringify(issue('c', { title: '' }))];
    const { exitCode, stderr } = await holdfast(['import', '-'], { stdin: [...lines, ...more].join('\n') });
    expect(exitCode).toBe(65);
    for (const line of [2, 3, 4, 5, 6]) expect(stderr).toContain(`line ${line}: `);
    expect(stderr).toContain('a is on line 1 already');
    expect(server.requestIds).toEqual([]);
  });

  test('what the server refuses is named by the line of the file', async () => {
    const error = refusal(status.INVALID_ARGUMENT, 'FIELD_INVALID', 'bad', {}, [
      { field: 'requests[1].task.title', description: 'too long' },
    ]);
    server.failNext.push(undefined, error);
    const { stderr, exitCode } = await importLines([issue('a'), issue('b')]);
    expect(stderr).toContain('line 2: task.title: too long');
    expect(exitCode).toBe(2);
  });

  test('an export comes back the same in another project, given ids under an external id', async () => {
    await importLines([issue('a', { status: 'closed', close_reason: 'r' }), issue('a.1', { parent: 'a' })]);
    await holdfast(['task', 'create', 'Third', '--payload', '{"deep":{"n":[1,null]}}', '--external-id', 'x-3']);
    const { stdout } = await holdfast(['export']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    await holdfast(['import', '-', '--project', 'copy'], { stdin: stdout });
    const copies = [...server.tasks.values()].filter(({ name }) => name.startsWith('projects/copy/'));
    const [first, second, third] = copies.sort((a, b) => a.title.localeCompare(b.title));
    expect(first).toMatchObject({
      name: 'projects/copy/tasks/t3',
      payload: { deep: { n: [1, null] } },
      externalId: 'x-3',
    });
    expect(second).toMatchObject({ name: 'projects/copy/tasks/a', state: TaskState.SUCCEEDED, stateReason: 'r' });
    expect(third).toMatchObject({ externalId: 'a.1', parent: second!.name });
    const again = await holdfast(['import', '-', '--project', 'copy'], { stdin: stdout });
    expect(again.stdout).toContain('0 created, 3 there already');
  });

  itIf(existsSync(backlog), 'the backlog is not beside the project', 'a real backlog comes in whole', async () => {
    const { stdout } = await holdfast(['import', backlog, '--json']);
    const report = JSON.parse(stdout) as { created: number; states: unknown; keptEdges: number };
    expect(report).toMatchObject({ created: 704, states: { SUCCEEDED: 403, PENDING: 291, PAUSED: 10 } });
    expect([...server.tasks.values()].filter(({ externalId }) => externalId)).toHaveLength(12);
    for (const line of readFileSync(backlog, 'utf8').trimEnd().split('\n')) {
      const source = JSON.parse(line) as Record<string, unknown> & { id: string };
      const found = [...server.tasks.values()].find(
        ({ name, externalId }) => name.endsWith(`/${source.id}`) || externalId === source.id,
      )!;
      const record = JSON.parse(found.annotations.get('beads.record')!) as Record<string, unknown>;
      const whole: Record<string, unknown> = { ...record, title: found.title };
      if ('description' in source) whole['description'] = found.description;
      for (const field of ['notes', 'design'])
        if (field in source) whole[field] = found.annotations.get(`beads.${field}`);
      expect(whole).toEqual(source);
    }
    const again = await holdfast(['import', backlog]);
    expect(again.stdout).toContain('0 created, 704 there already');
    expect(server.tasks.size).toBe(704);
  });
});

describe('the file alone', () => {
  test('--validate-only needs no server', async () => {
    const path = join(tempDir(), 'x.jsonl');
    writeFileSync(path, '{"id":"a","title":"A","status":"open"}\n\n');
    const { stdout, exitCode } = await commandLine(['import', path, '--validate-only', '--server', '127.0.0.1:1']);
    expect({ stdout, exitCode }).toEqual({ stdout: `${path} can be imported: 1 tasks.\n`, exitCode: 0 });
  });
});
