// What a person or agent sees of the commands on tasks, and what goes to the server for them.

import { status } from '@grpc/grpc-js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { tempDir } from '../support/temp-dir';
import type { Given, Ran } from './command-line';
import { commandLine } from './command-line';
import { FakeServer, refusal } from './fake-server';

describe('holdfast task', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], given?: Given): Promise<Ran> =>
    commandLine([...args, '--server', address], given);

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
  });
  afterEach(() => server.stop());

  test('create sends every flag and says which id was given', async () => {
    const args = ['task', 'create', 'Fix the login page', '--priority', 'P1', '--kind', 'bug', '--label', 'area=login'];
    const more = ['--parent', 't9', '--due', '2030-01-31', '--criterion', 'CI is green', '--payload', '{"n":1}'];
    const { stdout, exitCode } = await holdfast([...args, ...more]);
    expect(stdout).toBe('t1 created: Fix the login page\n');
    expect(exitCode).toBe(0);
    const task = server.tasks.get('projects/default/tasks/t1')!;
    expect(task).toMatchObject({ priority: 2, kind: 'bug', parent: 'projects/default/tasks/t9', payload: { n: 1 } });
    expect(task.labels.get('area')).toBe('login');
    expect(task.dueTime?.seconds).toBe(Date.parse('2030-01-31') / 1000);
    expect(task.acceptanceCriteria[0]?.text).toBe('CI is green');
  });

  test('create takes a task as ProtoJSON, and flags go over it', async () => {
    const path = join(tempDir(), 'task.json');
    writeFileSync(
      path,
      JSON.stringify({ title: 'From the file', priority: 'PRIORITY_P0', notBefore: '2030-01-01T00:00:00Z' }),
    );
    await holdfast(['task', 'create', '--input', path, '--kind', 'bug']);
    const [task] = server.tasks.values();
    expect(task).toMatchObject({ title: 'From the file', priority: 1, kind: 'bug' });
    const { exitCode, stderr } = await holdfast(['task', 'create', '--input', '-'], { stdin: '{"titel":"typo"}' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('titel');
  });

  test('update sends only what was given, one entry of a map alone', async () => {
    await holdfast(['task', 'create', 'A task']);
    await holdfast(['task', 'update', 't1', '--assignee', '', '--label', 'a.b=c', '--unlabel', 'old']);
    expect(server.lastUpdateMask).toEqual(['assignee', 'labels.a.b', 'labels.old']);
    expect((await holdfast(['task', 'update', 't1'])).exitCode).toBe(2);
  });

  test('a task is named by short id, full name or external id', async () => {
    await holdfast(['task', 'create', 'One', '--external-id', 'bd-1.2']);
    for (const typed of ['t1', 'projects/default/tasks/t1', 'bd-1.2', 'external:bd-1.2']) {
      expect((await holdfast(['task', 'get', typed, '--brief'])).stdout).toBe('t1 P2 PENDING One\n');
    }
  });

  test('--json is canonical ProtoJSON on one line: enums by name, 64-bit numbers as strings', async () => {
    const { stdout } = await holdfast(['task', 'create', 'One', '--due', '2030-01-31T09:00:00Z', '--json']);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse(stdout)).toMatchObject({
      task: {
        name: 'projects/default/tasks/t1',
        state: 'TASK_STATE_PENDING',
        revision: '1',
        dueTime: '2030-01-31T09:00:00Z',
      },
      position: { sequence: '1' },
    });
  });

  test('a list fits 80 columns whatever the titles hold, and cannot steer the terminal', async () => {
    await holdfast(['task', 'create', '漢字'.repeat(60)]);
    await holdfast(['task', 'create', `\x1b[31mred\x1b[0m ${'x'.repeat(200)}`, '--assignee', 'a-very-long-agent-name']);
    const { stdout } = await holdfast(['task', 'list']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^ID +PRI +STATE +ASSIGNEE +CHANGED +TITLE$/);
    expect(stdout).not.toContain('\x1b');
    for (const line of lines)
      expect([...line].reduce((sum, c) => sum + ('漢字'.includes(c) ? 2 : 1), 0)).toBeLessThanOrEqual(80);
  });

  test('a list reads page after page up to its limit, and says when there is more', async () => {
    for (let n = 1; n <= 7; n++) await holdfast(['task', 'create', `Task ${n}`]);
    const some = await holdfast(['task', 'list', '--limit', '5', '--brief']);
    expect(some.stdout.trimEnd().split('\n')).toHaveLength(5);
    expect(some.stderr).toContain('--page-token 5');
    const rest = await holdfast(['task', 'list', '--page-token', '5', '--limit', '0', '--json']);
    expect((JSON.parse(rest.stdout) as { tasks: unknown[] }).tasks).toHaveLength(2);
  });

  test('a verb says the new state; one that is not legal ends with 5 and says which are', async () => {
    await holdfast(['task', 'create', 'One']);
    const done = await holdfast(['task', 'complete', 't1', '--reason', 'Released']);
    expect(done.stdout).toBe('t1 is SUCCEEDED: One\n');
    expect(server.tasks.get('projects/default/tasks/t1')).toMatchObject({
      stateReason: 'Released',
      state: TaskState.SUCCEEDED,
    });
    const again = await holdfast(['task', 'pause', 't1']);
    expect(again.exitCode).toBe(5);
    expect(again.stderr).toContain('ILLEGAL_TRANSITION: projects/default/tasks/t1 is not PENDING');
    expect(again.stderr).toContain('ReopenTask');
  });

  test('each kind of refusal has its exit code', async () => {
    const codes: [status, number][] = [
      [status.INVALID_ARGUMENT, 2],
      [status.NOT_FOUND, 3],
      [status.ALREADY_EXISTS, 4],
      [status.ABORTED, 4],
      [status.FAILED_PRECONDITION, 5],
      [status.OUT_OF_RANGE, 1],
      [status.INTERNAL, 70],
      [status.DATA_LOSS, 70],
      [status.RESOURCE_EXHAUSTED, 75],
      [status.PERMISSION_DENIED, 77],
    ];
    for (const [code, exitCode] of codes) {
      server.failNext.push(refusal(code, 'SOME_REASON', 'why'));
      const ran = await holdfast(['task', 'get', 't1']);
      expect(ran.exitCode).toBe(exitCode);
      expect(ran.stderr).toContain('SOME_REASON: why');
    }
  });

  test('a call that finds the server away or overloaded goes out again with the same request id', async () => {
    server.failNext.push(
      refusal(status.UNAVAILABLE, 'DRAINING', 'stopping'),
      refusal(status.RESOURCE_EXHAUSTED, 'OVERLOADED', 'too many'),
    );
    const { exitCode, stderr } = await holdfast(['task', 'create', 'Once']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('trying again for 10 s');
    expect(server.tasks.size).toBe(1);
    expect(server.requestIds).toHaveLength(3);
    expect(new Set(server.requestIds).size).toBe(1);
    expect(server.requestIds[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  test('other refusals are not tried again', async () => {
    server.failNext.push(refusal(status.RESOURCE_EXHAUSTED, 'DISK_FULL', 'full'));
    expect((await holdfast(['task', 'create', 'Once'])).exitCode).toBe(75);
    expect(server.requestIds).toHaveLength(1);
  });

  test('without a server the command says how to start one, and ends with 69', async () => {
    server.stop();
    const { exitCode, stderr } = await holdfast(['task', 'get', 't1', '--retry-for', '0s']);
    expect(exitCode).toBe(69);
    expect(stderr).toContain('npm start');
    const health = await holdfast(['health']);
    expect(health.exitCode).toBe(69);
  });

  test('a change whose outcome is unknown names the request id that repeats it; a read names none', async () => {
    const id = '0190a000-0000-7000-8000-00000000000a';
    const given = ['--retry-for', '0s', '--request-id', id];
    server.failNext.push(refusal(status.UNAVAILABLE, 'OUTCOME_UNKNOWN', 'the server stops'));
    const changed = await holdfast(['task', 'create', 'Once', ...given]);
    expect(changed.stderr).toContain(`--request-id ${id}`);
    server.stop();
    const read = await holdfast(['task', 'get', 't1', ...given]);
    expect(read.stderr).not.toContain('--request-id');
  });

  test('a session in the environment goes with each call; other tools’ words do not', async () => {
    await holdfast(['task', 'list'], { env: { AGENT_SESSION_ID: 'projects/default/sessions/s1;42' } });
    await holdfast(['task', 'list'], { env: { AGENT_SESSION_ID: 'something else' } });
    expect(server.sessions).toEqual(['projects/default/sessions/s1;42', '']);
  });
});
