// The agents' commands against a real server: two lives of an agent, one after the other, and another agent beside them.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';
import type { Ran } from './command-line';
import { commandLine } from './command-line';

let address: string;
let home: string;

beforeEach(async () => {
  ({ address } = await boot());
  home = tempDir();
});

/** The command line of an agent. */
const agent =
  (id: string, life: string) =>
  (...args: string[]): Promise<Ran> => {
    const env = { HOME: home, AGENT_ID: id, AGENT_SESSION_ID: life };
    return commandLine(['--server', address, ...args], { env });
  };

/** Runs the command, and gives its output if it ended well. */
async function good(ran: Promise<Ran>): Promise<string> {
  const { exitCode, stdout, stderr } = await ran;
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
  return stdout;
}

test('a task goes through the hands of two agents: claimed, asked about, handed over, completed', async () => {
  const [alice, bob] = [agent('alice', 'alice-1'), agent('bob', 'bob-1')];
  await good(alice('task', 'create', 'Choose a database', '--description', 'For the new service'));
  expect(await good(alice('claim'))).toMatch(/held by +alice \(session alice-1\)/);
  const refused = await bob('claim', 't1');
  expect([refused.exitCode, refused.stderr]).toEqual([4, expect.stringContaining('ALREADY_CLAIMED')]);
  expect(refused.stderr).toContain('holdfast task show t1');
  const empty = await bob('claim');
  expect([empty.exitCode, empty.stderr]).toEqual([6, expect.stringContaining('1 running')]);
  await good(alice('heartbeat', 't1', '--percent', '40', '--message', 'Compared three'));
  expect(await good(alice('step', 'put', 't1', 'survey-sent', '{"id":17}'))).toBe('survey-sent is kept\n');
  await good(alice('ask', 't1', 'Which one?', '--option', 'postgres', '--option', 'sqlite', '--keep'));
  expect((await bob('answer', 't1', 'oracle')).exitCode).toBe(2);
  expect(await good(bob('answer', 't1', 'sqlite'))).toBe('t1 is RUNNING: Choose a database\n');
  expect(await good(alice('task', 'show', 't1'))).toMatch(
    /40 %: Compared three[^]*asked now: Which one\?[^]*answered: sqlite/,
  );
  await bob('session', 'heartbeat');
  await good(alice('release', 't1', '--to', 'sessions/bob-1', '--reason', 'Yours'));
  expect(await good(bob('step', 'get', 't1', 'survey-sent', '--brief'))).toBe('survey-sent {"id":17}\n');
  const late = await alice('complete', 't1');
  expect([late.exitCode, late.stderr]).toEqual([4, expect.stringMatching(/ALREADY_CLAIMED|FENCED/)]);
  const file = join(tempDir(), 'report.md');
  writeFileSync(file, '# SQLite\n');
  const done = await bob('complete', 't1', '--artifact', `report=${file}`, '--follow-up', 'Migrate', '--claim-next');
  expect([done.exitCode, done.stdout]).toEqual([
    0,
    expect.stringMatching(/t1 is SUCCEEDED[^]*Migrate[^]*held by +bob/),
  ]);
  expect(await good(alice('artifact', 'get', 't1', 'report'))).toBe('# SQLite\n');
});

test('a second life takes up what the first left: tasks, locks, words, messages', async () => {
  const [first, second] = [agent('alice', 'alice-1'), agent('alice', 'alice-2')];
  await good(first('task', 'create', 'Write the manual'));
  await good(first('claim', 't1'));
  await good(first('lock', 'acquire', 'docs/**', '--purpose', 'manual'));
  await good(agent('bob', 'bob-1')('message', 'send', 'alice', 'The API is ready', '--task', 't1'));
  const active = await second('session', 'resume', 'alice-1');
  expect([active.exitCode, active.stderr]).toEqual([5, expect.stringContaining('--take-over')]);
  const resumed = await second('session', 'resume', '--take-over');
  expect([resumed.exitCode, resumed.stderr]).toEqual([
    0,
    expect.stringContaining('alice-2 of alice takes up the work of alice-1'),
  ]);
  expect(resumed.stdout).toMatch(
    /## Tasks you hold[^]*t1[^]*## Unread messages[^]*The API is ready[^]*## Locks you hold[^]*docs\/\*\*/,
  );
  const brief = await good(second('brief', '--max-bytes', '1k'));
  expect(Buffer.byteLength(brief)).toBeLessThanOrEqual(1024);
  const json = await good(second('brief', '--json', '--max-bytes', '8k'));
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(8192);
  expect(JSON.parse(json)).toMatchObject({ briefing: { tasks: [{ held: true }] } });
  // Whoever goes on as the first life acts as the second.
  expect(await good(first('session', 'show', '--brief'))).toContain('alice-2 ACTIVE alice');
  expect(await good(second('message', 'receive', '--ack'))).toContain('The API is ready');
  expect((await second('message', 'receive')).exitCode).toBe(6);
  expect(await good(second('session', 'end', '--summary', 'Half written'))).toContain('given back: t1');
  expect(await good(agent('carol', 'carol-1')('session', 'list', '--agent', 'alice', '--brief'))).toMatch(
    /^alice-2 ENDED/,
  );
});

