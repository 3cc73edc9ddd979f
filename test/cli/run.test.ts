// `holdfast run` and `holdfast lock run` with real programs below them, on a real server: what reaches the program, and what
// becomes of its work when it ends, is stopped, or dies.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SessionState } from '../../src/gen/holdfast/v1/session';
import { ListSessionsRequest, SessionServiceClient } from '../../src/gen/holdfast/v1/session_service';
import type { Session } from '../../src/gen/holdfast/v1/session';
import { credentials } from '@grpc/grpc-js';
import { boot, call } from '../support/boot';
import { builtProgram } from '../support/built';
import { tempDir } from '../support/temp-dir';
import type { Ran } from './command-line';
import { commandLine } from './command-line';

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number>;
}

const started: ChildProcess[] = [];
let program: string;
let address: string;
let home: string;
let sessions: SessionServiceClient;

beforeAll(() => {
  program = builtProgram();
}, 600_000);
beforeEach(async () => {
  ({ address } = await boot());
  home = tempDir();
  sessions = new SessionServiceClient(address, credentials.createInsecure());
});
afterEach(() => {
  sessions.close();
  for (const child of started.splice(0)) killGroup(child);
});

/** The command line in this process. */
const holdfast = (...args: string[]): Promise<Ran> =>
  commandLine([...args, '--server', address], { env: { HOME: home } });

/** The command line as a process of its own. */
function start(args: readonly string[], agentEnv: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [program, '--server', address, ...args], {
    env: { HOME: home, PATH: process.env['PATH'], ...agentEnv },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what a killed command leaves behind goes with it at the end of the test.
    detached: true,
  });
  started.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { child, output: () => text, ended };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const endAt = Date.now() + 120_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > endAt) throw new Error(`${what} did not come`);
    await delay(30);
  }
}

async function allSessions(): Promise<Session[]> {
  const request = ListSessionsRequest.fromPartial({ parent: 'projects/default' });
  return (await call(sessions, 'listSessions', request)).sessions;
}

const stateOf = async (task: string) => (await holdfast('task', 'get', task, '--brief')).stdout.split(' ')[2];

/** A program that the shell runs; `$HF` is the command line. */
const shell = (script: string): string[] => ['--', 'sh', '-c', `HF="${process.execPath} ${program}"; ${script}`];

test('the program acts as the session by its environment; its exit code is passed on, and its work handed back', async () => {
  await holdfast('task', 'create', 'One');
  const script = '$HF claim t1 --brief && $HF session show --brief && echo "as $AGENT_ID" && exit 7';
  const ran = start(['run', '--agent', 'alice', ...shell(script)]);
  expect(await ran.ended).toBe(7);
  expect(ran.output()).toContain('t1 P2 RUNNING One');
  expect(ran.output()).toMatch(/ACTIVE alice 1 tasks\nas alice/);
  const [session] = await allSessions();
  expect(session).toMatchObject({ state: SessionState.ENDED, taskCount: 0 });
  expect(session!.summary).toMatch(/^exit code 7 after .*: sh -c/);
  expect(await stateOf('t1')).toBe('PENDING');
});

test('with --claim a task is completed or failed by the exit code, unless the program did so itself', async () => {
  for (const title of ['One', 'Two', 'Three']) await holdfast('task', 'create', title);
  expect(
    await start(['run', '--agent', 'a', '--claim', ...shell('test "$HOLDFAST_TASK" = projects/default/tasks/t1')])
      .ended,
  ).toBe(0);
  expect(await stateOf('t1')).toBe('SUCCEEDED');
  expect(await start(['run', '--agent', 'a', '--claim', '--task', 't2', ...shell('exit 3')]).ended).toBe(3);
  const failed = await holdfast('task', 'show', 't2');
  expect(failed.stdout).toMatch(/PENDING[^]*attempts +1, 1 failed[^]*exit_code: exit code 3 after/);
  const own = start([
    'run',
    '--agent',
    'a',
    '--claim',
    '--task',
    't3',
    ...shell('$HF complete $HOLDFAST_TASK && exit 4'),
  ]);
  expect(await own.ended).toBe(4);
  expect(await stateOf('t3')).toBe('SUCCEEDED');
  const none = start(['run', '--agent', 'a', '--claim', '--queue', 'empty', ...shell('exit 0')]);
  expect(await none.ended).toBe(6);
});

