// Claiming tasks and what their holder does with them: what goes to the server, and what is said.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import {
  ClaimTaskResponse,
  CompleteTaskResponse,
  HeartbeatTaskResponse,
  ReleaseTaskResponse,
} from '../../src/gen/holdfast/v1/task_service';
import { DirectiveKind } from '../../src/gen/holdfast/v1/work';
import { tempDir } from '../support/temp-dir';
import type { Ran } from './command-line';
import { commandLine } from './command-line';
import { FakeServer } from './fake-server';

const session = 'projects/default/sessions/life-1';
const env = { HOLDFAST_SESSION: `${session};secret`, AGENT_ID: 'alice' };

describe('holdfast claim and the verbs of a holder', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], acting: Record<string, string> = env): Promise<Ran> =>
    commandLine([...args, '--server', address], { env: acting });
  const asked = (method: string) => server.asked.findLast((one) => one.method === method)?.request;
  const lease = {
    session,
    agent: 'projects/default/agents/alice',
    fencingToken: 77,
    expireTime: { seconds: Math.floor(Date.now() / 1000) + 600, nanos: 0 },
  };
  const held = (id = 't1') =>
    Task.fromPartial({
      name: `projects/default/tasks/${id}`,
      title: 'Fix the login page',
      state: TaskState.RUNNING,
      etag: '5',
      lease,
    });

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
    server.tasks.set('projects/default/tasks/t1', held());
  });
  afterEach(() => server.stop());

  test('claim sends what was asked for, and shows the task with its lease', async () => {
    server.answers.set('claimTask', () => ClaimTaskResponse.fromPartial({ tasks: [held()] }));
    const args = [
      'claim',
      '--queue',
      'docs',
      '--capability',
      'french',
      '--capability',
      'latin',
      '--filter',
      'labels:a',
    ];
    const { stdout, stderr, exitCode } = await holdfast([...args, '--max', '3', '--wait', '30s', '--lease', '5m']);
    expect(exitCode).toBe(0);
    expect(asked('claimTask')).toMatchObject({
      parent: 'projects/default',
      queue: 'docs',
      capabilities: ['french', 'latin'],
      filter: 'labels:a',
      maxTasks: 3,
      wait: { seconds: 30 },
      leaseTtl: { seconds: 300 },
    });
    expect(stdout).toMatch(/t1 {2}Fix the login page/);
    expect(stdout).toMatch(/held by +alice \(session life-1\), ends in 9 min unless renewed, token 77/);
    expect(stderr).toContain('holdfast complete t1');
    expect(server.sessions.at(-1)).toBe(env.HOLDFAST_SESSION);
  });

  test('a claim that finds nothing ends with 6 and says why', async () => {
    const empty = {
      counts: { blocked: 3, running: 2 },
      paused: true,
      nextTime: { seconds: Math.floor(Date.now() / 1000) + 7230 },
    };
    server.answers.set('claimTask', () => ClaimTaskResponse.fromPartial({ empty }));
    const { stdout, stderr, exitCode } = await holdfast(['claim', '--queue', 'docs']);
    expect([exitCode, stdout]).toEqual([6, '']);
    expect(stderr).toContain('Nothing to claim in queue docs, which is paused.');
    expect(stderr).toContain('holdfast queue set docs --no-paused');
    expect(stderr).toContain('3 held back');
    expect(stderr).toContain('due in 2 h');
    const json = await holdfast(['claim', '--json']);
    expect([json.exitCode, JSON.parse(json.stdout)]).toMatchObject([6, { empty: { paused: true } }]);
  });

  test('flags that do not go together are refused before anything is sent', async () => {
    expect((await holdfast(['claim', 't1', '--queue', 'docs'])).exitCode).toBe(2);
    expect((await holdfast(['claim', 't1', '--wait', '3s'])).exitCode).toBe(2);
    expect((await holdfast(['complete', 't1', '--queue', 'docs'])).stderr).toContain('--claim-next');
    expect((await holdfast(['heartbeat', 't1', '--percent', '101'])).exitCode).toBe(2);
    expect((await holdfast(['complete', 't1', '--artifact', 'nothing'])).exitCode).toBe(2);
    expect(server.asked).toEqual([]);
  });

  test('verbs of the holder carry the token of its lease; --token goes over it', async () => {
    const answer = () => HeartbeatTaskResponse.fromPartial({ task: { ...held(), directive: undefined } });
    server.answers.set('heartbeatTask', answer);
    const told = await holdfast(['heartbeat', 't1', '--percent', '40', '--message', 'Tests written']);
    expect(told.stdout).toBe('t1 goes on: Fix the login page\n');
    expect(asked('heartbeatTask')).toMatchObject({
      fencingToken: 77,
      progress: { percent: 40, message: 'Tests written' },
    });
    await holdfast(['heartbeat', 't1', '--token', '5']);
    expect(asked('heartbeatTask')).toMatchObject({ fencingToken: 5, progress: undefined });
    await holdfast(['heartbeat', 't1'], { HOLDFAST_SESSION: 'projects/default/sessions/other;x' });
    expect(asked('heartbeatTask')).toMatchObject({ fencingToken: 0 });
  });

  test('a directive reaches the holder with what to do', async () => {
    const directive = { kind: DirectiveKind.CANCEL, by: 'local', reason: 'Out of scope' };
    server.answers.set('heartbeatTask', () => HeartbeatTaskResponse.fromPartial({ task: { ...held(), directive } }));
    const { stderr } = await holdfast(['heartbeat', 't1']);
    expect(stderr).toContain('t1: CANCEL wanted by local: Out of scope. Stop, then: holdfast acknowledge t1');
  });

  test('release hands on to an agent or a session, and names what blocks', async () => {
    const pending = { ...held(), lease: undefined, state: TaskState.PENDING };
    server.answers.set('releaseTask', () => ReleaseTaskResponse.fromPartial({ task: pending }));
    await holdfast(['release', 't1', '--to', 'bob', '--blocked-by', 't9', '--reason', 'Needs the API']);
    expect(asked('releaseTask')).toMatchObject({
      fencingToken: 77,
      handOverTo: 'projects/default/agents/bob',
      blockedBy: ['projects/default/tasks/t9'],
      reason: 'Needs the API',
    });
    await holdfast(['release', 't1', '--to', 'sessions/life-2']);
    expect(asked('releaseTask')).toMatchObject({ handOverTo: 'projects/default/sessions/life-2' });
  });

  test('complete sends artifacts, follow-ups and the next claim, and shows what follows', async () => {
    const path = join(tempDir(), 'fix.diff');
    writeFileSync(path, '+1');
    const reply = CompleteTaskResponse.fromPartial({
      task: { ...held(), state: TaskState.SUCCEEDED },
      followUps: [{ name: 'projects/default/tasks/t5', title: 'Clean up' }],
      next: held('t2'),
    });
    server.answers.set('completeTask', () => reply);
    const args = [
      'complete',
      't1',
      '--artifact',
      `patch=${path}`,
      '--artifact',
      'run=https://ci/7',
      '--follow-up',
      'Clean up',
    ];
    const { stdout, stderr } = await holdfast([...args, '--claim-next', '--capability', 'french']);
    expect(asked('completeTask')).toMatchObject({
      fencingToken: 77,
      artifacts: [
        { name: 'patch', mediaType: 'text/x-diff', data: Buffer.from('+1') },
        { name: 'run', uri: 'https://ci/7' },
      ],
      followUps: [{ task: { title: 'Clean up' } }],
      claimNext: { capabilities: ['french'] },
    });
    expect(stdout).toContain('t1 is SUCCEEDED');
    expect(stderr).toContain('With it: t5 Clean up');
    expect(stderr).toContain('t2 is yours');
  });
});
