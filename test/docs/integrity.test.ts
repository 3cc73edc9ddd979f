// Goal: docs/integrity.md shows commands that work. Method: each is run against a real server.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../cli/command-line';
import { boot } from '../support/boot';

const text = readFileSync(join(__dirname, '../../docs/integrity.md'), 'utf8');

it('shows commands that work', async () => {
  const { address } = await boot();
  const commands = /^```sh\n(.*?)```$/ms.exec(text)![1]!.trim().split('\n');
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const { exitCode, stdout } = await commandLine([...command.split(' ').slice(1), '--server', address]);
    expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
    expect(stdout).toMatch(/^Sound /);
  }
});
