// The tour in README.md is run as written: each block of commands in a shell, against a fresh server, and what a block of
// text shows after it must be what came out.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bootHost } from '../support/boot-host';
import { builtProgram } from '../support/built';
import { tempDir } from '../support/temp-dir';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly body: string;
}

function blocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({
    language: language!,
    body: body!,
  }));
}

async function shell(script: string, port: string): Promise<{ output: string; code: number | null }> {
  // What the command line remembers of sessions must not lie in anybody's home.
  const env = { PATH: process.env['PATH'], PERSISTENCE_PORT: port, XDG_STATE_HOME: state };
  const child = spawn('sh', ['-e'], { cwd: root, env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`exec 2>&1\n${script}`);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { output: await text(child.stdout), code: await ended };
}

/** Times differ from run to run; all else must not. */
function timeless(output: string): string {
  return output
    .replace(/\b\d+ (s|min) ago\b/g, 'now    ')
    .replace(/\b\d+ ms\b|\b(?<=after )[\d.]+ (s|min)\b/g, '1 ms')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    .replace(/ +(?=\S)/g, ' ');
}

const state = tempDir();

beforeAll(builtProgram, 120_000);

test('the tour works as it is written', async () => {
  const { address } = await bootHost();
  const port = address.slice(address.lastIndexOf(':') + 1);
  const tour = blocks(readme).filter(({ language }) => language === 'sh' || language === 'text');
  expect(tour.filter(({ language }) => language === 'sh').length).toBeGreaterThanOrEqual(6);
  for (const [index, { language, body }] of tour.entries()) {
    if (language !== 'sh') continue;
    const { output, code } = await shell(body, port);
    expect({ body, output, code }).toEqual({ body, output, code: 0 });
    const shown = tour[index + 1];
    if (shown?.language === 'text') expect(timeless(output)).toBe(timeless(shown.body));
  }
}, 600_000);

test('the links of the README and the operations manual lead somewhere', () => {
  for (const page of ['README.md', 'docs/operations.md']) {
    const markdown = readFileSync(join(root, page), 'utf8');
    for (const [, target] of markdown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (target!.startsWith('https:')) continue;
      const path = join(root, dirname(page), target!);
      expect({ page, target, there: existsSync(path) }).toEqual({ page, target, there: true });
    }
  }
});
