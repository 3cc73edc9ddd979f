// Goal: docs/audit.md shows commands that work. Method: each is run against a server with a little past.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../cli/command-line';
import { boot } from '../support/boot';

const text = readFileSync(join(__dirname, '../../docs/audit.md'), 'utf8');
const commands = [...text.matchAll(/^```sh\n(.*?)```$/gms)].flatMap(([, body]) => body!.trim().split('\n'));

it('every command does what it says', async () => {
  const { address } = await boot();
  const run = (args: readonly string[]) => commandLine([...args, '--server', address]);
  await run(['task', 'create', 'One']);
  await run(['task', 'complete', 't1']);
  expect(commands.length).toBeGreaterThan(7);
  for (const command of commands) {
    const [program, ...args] = command.replace(/ >>? \S+$/, '').split(' ');
    expect(program).toBe('holdfast');
    const { exitCode, stdout, stderr } = await run(args);
    expect([command, exitCode, exitCode === 0 ? '' : stderr]).toEqual([command, 0, '']);
    const isEmpty = command.includes('--in-session');
    expect([command, stdout === '']).toEqual([command, isEmpty]);
  }
});
