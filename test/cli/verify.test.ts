// A check of the store on the command line: as a person sees it, and as a program asks for it.

import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { boot } from '../support/boot';
import { damage, del, keyOf } from '../support/kept-store';
import { commandLine } from './command-line';

async function world() {
  const { address, engine } = await boot();
  const run = (args: readonly string[]) => commandLine([...args, '--server', address]);
  await run(['task', 'create', 'One']);
  return { run, engine };
}

test('a sound store is said to be so, at each level', async () => {
  const { run } = await world();
  for (const level of ['minimal', 'standard', 'comprehensive']) {
    const { stdout, exitCode } = await run(['verify', '--level', level]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Sound \\(${level}, at \\d+\\)\nread: rows \\d+, entries`));
  }
  expect((await run(['verify', '--json'])).stdout).toContain('"sound":true');
});

test('damage is named, with exit code 70, then put right', async () => {
  const { run, engine } = await world();
  await damage(engine, (store) => del(store, keyOf({ kind: EntityKind.TASK, project: 'default', id: 't1' })));
  const told = await run(['verify', '--report-only']);
  expect(told.exitCode).toBe(70);
  expect(told.stdout).toMatch(/^Not sound \(standard, at \d+\)\n {2}WRONG {4}digest bucket \d+: /);
  const { stdout, exitCode } = await run(['verify']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Sound again: 1 problems, all put right');
  expect(stdout).toContain('  repaired row projects/default/tasks/t1: it had vanished\n');
});

test('a level that is none is refused before anything is asked', async () => {
  const { run } = await world();
  const { stderr, exitCode } = await run(['verify', '--level', 'deep']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--level must be minimal, standard, comprehensive');
});
