// Goal: docs/queues.md says what queues do. Method: every command is run against a real server, and the table of policies has the bounds
// that the rules have.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as limits from '../../src/domain/limits';
import { Queue } from '../../src/gen/holdfast/v1/queue';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { CreateTaskRequest, FailTaskRequest, ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { commandLine } from '../cli/command-line';
import { boot, call } from '../support/boot';

const text = readFileSync(join(__dirname, '../../docs/queues.md'), 'utf8');
const commands = [...text.matchAll(/^\$ holdfast (.*)$/gm)].map(([, command]) => command!);
const parent = 'projects/default';

it('shows commands that work, in their order', async () => {
  const { tasks, address } = await boot();
  const task = { title: 'fix the login', queue: 'docs' };
  const { name } = (await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent, task }))).task!;
  expect(commands).toHaveLength(10);
  for (const command of commands) {
    const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    if (command === 'queue dead-letters docs') {
      const error = { code: 'broken', message: 'it broke' };
      await call(tasks, 'failTask', FailTaskRequest.fromPartial({ name, error, final: true }));
    }
    const { exitCode, stdout, stderr } = await commandLine([...args, '--server', address]);
    expect([command, exitCode, stderr.includes('holdfast:')]).toEqual([command, 0, false]);
    if (command.includes('dead-letters') || command.includes('FAILED')) expect(stdout).toContain('fix the login');
  }
  const { tasks: left } = await call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent }));
  expect(left.map(({ state }) => state)).toEqual([TaskState.PENDING]);
  const shown = await commandLine(['queue', 'show', 'docs', '--json', '--server', address]);
  const queue = Queue.fromPartial({ paused: false, concurrencyLimit: 4 });
  expect(JSON.parse(shown.stdout)).toMatchObject({ queue: { concurrencyLimit: queue.concurrencyLimit } });
});

it('has the bounds of the rules', () => {
  const row = (field: string): string => text.split('\n').find((line) => line.startsWith(`| \`${field}\``))!;
  const hours = (ms: number): string => `${ms / 3_600_000} h`;
  const days = (ms: number): string => `${ms / 86_400_000} days`;
  expect(row('retry_policy.max_attempts')).toContain(
    `| ${limits.RETRY_ATTEMPTS_DEFAULT} | 1 – ${limits.RETRY_ATTEMPTS_MAX};`,
  );
  expect(row('retry_policy.initial_backoff')).toContain(`| 1 s | 0 – ${hours(limits.BACKOFF_MAX_MS)}`);
  expect(row('retry_policy.max_backoff')).toContain(`| ${limits.RETRY_MAX_BACKOFF_DEFAULT_MS / 60_000} min |`);
  expect(row('retry_policy.multiplier')).toContain(
    `| ${limits.RETRY_MULTIPLIER_DEFAULT} | 1 – ${limits.RETRY_MULTIPLIER_MAX}`,
  );
  expect(row('retry_policy.non_retryable')).toContain(`at most ${limits.NON_RETRYABLE_MAX} codes`);
  expect(row('timeouts.lease')).toContain(`1 s – ${hours(limits.LEASE_TTL_MAX_MS)}`);
  expect(row('timeouts.run')).toContain(`1 s – ${days(limits.RUN_TIMEOUT_MAX_MS)}`);
  expect(row('timeouts.total')).toContain(`1 s – ${days(limits.TOTAL_TIMEOUT_MAX_MS)}`);
});
