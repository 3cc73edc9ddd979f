// Goal: docs/restore.md says what a restore does. Method: its commands are run in order, against a real server and then against what it left.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../cli/command-line';
import { bootHost } from '../support/boot-host';

const text = readFileSync(join(__dirname, '../../docs/restore.md'), 'utf8');

function argsOf(command: string): string[] {
  return command.slice('$ holdfast '.length).split(' ');
}

it('shows commands that work, on a server that runs and on a stopped one', async () => {
  const booted = await bootHost();
  const server = ['--server', booted.address];
  const [online, offline] = [...text.matchAll(/^```console\n(.*?)```$/gms)].map(([, block]) =>
    block!.trim().split('\n'),
  );
  expect(online).toHaveLength(3);
  const gone = async (): Promise<unknown> => (await commandLine(['task', 'show', 't1', ...server])).exitCode;
  for (const [index, command] of online!.entries()) {
    const { exitCode, stdout, stderr } = await commandLine([...argsOf(command), ...server]);
    expect({ command, exitCode, stderr }).toMatchObject({ command, exitCode: 0 });
    if (index === 0) await commandLine(['task', 'create', 'Too much', ...server]);
    if (index === 1) expect(stdout).toMatch(/tasks +1 vanish: t1/);
    if (index === 1) expect(await gone()).toBe(0);
    if (index === 2) expect(stdout).toContain('new history');
  }
  expect(await gone()).not.toBe(0);
  const inUse = await commandLine(['restore', '--dir', booted.dir, '--backup', 'before-the-move', '--yes']);
  expect(inUse.exitCode).not.toBe(0);
  expect(inUse.stderr).toContain('leave --dir out');
  await booted.stop();
  expect(offline).toHaveLength(2);
  for (const command of offline!) {
    const { exitCode, stdout, stderr } = await commandLine(argsOf(command.replace('.holdfast', booted.dir)));
    expect({ command, exitCode, stderr }).toEqual({ command, exitCode: 0, stderr: '' });
    expect(stdout.includes('new history')).toBe(!command.endsWith('--dry-run'));
  }
});

it('does nothing without a target, without a yes, or with two targets', async () => {
  for (const args of [
    [],
    ['--backup', 'b1'],
    ['--to-sequence', '3', '--to-time', '2030-01-31'],
    ['--to-sequence', '0'],
  ]) {
    const { exitCode, stderr } = await commandLine(['restore', ...args]);
    expect({ args, exitCode }).toEqual({ args, exitCode: 2 });
    expect(stderr).not.toBe('');
  }
});
