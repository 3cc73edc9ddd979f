// Goal: docs/locks.md says what locks do. Method: its commands are run against a real server, and its table of paths is compared with the rules.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { covers, overlap, parsePath } from '../../src/domain/locks/lock-target';
import { commandLine } from '../cli/command-line';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';

const text = readFileSync(join(__dirname, '../../docs/locks.md'), 'utf8');

it('shows commands that work', async () => {
  const { address } = await boot();
  const env = { AGENT_ID: 'ada', AGENT_SESSION_ID: 'ada-1', HOME: tempDir() };
  const block = /^```console\n(.*?)```$/ms.exec(text)![1]!;
  const commands = block.trim().split('\n');
  expect(commands).toHaveLength(3);
  for (const command of commands) {
    const words = command.slice('$ holdfast '.length).matchAll(/'([^']*)'|(\S+)/g);
    const args = [...words].map(([, quoted, plain]) => quoted ?? plain!);
    const { exitCode, stdout, stderr } = await commandLine([...args, '--server', address], { env });
    // The first command starts the session, and says so.
    const wrong = stderr.split('\n').filter((line) => line !== '' && !line.endsWith('began'));
    expect({ command, exitCode, wrong }).toEqual({ command, exitCode: 0, wrong: [] });
    expect(stdout).toContain('src/api');
  }
});

it('says what each pattern covers', () => {
  const patterns = [...text.matchAll(/^\| `([^`]+)` \| (?!grants)/gm)].map(([, pattern]) => pattern!);
  expect(patterns).toEqual(['src/api', 'src/*', 'src/**', '**']);
  const covered = (path: string): string[] => patterns.filter((pattern) => covers(parsePath(pattern), parsePath(path)));
  expect(covered('src')).toEqual(['src/**', '**']);
  expect(covered('src/api')).toEqual(['src/api', 'src/*', 'src/**', '**']);
  expect(covered('src/api/x')).toEqual(['src/**', '**']);
  expect(overlap(parsePath('src/*'), parsePath('src/api/**'))).toBe(true);
});
