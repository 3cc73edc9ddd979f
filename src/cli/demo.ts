// `npm run demo`: half a minute that shows what Holdfast promises. Its exit code is 0 if every promise held.

import { join } from 'node:path';
import { play } from './demo/story';

async function main(): Promise<void> {
  const root = join(__dirname, '..', '..');
  const slowly = process.stdout.isTTY === true;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say('Holdfast keeps tasks of agents through crashes. Watch it being killed.');
  const checks = await play({
    program: join(__dirname, '..', 'main.js'),
    backlog: join(root, 'docs', 'demo', 'backlog.jsonl'),
    say,
    stderr: process.stderr,
    slowly,
  });
  say('\n5. What was proved:');
  for (const { holds, says } of checks) say(`   ${holds ? 'ok  ' : 'FAIL'}  ${says}`);
  const held = checks.every(({ holds }) => holds);
  say(held ? '\nNothing was lost, doubled or out of order.' : '\nA promise was broken.');
  process.exitCode = held ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
