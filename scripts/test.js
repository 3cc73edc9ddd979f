// Runs the tests. With arguments it is Jest with these arguments. Without, it runs all of them in three parts, and tells at the very end, once for
// all of them, what was slow, left out and failed:
//
// 1. all that is not in test/crash, side by side;
// 2. test/crash, which starts and kills real servers, three files at a time: each waits for its servers, and compares answers, not times. It comes
//    second so that whoever waits sees a plain mistake first;
// 3. alone, what measures: protocol compares the latencies of good calls with and without an attack, and watchers needs a steady load, which fills
//    the window of a reader that stalls.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { linesOf, together } = require('../test/support/reporter.js');

const root = join(__dirname, '..');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

const MEASURES = '/test/crash/(protocol|watchers)\\.test';
const IGNORED = ['--testPathIgnorePatterns', '/node_modules/'];
const PARTS = [
  [...IGNORED, '/test/crash/'],
  ['--maxWorkers=3', ...IGNORED, MEASURES, '--testPathPatterns', '/test/crash/'],
  ['--runInBand', MEASURES],
];

function run(args, env = process.env) {
  const { status, signal } = spawnSync(process.execPath, [jest, ...args], { cwd: root, stdio: 'inherit', env });
  return signal === null ? (status ?? 1) : 1;
}

function runAll() {
  const folder = fs.mkdtempSync(join(tmpdir(), 'holdfast-parts-'));
  try {
    const told = join(folder, 'told');
    fs.writeFileSync(told, '');
    const codes = PARTS.map((args) => run(args, { ...process.env, HOLDFAST_TEST_PARTS: told }));
    const parts = fs
      .readFileSync(told, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    console.log(`\n${linesOf(together(parts)).join('\n')}`);
    if (parts.length < PARTS.length) console.error('A part ended before it could tell what it did; see above.');
    return codes.find((code) => code !== 0) ?? (parts.length < PARTS.length ? 1 : 0);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2);
process.exitCode = given.length > 0 ? run(given) : runAll();