test('an agent that never was is briefed before it does anything, and that begins nothing', async () => {
  const alice = agent('alice', 'alice-1');
  await good(alice('task', 'create', 'Paint it'));
  await good(alice('memory', 'put', 'build/hint', 'Run make first', '--text'));
  const brief = await good(alice('brief'));
  expect(brief).toMatch(/# Briefing for alice[^]*Ready to be claimed[^]*t1 P2 Paint it[^]*build\/hint/);
  await good(alice('task', 'create', 'Not mine', '--assignee', 'bob'));
  await good(alice('memory', 'put', 'build/log', 'x'.repeat(5000), '--text'));
  expect(await good(alice('brief'))).not.toContain('t2');
  const json = await good(alice('brief', '--json', '--max-bytes', '2k'));
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(2048);
  expect(JSON.parse(json)).toMatchObject({ briefing: { omissions: [{ kind: 'memories', count: 1 }] } });
  expect((await alice('session', 'list')).stderr).toContain('No sessions.');
});

test('checkpoints of any size come back byte by byte, and transcripts item by item', async () => {
  const alice = agent('alice', 'alice-1');
  await good(alice('task', 'create', 'Train'));
  await good(alice('claim'));
  const dir = tempDir();
  for (const [id, bytes] of [
    ['small', Buffer.from([0, 255, 128])],
    ['large', Buffer.alloc(7_000_000, 'ab')],
  ] as const) {
    writeFileSync(join(dir, id), bytes);
    await good(alice('checkpoint', 'save', join(dir, id), '--id', id, '--task', 't1', '--metadata', `{"id":"${id}"}`));
    await good(alice('checkpoint', 'get', id, '-o', join(dir, 'copy')));
    expect(readFileSync(join(dir, 'copy')).equals(bytes)).toBe(true);
  }
  expect(await good(alice('checkpoint', 'list', '--filter', 'metadata.id = "large"', '--brief'))).toBe(
    'large 6.7 MiB for t1\n',
  );
  expect(await good(alice('task', 'show', 't1'))).toContain('alice-1/checkpoints/large');
  expect(await good(alice('checkpoint', 'copy', '--to-namespace', 'kept', '--json'))).toContain('"namespace":"kept"');
  expect(await good(alice('checkpoint', 'delete', '--namespace', 'kept'))).toBe('2 deleted\n');
  expect(await good(alice('checkpoint', 'retention', '--max-count', '1'))).toBe('set; 1 deleted at once\n');
  const lines = join(dir, 'items.jsonl');
  writeFileSync(lines, '{"role":"user","content":"Hello"}\n{"role":"assistant","content":[{"type":"text"}]}\n');
  expect(await good(alice('transcript', 'append', lines))).toBe('2 appended, up to 2\n');
  expect(await good(alice('transcript', 'show', '--brief'))).toBe(
    '1 user Hello\n2 assistant {"blocks":[{"type":"text"}]}\n',
  );
  expect(await good(alice('transcript', 'pop'))).toContain('#2 assistant');
  expect(await good(alice('transcript', 'clear'))).toBe('1 items cleared\n');
});

test('memories and queues', async () => {
  const alice = agent('alice', 'alice-1');
  await good(alice('memory', 'put', 'users/ada/editor', '{"name":"vim","size":3}', '--new'));
  expect((await alice('memory', 'put', 'users/ada/editor', '{}', '--new')).exitCode).toBe(4);
  expect(await good(alice('memory', 'list', 'users', '--filter', 'value.size >= 3', '--brief'))).toContain('"vim"');
  await good(alice('memory', 'delete', 'users/ada/editor'));
  expect((await alice('memory', 'get', 'users/ada/editor')).exitCode).toBe(3);

  await good(alice('task', 'create', 'One', '--queue', 'docs'));
  await good(alice('queue', 'set', 'docs', '--paused', '--max-attempts', '1'));
  const paused = await alice('claim', '--queue', 'docs');
  expect([paused.exitCode, paused.stderr]).toEqual([6, expect.stringContaining('which is paused')]);
  await good(alice('queue', 'set', 'docs', '--no-paused'));
  await good(alice('claim', '--queue', 'docs'));
  expect(await good(alice('fail', 't1', '--code', 'timeout', '--message', 'slow'))).toContain('t1 is FAILED');
  expect(await good(alice('queue', 'dead-letters', 'docs'))).toContain('timeout: slow');
  expect(await good(alice('queue', 'redrive', 'docs', '--yes'))).toContain('1 changed, 0 refused');
  expect(await good(alice('queue', 'list'))).toMatch(/docs +open +1 /);
});
