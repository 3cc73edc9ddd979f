// `npm run demo:agents`: half a minute in which agents die and freeze at their work, and each task is done once all the same. Its exit
// code is 0 if every promise held. `-- --file ISSUES.jsonl` takes a backlog of your own, `-- --agents 12` more agents.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { play } from './demo/agents/story';

const agentsDefault = 6;
const agentsMax = 64;

async function main(): Promise<void> {
  const root = join(__dirname, '..', '..');
  const { values } = parseArgs({ options: { file: { type: 'string' }, agents: { type: 'string' } } });
  const agents = Number(values.agents ?? agentsDefault);
  if (!(Number.isInteger(agents) && agents >= 3 && agents <= agentsMax)) {
    throw new Error(`--agents ${values.agents}: give a number from 3 to ${agentsMax}`);
  }
  const agentProgram = join(root, 'clients', 'typescript', 'dist', 'demo', 'agent.js');
  if (!existsSync(agentProgram)) throw new Error('the client is not built: run it as `npm run demo:agents`');
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say('Agents share a backlog. Watch some of them die, and some freeze.');
  const checks = await play({
    program: join(__dirname, '..', 'main.js'),
    agentProgram,
    agents,
    file: values.file,
    say,
  });
  say('\n   What was proved, from the journal:');
  for (const { holds, says } of checks) say(`   ${holds ? 'ok  ' : 'FAIL'}  ${says}`);
  const held = checks.every(({ holds }) => holds);
  say(held ? '\nEach task was done once, by whoever held it.' : '\nA promise was broken.');
  process.exitCode = held ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
