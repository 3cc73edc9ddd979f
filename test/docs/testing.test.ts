// The page on testing names rigs, variables and commands that exist.

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../support/temp-dir';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs/testing.md'), 'utf8');

it('each variable of the page is read by the rig beside it', () => {
  const rows = [...page.matchAll(/\]\(\.\.\/(test\/[^)]+)\).*`(HOLDFAST_[A-Z_]+)=/g)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, file = '', variable = ''] of rows)
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${variable}'`);
});

it('each rig that prints a seed is named on the page', () => {
  const files = ['test/crash', 'test/sim'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  const seeded = files.filter(
    (file) => file.endsWith('.test.ts') && readFileSync(join(root, file), 'utf8').includes('countFromEnvironment('),
  );
  const unnamed = seeded.filter((file) => !page.includes(file));
  // The rest is told where it belongs: at its own promise.
  expect(unnamed.filter((file) => /kill|cut|sim\/|tokens/.test(file))).toEqual([]);
});

it('torture refuses what it does not know, runs a rig, and reports', () => {
  const torture = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [join(root, 'scripts/torture.js'), ...args], { encoding: 'utf8', cwd: root });
  expect(torture('--rounds', '3')).toMatchObject({ status: 2, stderr: expect.stringContaining('--minutes') as string });
  expect(torture('--only', 'earthquake')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('power-cut') as string,
  });
  const out = tempDir();
  // The smallest share of time: one round.
  const run = torture('--minutes', '0.001', '--only', 'shim', '--out', out);
  expect(run).toMatchObject({ status: 0 });
  expect(readFileSync(join(out, 'torture.md'), 'utf8')).toMatch(/1 rounds .* 0 failed/);
  const { rounds } = JSON.parse(readFileSync(join(out, 'torture.json'), 'utf8')) as {
    rounds: { repeat: string; passed: boolean }[];
  };
  expect(rounds).toMatchObject([
    { passed: true, repeat: expect.stringContaining('npx jest test/crash/fault-shim.test.ts') as string },
  ]);
}, 600_000);
