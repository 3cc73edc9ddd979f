// Goal: docs/backups.md says what backups do. Method: its commands are run in order against a real server, and its table of files is compared with
// what is there.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../../src/config/settings';
import { commandLine } from '../cli/command-line';
import { boot } from '../support/boot';

const text = readFileSync(join(__dirname, '../../docs/backups.md'), 'utf8');

it('shows commands that work, and says what is on the disk afterwards', async () => {
  const { address, dir } = await boot();
  const commands = /^```console\n(.*?)```$/ms.exec(text)![1]!.trim().split('\n');
  expect(commands).toHaveLength(6);
  for (const command of commands) {
    const words = command.slice('$ holdfast '.length).matchAll(/"([^"]*)"|(\S+)/g);
    const args = [...words].map(([, quoted, plain]) => quoted ?? plain!);
    const { exitCode, stdout, stderr } = await commandLine([...args, '--server', address]);
    expect({ command, exitCode, stderr }).toEqual({ command, exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/(before|after)-the-move/);
  }
  await commandLine(['backup', 'verify', 'after-the-move', '--server', address]);
  const there = new Set(['blobs/', ...readdirSync(join(dir, 'backups', 'after-the-move')).map((name) => `ID/${name}`)]);
  const shown = [...text.matchAll(/^\| `((?:ID|blobs)\/\w*)\/?` \|/gm)].map(([, name]) => name!);
  expect(new Set(shown.filter((name) => name !== 'ID/base'))).toEqual(there);
});

it('names the settings and their defaults', () => {
  for (const [, name] of text.matchAll(/`((?:backup|auto|mirror)[A-Z]\w+)`/g)) {
    expect(Object.values(settings).map((each) => each.name)).toContain(name);
  }
  const fallback = (name: keyof typeof settings): unknown => settings[name].fallback;
  expect([
    fallback('backupIntervalMs'),
    fallback('backupDebt'),
    fallback('backupCount'),
    fallback('backupRetention'),
  ]).toEqual([3_600_000, 500_000, 24, 30]);
});