test('a run has the session id of the environment once; further runs begin lives of their own', async () => {
  const env = { AGENT_ID: 'alice', AGENT_SESSION_ID: 'life-1' };
  for (let n = 0; n < 2; n++) expect(await start(['run', '--', 'true'], env).ended).toBe(0);
  // AGENT_SESSION_ID is alice's.
  expect(await start(['run', '--agent', 'bob', '--', 'true'], { ...env, AGENT_SESSION_ID: 'life-2' }).ended).toBe(0);
  const ids = (await allSessions()).map(({ name, agent }) => [name.split('/').at(-1)!, agent.split('/').at(-1)!]);
  expect(ids.map(([id, agent]) => [id!.replace(/^s\d+$/, 'given'), agent]).sort()).toEqual([
    ['given', 'alice'],
    ['given', 'bob'],
    ['life-1', 'alice'],
  ]);
});

test('a program that cannot be run ends with 127, and leaves no session behind', async () => {
  expect(await start(['run', '--agent', 'a', '--', 'no-such-program']).ended).toBe(127);
  expect(await start(['run', '--agent', 'a', '--', '/']).ended).toBe(126);
  expect((await allSessions()).map(({ state }) => state)).toEqual([SessionState.ENDED, SessionState.ENDED]);
});

test('a signal is passed on; what was stopped is given back and not failed', async () => {
  await holdfast('task', 'create', 'One');
  const ready = join(tempDir(), 'ready');
  const script = `trap "exit 5" TERM; touch ${ready}; while :; do sleep 0.05; done`;
  const ran = start(['run', '--agent', 'a', '--claim', ...shell(script)]);
  await until('the program', () => existsSync(ready) || undefined);
  expect(await stateOf('t1')).toBe('RUNNING');
  ran.child.kill('SIGTERM');
  expect(await ran.ended).toBe(5);
  expect((await holdfast('task', 'show', 't1')).stdout).toMatch(/PENDING[^]*#1 .* released/);
});

test('a program that is killed ends with 137; its claimed task has failed once', async () => {
  await holdfast('task', 'create', 'One');
  const ran = start(['run', '--agent', 'a', '--claim', ...shell('kill -9 $$')]);
  expect(await ran.ended).toBe(137);
  expect((await holdfast('task', 'show', 't1')).stdout).toMatch(/killed: ended by SIGKILL/);
  expect((await allSessions())[0]!.state).toBe(SessionState.ENDED);
});

test('signs of life keep the session through many ttls; without them it is lost, and its work can be taken up', async () => {
  await holdfast('task', 'create', 'One');
  const marker = join(tempDir(), 'pid');
  const script = `$HF claim t1 >/dev/null; echo $$ > ${marker}; exec sleep 60`;
  const ran = start(['run', '--agent', 'alice', '--id', 'life-1', '--ttl', '2s', ...shell(script)]);
  await until('the claim', () => existsSync(marker) || undefined);
  const name = 'projects/default/sessions/life-1';
  const lastSeen = async () => {
    const { session } = await call(sessions, 'getSession', { name, atLeast: undefined });
    expect(session!.state).toBe(SessionState.ACTIVE);
    return session!.lastSeenTime!.seconds;
  };
  const first = await lastSeen();
  // Three ttls and more: the server shows a session that was not renewed as LOST.
  await until('signs of life', async () => (await lastSeen()) > first + 6 || undefined);
  ran.child.kill('SIGKILL');
  await until('the loss', async () => {
    const { session } = await call(sessions, 'getSession', { name, atLeast: undefined });
    return session!.state === SessionState.LOST || undefined;
  });
  const resumed = await holdfast('session', 'resume', '--agent', 'alice', '--id', 'life-2');
  expect(resumed.stderr).toContain('life-2 of alice takes up the work of life-1');
  expect(resumed.stdout).toMatch(/## Tasks you hold[^]*\*\*t1\*\*/);
});

test('a run that was frozen past its ttl stops the program when it thaws', async () => {
  await holdfast('task', 'create', 'One');
  const marker = join(tempDir(), 'ready');
  const args = ['run', '--agent', 'a', '--id', 'life-1', '--ttl', '3s', '--claim'];
  const ran = start([...args, ...shell(`touch ${marker}; exec sleep 60`)]);
  await until('the program', () => existsSync(marker) || undefined);
  ran.child.kill('SIGSTOP');
  await until('the loss', async () => {
    const { session } = await call(sessions, 'getSession', {
      name: 'projects/default/sessions/life-1',
      atLeast: undefined,
    });
    return session!.state === SessionState.LOST || undefined;
  });
  ran.child.kill('SIGCONT');
  expect(await ran.ended).toBe(128 + 15);
  expect(ran.output()).toContain('SESSION_LOST');
  expect(ran.output()).not.toContain('could not be ended');
  // In its grace it is given back: being frozen is no failure of the task.
  expect((await holdfast('task', 'show', 't1')).stdout).toMatch(/PENDING[^]*#1 .* released/);
});

test('a session that is taken over stops the program', async () => {
  const marker = join(tempDir(), 'ready');
  const ran = start([
    'run',
    '--agent',
    'a',
    '--id',
    'life-1',
    '--ttl',
    '1s',
    ...shell(`touch ${marker}; exec sleep 60`),
  ]);
  await until('the program', () => existsSync(marker) || undefined);
  expect((await holdfast('session', 'resume', 'life-1', '--take-over')).exitCode).toBe(0);
  expect(await ran.ended).toBe(128 + 15);
  expect(ran.output()).toContain('others may have its work by now');
});

test('a task that is to be canceled stops the program that was run for it', async () => {
  await holdfast('task', 'create', 'One');
  const marker = join(tempDir(), 'ready');
  const ran = start(['run', '--agent', 'a', '--claim', '--ttl', '1s', ...shell(`touch ${marker}; exec sleep 60`)]);
  await until('the program', () => existsSync(marker) || undefined);
  const canceled = await holdfast('task', 'cancel', 't1', '--grace', '1m', '--reason', 'Out of scope');
  expect(canceled.stdout).toContain('its holder was told to stop');
  expect(await ran.ended).toBe(128 + 15);
  expect(ran.output()).toContain('t1: CANCEL wanted by local');
  expect(await stateOf('t1')).toBe('CANCELED');
});

test('a lock is held while a program runs; another one waits for it', async () => {
  const [first, second] = [join(tempDir(), 'a'), join(tempDir(), 'b')];
  const one = start([
    'lock',
    'run',
    'src/**',
    ...shell(`touch ${first}; while [ ! -e ${second} ]; do sleep 0.05; done`),
  ]);
  await until('the lock', () => existsSync(first) || undefined);
  const refused = start(['lock', 'run', 'src/a.ts', ...shell('echo never')]);
  expect(await refused.ended).toBe(4);
  expect(refused.output()).toContain('LOCK_HELD');
  expect((await holdfast('lock', 'check', 'src/a.ts')).exitCode).toBe(4);
  const two = start([
    'lock',
    'run',
    'src/a.ts',
    '--wait',
    '30s',
    ...shell('echo "token $HOLDFAST_LOCK_TOKEN"; exit 9'),
  ]);
  await until('the second session', async () => (await allSessions()).length >= 3 || undefined);
  writeFileSync(second, '');
  expect(await one.ended).toBe(0);
  expect(await two.ended).toBe(9);
  expect(two.output()).toMatch(/token \d+/);
  expect((await holdfast('lock', 'list')).stderr).toContain('No locks.');
});
