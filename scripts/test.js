// Runs the tests. All of them: first those that can run side by side, then test/crash alone and one after another, because it
// measures and kills real servers. With arguments it is Jest with these arguments.

const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');
const env = { ...process.env };
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

function run(...args) {
  const { status, signal } = spawnSync(process.execPath, [jest, ...args], { cwd: root, stdio: 'inherit', env });
  return signal === null ? (status ?? 1) : 1;
}

const given = process.argv.slice(2);
if (given.length === 0) env.HOLDFAST_TEST_PARTS = '1';
if (given.length > 0) {
  process.exitCode = run(...given);
} else {
  const quick = run('--testPathIgnorePatterns', '/node_modules/', '/test/crash/');
  const crash = run('--runInBand', '/test/crash/');
  if (quick !== 0) console.error('The tests outside test/crash have failed; see above.');
  process.exitCode = quick || crash;
}
