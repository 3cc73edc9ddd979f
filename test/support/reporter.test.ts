import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tempDir } from './temp-dir';

interface Told {
  readonly files: readonly { readonly file: string; readonly seconds: number }[];
  readonly left: readonly string[];
  readonly failures: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

// It is plain JavaScript: Jest loads reporters as they are.
const { linesOf, together } = jest.requireActual<{
  linesOf: (told: Told) => string[];
  together: (parts: readonly Told[]) => Told;
}>('./reporter.js');

const files = Array.from({ length: 12 }, (_, index) => ({ file: `test/f${index}.test.ts`, seconds: index + 0.4 }));
const quick = {
  files,
  left: ['skipped: a'],
  failures: ['failed: test/f1.test.ts: b'],
  passed: 3,
  failed: 1,
  skipped: 1,
};
const slow = [{ file: 'test/slow.test.ts', seconds: 400 }];
const crash = { files: slow, left: [], failures: [], passed: 2, failed: 0, skipped: 0 };

it('tells the ten slowest files, then what was left out and what failed, and the counts last', () => {
  const lines = linesOf(quick);
  expect(lines.slice(0, 3)).toEqual(['slowest files:', '    11 s  test/f11.test.ts', '    10 s  test/f10.test.ts']);
  expect(lines).toHaveLength(1 + 10 + 3);
  expect(lines.slice(-3)).toEqual(['skipped: a', 'failed: test/f1.test.ts: b', '3 passed, 1 failed, 1 skipped']);
});

it('tells several runs as one: what failed in the first stands behind all of the second', () => {
  const lines = linesOf(together([quick, crash]));
  expect(lines[1]).toBe('   400 s  test/slow.test.ts');
  expect(lines.slice(-2)).toEqual(['failed: test/f1.test.ts: b', '5 passed, 1 failed, 1 skipped']);
});

it('tells nothing of slowness where one file ran', () => {
  expect(linesOf(crash)).toEqual(['2 passed, 0 failed, 0 skipped']);
});

it('names tests that fail and files that do not load, for a run and for a part of one', () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'bad.test.js'), `it('is wrong', () => { expect(1).toBe(2); });`);
  writeFileSync(join(dir, 'unloaded.test.js'), `throw new Error('no');`);
  writeFileSync(join(dir, 'good.test.js'), `it('is right', () => undefined);`);
  const config = { rootDir: dir, reporters: [join(__dirname, 'reporter.js')], testEnvironment: 'node', transform: {} };
  const args = ['--config', JSON.stringify(config), '--runInBand'];
  const jest = join(__dirname, '../../node_modules/jest/bin/jest.js');
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, [jest, ...args, '.'], { cwd: dir, encoding: 'utf8', env: { ...process.env, ...env } });
  const lines = run({ HOLDFAST_TEST_PARTS: '' }).stdout.trimEnd().split('\n');
  const failures = ['failed: bad.test.js: is wrong', 'failed: unloaded.test.js: it does not load'];
  expect(lines.filter((line) => line.startsWith('failed:')).sort()).toEqual(failures);
  expect(lines.at(-1)).toBe('1 passed, 2 failed, 0 skipped');
  const told = join(dir, 'told');
  expect(run({ HOLDFAST_TEST_PARTS: told }).stdout).not.toContain('failed:');
  const part = JSON.parse(readFileSync(told, 'utf8')) as { failures: string[]; passed: number };
  expect([part.failures.toSorted(), part.passed]).toEqual([failures, 1]);
});
