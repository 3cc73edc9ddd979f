// The package as its users have it: built, found by its name, loaded by require and by import; and the README's samples run
// against it and a real server.

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { transformSync } from '@swc/core';
import { boot } from '../../../test/support/boot';

const client = join(__dirname, '..');
const root = join(client, '../..');
const readme = readFileSync(join(client, 'README.md'), 'utf8');
const examples = readdirSync(join(client, 'examples')).map((file) => file.replace(/\.ts$/, ''));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-client-'));
  const installed = join(folder, 'node_modules/@holdfast/client');
  mkdirSync(installed, { recursive: true });
  cpSync(join(client, 'package.json'), join(installed, 'package.json'));
  const tsc = require.resolve('typescript/bin/tsc', { paths: [root] });
  execFileSync(process.execPath, [tsc, '-p', client, '--outDir', join(installed, 'dist')]);
  const manifest = JSON.parse(readFileSync(join(client, 'package.json'), 'utf8')) as { dependencies: object };
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program beside the installed package, and gives what it prints. */
async function run(file: string, source: string, address = ''): Promise<string> {
  writeFileSync(join(folder, file), source);
  const env = { PATH: process.env['PATH'], HOLDFAST_ADDRESS: address };
  const child = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const output = await text(child.stdout);
  expect({ file, output, code: await code }).toEqual({ file, output, code: 0 });
  return output;
}

const use = `console.log(typeof connect, new HoldfastError('ABORTED', {}).code, TaskState.PENDING, typeof Task.encode);`;

test('the package is loaded by require', async () => {
  const source = `const { connect, HoldfastError, TaskState } = require('@holdfast/client');
const { Task } = require('@holdfast/client/v1/task');
${use}`;
  expect(await run('required.cjs', source)).toBe('function ABORTED 1 function\n');
});

test('the package is loaded by import', async () => {
  const source = `import { connect, HoldfastError, TaskState } from '@holdfast/client';
import { Task } from '@holdfast/client/v1/task';
${use}`;
  expect(await run('imported.mjs', source)).toBe('function ABORTED 1 function\n');
});

test('what the package says of itself is there', () => {
  const installed = join(folder, 'node_modules/@holdfast/client');
  const { main, types } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, string>;
  for (const path of [main!, types!, 'dist/gen/holdfast/v1/task.d.ts'])
    expect(existsSync(join(installed, path))).toBe(true);
});

test.each(examples)('the sample %s is in the README and prints what it says there', async (name) => {
  const source = readFileSync(join(client, 'examples', `${name}.ts`), 'utf8');
  const shown = new RegExp(
    `\\(examples/${name}\\.ts\\)[^\`]*\`\`\`ts\\n([\\s\\S]*?)\`\`\`\\n[^\`]*\`\`\`text\\n([\\s\\S]*?)\`\`\``,
  ).exec(readme);
  expect(shown?.[1]).toBe(source);
  const { code } = transformSync(source, {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const { address } = await boot();
  expect(await run(`${name}.cjs`, code, address)).toBe(shown?.[2]);
});

test('the links of the README lead somewhere', () => {
  const targets = [...readme.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, target]) => target!);
  expect(targets.filter((target) => !target.startsWith('https:') && !existsSync(join(client, target)))).toEqual([]);
  expect(targets.length).toBeGreaterThan(examples.length);
});
