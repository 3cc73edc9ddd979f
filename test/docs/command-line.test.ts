// The commands of docs/command-line.md are run as they are written, in a shell, on a real server; and what it shows of their
// output must be what came out.

import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { boot } from '../support/boot';
import { builtProgram } from '../support/built';
import { tempDir } from '../support/temp-dir';

const page = readFileSync(join(__dirname, '../../docs/command-line.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({
  language: language!,
  body: body!,
}));

let program: string;
beforeAll(() => {
  program = builtProgram();
}, 600_000);

/** Times, and the numbers that the service gives by its journal, differ from run to run; all else must not. */
function timeless(output: string): string {
  return output
    .replace(/after (now|[\d.]+ \w+)/g, 'after now')
    .replace(/\b([slm])\d+\b/g, '$11')
    .replace(/(token|etag) \d+/g, '$1 1');
}

test('the commands of the page do what it says', async () => {
  const { address } = await boot();
  const [bin, home] = [tempDir(), tempDir()];
  const holdfast = join(bin, 'holdfast');
  writeFileSync(holdfast, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(holdfast, 0o755);
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: home,
    PERSISTENCE_PORT: address.slice(address.lastIndexOf(':') + 1),
  };
  const shown = blocks.filter(({ language }) => language === 'sh' || language === 'text');
  expect(shown.length).toBe(10);
  // What is set in one block counts for those after it.
  const set: string[] = [];
  for (const [index, { language, body }] of shown.entries()) {
    if (language !== 'sh') continue;
    const child = spawn('sh', ['-e'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.end(`exec 2>&1\n${[...set, body].join('\n')}`);
    const output = await text(child.stdout);
    expect({ body, output, code: await ended }).toEqual({ body, output, code: 0 });
    expect(timeless(output)).toBe(timeless(shown[index + 1]!.body));
    set.push(...body.split('\n').filter((line) => line.startsWith('export ')));
  }
}, 600_000);
