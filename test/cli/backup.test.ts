// Backups on the command line: made, shown, checked, deleted, as a person and as a program asks for them.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from '../support/boot';
import type { Given } from './command-line';
import { commandLine } from './command-line';

async function world() {
  const { address, dir } = await boot();
  const run = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  await run(['task', 'create', 'One']);
  return { run, backups: join(dir, 'backups') };
}

test('a backup is made, listed within 80 columns, and shown', async () => {
  const { run } = await world();
  expect((await run(['backup', 'list'])).stderr).toBe('No backups.\n');
  const made = await run(['backup', 'create', 'first', '--description', 'Before the move']);
  expect(made.stdout).toMatch(
    /^first VERIFIED NAMED at \d+, 1 tasks, [\d.]+ KiB, (now|\d+ (s|min) ago): Before the move\n$/,
  );
  expect(made.exitCode).toBe(0);
  await run(['backup', 'create']);
  const list = (await run(['backup', 'list'])).stdout.trimEnd().split('\n');
  expect(list).toHaveLength(3);
  expect(list[0]).toMatch(/^ID +STATE +KIND +SEQUENCE +TASKS +SIZE +MADE$/);
  expect(list[1]).toMatch(/^b-\d{8}-\d{6} +VERIFIED +NAMED/);
  for (const line of list) expect(line.length).toBeLessThanOrEqual(80);
  const shown = (await run(['backup', 'show', 'first'])).stdout;
  expect(shown).toMatch(/^first\n {2}state {7}VERIFIED\n/);
  expect(shown).toContain('  about       Before the move\n');
  const { backups } = JSON.parse((await run(['backup', 'list', '--json'])).stdout) as { backups: { name: string }[] };
  expect(backups.map(({ name }) => name)).toContain('backups/first');
});

test('a damaged backup is named, with exit code 70', async () => {
  const { run, backups } = await world();
  await run(['backup', 'create', 'first']);
  expect((await run(['backup', 'verify', 'first', '--deep'])).stdout).toBe('first is good\n');
  const state = join(backups, 'first', 'state');
  const store = readdirSync(state).find((name) => name.startsWith('db-'))!;
  const table = readdirSync(join(state, store)).find((name) => name.endsWith('.ldb'))!;
  const path = join(state, store, table);
  const bytes = readFileSync(path);
  bytes[10]! ^= 1;
  writeFileSync(path, bytes);
  const found = await run(['backup', 'verify', 'first']);
  expect(found.stdout).toBe(`first is damaged\n  state/${store}/${table} fails its checksum\n`);
  expect(found.exitCode).toBe(70);
  expect((await run(['backup', 'list', '--brief'])).stdout).toContain('first DAMAGED');
});

test('the last good backup stays, another goes when the answer is yes', async () => {
  const { run } = await world();
  await run(['backup', 'create', 'first']);
  const refused = await run(['backup', 'delete', 'first', '--yes']);
  expect(refused.exitCode).toBe(5);
  expect(refused.stderr).toContain('it is the last good backup: make another one first');
  await run(['backup', 'create', 'second']);
  const no = await run(['backup', 'delete', 'first'], { isTty: true, stdin: 'n\n' });
  expect(no).toMatchObject({ exitCode: 1, stderr: 'Delete the backup first for good? [y/N] Nothing was changed.\n' });
  expect((await run(['backup', 'delete', 'first', '--yes'])).stdout).toBe('first is gone\n');
  const gone = await run(['backup', 'show', 'first']);
  expect(gone.exitCode).toBe(3);
  expect(gone.stderr).toContain('holdfast backup list');
});

test('a dry run makes nothing, and a backup may be left to itself', async () => {
  const { run } = await world();
  expect((await run(['backup', 'create', 'first', '--validate-only'])).stdout).toBe('Would be accepted.\n');
  expect((await run(['backup', 'list', '--brief'])).stdout).toBe('');
  const started = await run(['backup', 'create', 'first', '--no-wait']);
  expect(started.stdout).toMatch(/^op-\S+ started\. Follow it: holdfast operation wait op-\S+\n$/);
  const id = started.stdout.split(' ')[0]!;
  expect((await run(['operation', 'wait', id])).exitCode).toBe(0);
  expect((await run(['backup', 'list', '--brief'])).stdout).toContain('first VERIFIED');
});
