// The command line as such: help, usage, settings, ids.

import { Command } from 'commander';
import type { CliContext } from '../../src/cli/context';
import { createProgram } from '../../src/cli/program';
import { canChooseTaskId, taskName } from '../../src/cli/resource-name';
import { addGlobalFlags, readSettings } from '../../src/cli/settings';
import { uuidOf, uuidV7 } from '../../src/cli/uuid';
import { commandLine } from './command-line';

function settings(args: readonly string[], env: Record<string, string> = {}) {
  const command = addGlobalFlags(new Command()).exitOverride();
  return readSettings(command.parse(args, { from: 'user' }), { env } as unknown as CliContext);
}

function everyCommand(from: Command, path: string[] = []): string[][] {
  return from.commands.flatMap((command) => [
    [...path, command.name()],
    ...everyCommand(command, [...path, command.name()]),
  ]);
}

test('every command has help with an example, no line wider than the terminal', async () => {
  const program = createProgram({ columns: 80 } as CliContext);
  const commands = everyCommand(program).filter(([first]) => first !== 'help');
  expect(commands.length).toBeGreaterThan(25);
  for (const command of commands) {
    const { stdout, exitCode } = await commandLine([...command, '--help'], { columns: 80 });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}holdfast /);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});

test('every example in the help names a command that there is, with flags that it has', async () => {
  const program = createProgram({ columns: 80 } as CliContext);
  const helps = [[], ...everyCommand(program)].filter(([first]) => first !== 'help');
  let examples = 0;
  for (const path of helps) {
    const { stdout } = await commandLine([...path, '--help'], { columns: 100 });
    for (const [, line] of (/Examples?:\n([^]*)/.exec(stdout)?.[1] ?? '').matchAll(/\bholdfast ([^|>\n]*)/g)) {
      examples++;
      // Behind -- stands another program.
      const words = line!
        .trim()
        .split(/\s--\s/)[0]!
        .split(/\s+/);
      let command: Command = program;
      for (const word of words) command = command.commands.find((one) => one.name() === word) ?? command;
      const known = [...command.options, ...program.options].map(({ long }) => long);
      const flags = words.filter((word) => word.startsWith('--'));
      expect({ line, flags: flags.filter((flag) => !known.includes(flag)) }).toEqual({ line, flags: [] });
      expect({ line, command: command === program }).toEqual({ line, command: false });
    }
  }
  expect(examples).toBeGreaterThan(80);
});

test('a reader of the help that goes away is no defect', async () => {
  const { exitCode, stderr } = await commandLine(['recover', '--help'], { onLine: () => true });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('a mistake on the command line ends with 2, and a near word is proposed', async () => {
  expect((await commandLine(['tsak'])).exitCode).toBe(2);
  expect((await commandLine(['tsak'])).stderr).toContain('task');
  expect((await commandLine(['task', 'create', 'x', '--nope'])).exitCode).toBe(2);
  for (const wrong of [
    ['--server', 'nowhere'],
    ['--server', 'h:99999'],
    ['--timeout', '5'],
    ['--timeout', '90d'],
    ['--request-id', 'x'],
    ['--json', '--brief'],
    ['--project', 'No Id'],
  ]) {
    expect((await commandLine(['task', 'list', ...wrong])).exitCode).toBe(2);
  }
});

test('serve passes its flags on', async () => {
  const { served } = await commandLine(['serve', '--port', '0', '--dir', 'd', '--allow-remote']);
  expect(served).toMatchObject({ port: '0', dir: 'd', allowRemote: true });
});

test('the server is named by flag, else by the environment, else it is the default', () => {
  expect(settings([]).server).toBe('127.0.0.1:7420');
  expect(settings([], { PERSISTENCE_PORT: '1', PERSISTENCE_HOST: '0.0.0.0' }).server).toBe('127.0.0.1:1');
  expect(settings([], { PERSISTENCE_HOST: '::1' }).server).toBe('[::1]:7420');
  expect(settings([], { PERSISTENCE_SOCKET: '/s', PERSISTENCE_PORT: '1' }).server).toBe('unix:/s');
  expect(settings(['--server', 'host:9'], { PERSISTENCE_SOCKET: '/s' }).server).toBe('host:9');
});

test('durations have units', () => {
  expect(settings(['--timeout', '1.5s', '--retry-for', '2m'])).toMatchObject({ timeoutMs: 1500, retryForMs: 120_000 });
});

test('each command makes its own request id; one that is given is used', () => {
  expect(settings([]).requestId).not.toBe(settings([]).requestId);
  const id = '0190A000-0000-7000-8000-000000000000';
  expect(settings(['--request-id', id]).requestId).toBe(id.toLowerCase());
});

test('what is typed for a task becomes its name', () => {
  expect(taskName('p', 't1')).toBe('projects/p/tasks/t1');
  expect(taskName('p', 'projects/q/tasks/x')).toBe('projects/q/tasks/x');
  expect(taskName('p', 'bd-1.2')).toBe('projects/p/tasks/external:bd-1.2');
  expect(taskName('p', 'external:t1')).toBe('projects/p/tasks/external:t1');
  expect(() => taskName('p', '')).toThrow('empty');
  expect(['a', 'fix-login', 't', 'tx1'].map(canChooseTaskId)).toEqual([true, true, true, true]);
  expect(['t1', 'A', 'a-', '', 'a.b', `a${'b'.repeat(63)}`].map(canChooseTaskId)).toEqual(Array(6).fill(false));
});

test('a UUIDv7 sorts by time; a UUID made of content is the same for the same content alone', () => {
  const random = new Uint8Array(10).fill(255);
  expect(uuidV7(0x0190a0000000, random)).toBe('0190a000-0000-7fff-bfff-ffffffffffff');
  expect(uuidV7(1, random) < uuidV7(2, random)).toBe(true);
  expect(uuidOf('a', 'b')).toBe(uuidOf('a', 'b'));
  expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'));
  expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
