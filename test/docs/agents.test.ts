// Goal: the commands in the pages on claims, sessions, memory and messages work as they stand there. Method: each page's are run one after the other, by
// one agent, against a real server.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../cli/command-line';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';

function commandsOf(page: string): string[] {
  const text = readFileSync(join(__dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(/^\$ holdfast (.*)$/gm)].map(([, command]) => command!);
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

it.each(['claims.md', 'memory.md', 'messages.md', 'sessions.md'])('the commands of docs/%s work', async (page) => {
  const { address } = await boot();
  const env = { AGENT_ID: 'ada', AGENT_SESSION_ID: 'ada-1', XDG_STATE_HOME: tempDir() };
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    const { exitCode, stderr } = await commandLine([...wordsOf(command), '--server', address], { env });
    expect([command, exitCode, exitCode === 0 ? '' : stderr]).toEqual([command, 0, '']);
  }
});
