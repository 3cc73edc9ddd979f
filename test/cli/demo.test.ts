import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { nothingDoubled, nothingLost, nothingSkipped } from '../../src/cli/demo/checks';
import { builtProgram } from '../support/built';

test('the demo plays through three kills and proves what it says', () => {
  const demo = join(dirname(builtProgram()), 'cli/demo.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [demo], { encoding: 'utf8', timeout: 500_000 });
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout });
  expect(stdout.match(/kill -9, after/g)).toHaveLength(3);
  expect(stdout.match(/^ {3}ok {4}/gm)).toHaveLength(4);
  expect(stdout).toContain('Nothing was lost, doubled or out of order.');
}, 600_000);

test('the demo’s checks fail when something is amiss', () => {
  expect(nothingLost(['a', 'b'], ['a']).holds).toBe(false);
  expect(nothingDoubled(['a', 'b', 'a']).holds).toBe(false);
  const journal = [
    [1, 0],
    [2, 0],
    [2, 1],
    [4, 0],
  ] as const;
  expect(nothingSkipped('r', journal, journal).holds).toBe(true);
  const [first, second, third, fourth] = journal;
  expect(nothingSkipped('r', [first, second, fourth], journal).holds).toBe(false);
  expect(nothingSkipped('r', [first, second, third, third, fourth], journal).holds).toBe(false);
  expect(nothingSkipped('r', [first, third, second, fourth], journal).holds).toBe(false);
});
