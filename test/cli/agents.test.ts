// What agents do beside claiming: what goes to the server for each command, and what is said.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TranscriptItem } from '../../src/gen/holdfast/v1/checkpoint';
import { LockMode } from '../../src/gen/holdfast/v1/lock';
import { AcquireLockResponse, CheckLocksResponse, GetLockResponse } from '../../src/gen/holdfast/v1/lock_service';
import {
  DeleteMemoryResponse,
  GetMemoryResponse,
  ListMemoriesResponse,
  PutMemoryResponse,
} from '../../src/gen/holdfast/v1/memory_service';
import {
  AcknowledgeMessagesResponse,
  ReceiveMessagesResponse,
  SendMessageResponse,
} from '../../src/gen/holdfast/v1/message_service';
import { GetQueueResponse, ListQueuesResponse, UpdateQueueResponse } from '../../src/gen/holdfast/v1/queue_service';
import {
  AppendTranscriptResponse,
  DeleteCheckpointsResponse,
  GetCheckpointResponse,
  ListCheckpointsResponse,
  PopTranscriptResponse,
  ReadTranscriptResponse,
  SaveCheckpointResponse,
} from '../../src/gen/holdfast/v1/session_service';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import {
  BulkChangeTasksResponse,
  GetArtifactResponse,
  GetStepsResponse,
  ListTasksResponse,
  ProvideInputResponse,
  PutStepResponse,
  RequestInputResponse,
} from '../../src/gen/holdfast/v1/task_service';
import { tempDir } from '../support/temp-dir';
import type { Given, Ran } from './command-line';
import { commandLine } from './command-line';
import { FakeServer } from './fake-server';

const session = 'projects/default/sessions/life-1';
const env = { HOLDFAST_SESSION: `${session};secret`, AGENT_ID: 'alice' };
const held = Task.fromPartial({
  name: 'projects/default/tasks/t1',
  title: 'Fix the login page',
  state: TaskState.RUNNING,
  lease: { session, agent: 'projects/default/agents/alice', fencingToken: 77 },
});

describe('agents on the command line', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], given: Given = {}): Promise<Ran> => {
    // Flags of the command line stand before the program that it runs.
    return commandLine(['--server', address, ...args], { env, ...given });
  };
  const answer = (method: string, reply: object) => server.answers.set(method, () => reply);
  const asked = (method: string) => server.asked.findLast((one) => one.method === method)?.request;

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
    server.tasks.set(held.name, held);
  });
  afterEach(() => server.stop());

  test('ask, answer, steps and artifacts', async () => {
    answer('requestInput', RequestInputResponse.fromPartial({ task: { ...held, state: TaskState.INPUT_REQUIRED } }));
    const question = ['ask', 't1', 'Which?', '--option', 'a', '--option', 'b', '--default', 'a', '--deadline', '+2h'];
    expect((await holdfast([...question, '--keep'])).stdout).toContain('t1 is INPUT_REQUIRED, the question is asked');
    expect(asked('requestInput')).toMatchObject({
      fencingToken: 77,
      keepLease: true,
      request: { question: 'Which?', options: ['a', 'b'], defaultAnswer: { text: 'a' } },
    });
    expect((await holdfast(['ask', 't1', 'Which?', '--default', 'a'])).exitCode).toBe(2);
    answer('provideInput', ProvideInputResponse.fromPartial({ task: held }));
    await holdfast(['answer', 't1', 'b', '--data', '{"n":1}']);
    expect(asked('provideInput')).toMatchObject({ answer: { text: 'b', data: { n: 1 } } });

    answer('putStep', PutStepResponse.fromPartial({ step: { key: 'mail', result: { id: 7 } }, existed: true }));
    expect((await holdfast(['step', 'put', 't1', 'mail', '{"id":9}'])).stdout).toBe('mail was kept before: {"id":7}\n');
    expect(asked('putStep')).toMatchObject({ fencingToken: 77, step: { key: 'mail', result: { id: 9 } } });
    answer('getSteps', GetStepsResponse.fromPartial({ steps: [{ key: 'mail', result: { id: 7 }, attempt: 2 }] }));
    expect((await holdfast(['step', 'get', 't1', 'mail'])).stdout).toMatch(/mail +2 +.*\{"id":7\}/);
    answer('getSteps', GetStepsResponse.fromPartial({}));
    expect((await holdfast(['step', 'get', 't1', 'none'])).exitCode).toBe(3);

    const path = join(tempDir(), 'fix.diff');
    answer('getArtifact', GetArtifactResponse.fromPartial({ artifact: { name: 'patch', data: Buffer.from('+1\n') } }));
    expect((await holdfast(['artifact', 'get', 't1', 'patch'])).stdout).toBe('+1\n');
    expect((await holdfast(['artifact', 'get', 't1', 'patch', '-o', path])).stderr).toContain('3 bytes written');
    expect(readFileSync(path, 'utf8')).toBe('+1\n');
    const nowhere = await holdfast(['artifact', 'get', 't1', 'patch', '-o', join(path, 'below-a-file')]);
    expect([nowhere.exitCode, nowhere.stderr.includes('cannot write')]).toEqual([2, true]);
  });

  test('task show tells who holds it, how far it is, and what came of each try', async () => {
    server.tasks.set(
      held.name,
      Task.fromPartial({
        ...held,
        progress: { percent: 40, message: 'Tests written' },
        directive: { kind: 1, by: 'local', reason: 'Lunch' },
        attemptCount: 2,
        failureCount: 1,
        attempts: [
          { number: 1, agent: 'projects/default/agents/bob', session: 'projects/default/sessions/s0', outcome: 5 },
          { number: 2, agent: 'projects/default/agents/alice', session, outcome: 1 },
        ],
        inputs: [
          { request: { question: 'Which?', options: ['a'] }, session, answer: { text: 'a' }, answeredBy: 'local' },
        ],
        artifacts: [{ name: 'patch', mediaType: 'text/x-diff', sizeBytes: 2048, digest: 'ab'.repeat(32) }],
      }),
    );
    const { stdout } = await holdfast(['task', 'show', 't1']);
    for (const words of [
      'held by        alice (session life-1), until its session ends, token 77',
      'wanted         PAUSE wanted by local: Lunch',
      'progress       40 %: Tests written',
      'attempts       2, 1 failed',
      '#1  bob (s0) lease expired',
      'life-1 asked: Which?',
      'local answered: a',
      'patch  text/x-diff  2 KiB, sha256 abababababab',
    ])
      expect(stdout).toContain(words);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('queues: a setting of a policy leaves the others as they are', async () => {
    const queue = { name: 'projects/default/queues/docs', retryPolicy: { maxAttempts: 3, multiplier: 2 } };
    answer('getQueue', GetQueueResponse.fromPartial({ queue }));
    answer('updateQueue', UpdateQueueResponse.fromPartial({ queue }));
    const set = await holdfast(['queue', 'set', 'docs', '--no-paused', '--limit', '4', '--max-attempts', '7']);
    expect(set.stdout).toBe('docs is set: paused, concurrency_limit, retry_policy\n');
    expect(asked('updateQueue')).toMatchObject({
      queue: { paused: false, concurrencyLimit: 4, retryPolicy: { maxAttempts: 7, multiplier: 2 } },
      updateMask: ['paused', 'concurrency_limit', 'retry_policy'],
    });
    expect((await holdfast(['queue', 'set', 'docs'])).exitCode).toBe(2);
    expect((await holdfast(['queue', 'show', 'docs'])).stdout).toMatch(/max attempts +3/);
    answer(
      'listQueues',
      ListQueuesResponse.fromPartial({ queues: [{ ...queue, paused: true, counts: { failed: 2 } }] }),
    );
    expect((await holdfast(['queue', 'list'])).stdout).toMatch(/docs +PAUSED .* 2\n/);
    answer(
      'listTasks',
      ListTasksResponse.fromPartial({ tasks: [{ ...held, error: { code: 'timeout', message: 'slow' } }] }),
    );
    expect((await holdfast(['queue', 'dead-letters', 'docs'])).stdout).toContain('timeout: slow (Fix the login page)');
    expect(asked('listTasks')).toMatchObject({ queue: 'docs', states: [TaskState.FAILED] });
    answer('bulkChangeTasks', BulkChangeTasksResponse.fromPartial({ matched: 2 }));
    await holdfast(['queue', 'redrive', 'docs', '--filter', 'priority <= P1', '--dry-run']);
    expect(asked('bulkChangeTasks')).toMatchObject({
      filter: 'state = FAILED AND queue = "docs" AND (priority <= P1)',
      change: { $case: 'retry' },
      validateOnly: true,
    });
    expect((await holdfast(['queue', 'redrive', 'docs'])).stderr).toContain('--yes');
  });

  test('checkpoints carry the tokens of their tasks, and their bytes as they are', async () => {
    const path = join(tempDir(), 'state.json');
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    writeFileSync(path, bytes);
    const checkpoint = { name: `${session}/checkpoints/c4`, sizeBytes: 5, data: bytes };
    answer('saveCheckpoint', SaveCheckpointResponse.fromPartial({ checkpoint }));
    const saved = await holdfast(['checkpoint', 'save', path, '--task', 't1', '--metadata', '{"step":4}']);
    expect(saved.stdout).toBe('c4 saved: 5 bytes\n');
    expect(asked('saveCheckpoint')).toMatchObject({
      parent: session,
      fencingTokens: [77],
      checkpoint: { data: bytes, mediaType: 'application/json', metadata: { step: 4 }, tasks: [held.name] },
    });
    expect((await holdfast(['checkpoint', 'save', join(path, 'x')])).exitCode).toBe(2);
    answer('getCheckpoint', GetCheckpointResponse.fromPartial({ checkpoint }));
    const copy = join(tempDir(), 'copy');
    await holdfast(['checkpoint', 'get', '-o', copy]);
    expect(asked('getCheckpoint')).toMatchObject({ name: session });
    expect(readFileSync(copy)).toEqual(bytes);
    await holdfast(['checkpoint', 'get', 'c4', '--of', 's9', '-o', copy]);
    expect(asked('getCheckpoint')).toMatchObject({ name: 'projects/default/sessions/s9/checkpoints/c4' });
    answer('listCheckpoints', ListCheckpointsResponse.fromPartial({ checkpoints: [checkpoint] }));
    expect((await holdfast(['checkpoint', 'list', '--brief'])).stdout).toBe('c4 5 bytes\n');
    expect(asked('listCheckpoints')).toMatchObject({ parent: session, namespace: '-' });
    answer('deleteCheckpoints', DeleteCheckpointsResponse.fromPartial({ deleted: 2, more: true }));
    expect((await holdfast(['checkpoint', 'delete', 'c1', 'c2'])).stdout).toContain('repeat the command');
    expect((await holdfast(['checkpoint', 'delete'])).exitCode).toBe(2);
    expect((await holdfast(['checkpoint', 'retention'])).exitCode).toBe(2);
  });

  test('transcripts take what agents write: text, blocks, or items', async () => {
    answer('appendTranscript', AppendTranscriptResponse.fromPartial({ appended: 3, lastIndex: 3 }));
    const lines =
      '{"role":"user","content":"Hello"}\n\n{"content":[{"type":"text"}]}\n{"text":"x","uuid":"u1","role":"tool"}\n';
    expect((await holdfast(['transcript', 'append'], { stdin: lines })).stdout).toBe('3 appended, up to 3\n');
    expect(asked('appendTranscript')!['items']).toMatchObject([
      { role: 'user', text: 'Hello' },
      { role: 'user', content: { blocks: [{ type: 'text' }] } },
      { role: 'tool', text: 'x', uuid: 'u1' },
    ]);
    await holdfast(['transcript', 'append', '--text', '--role', 'assistant'], { stdin: 'Two\nlines\n' });
    expect(asked('appendTranscript')!['items']).toMatchObject([{ role: 'assistant', text: 'Two\nlines' }]);
    const wrong = await holdfast(['transcript', 'append'], { stdin: '{"text":"a"}\n{"txt":"b"}\n' });
    expect([wrong.exitCode, wrong.stderr.includes('line 2')]).toEqual([2, true]);
    const items = [TranscriptItem.fromPartial({ role: 'user', text: 'Hello\n\x1b[31mthere', index: 1 })];
    answer('readTranscript', ReadTranscriptResponse.fromPartial({ items }));
    expect((await holdfast(['transcript', 'show'])).stdout).toBe('#1 user\n  Hello\n   [31mthere\n');
    answer('popTranscript', PopTranscriptResponse.fromPartial({}));
    expect((await holdfast(['transcript', 'pop'])).stdout).toBe('it is empty\n');
  });

  test('locks: targets are paths or keys, and another session’s lock is not ended with its token', async () => {
    const lock = {
      name: 'projects/default/locks/l5',
      session,
      agent: 'projects/default/agents/alice',
      fencingToken: 5,
      targets: [{ target: { $case: 'path' as const, value: 'src/**' } }],
    };
    answer('acquireLock', AcquireLockResponse.fromPartial({ lock }));
    const args = ['lock', 'acquire', 'src/**', 'key:db', '--shared', '--wait', '1m', '--ttl', '5m', '--purpose', 'why'];
    expect((await holdfast(args)).stdout).toContain('l5 EXCLUSIVE src/** by alice (life-1)');
    expect(asked('acquireLock')).toMatchObject({
      targets: [{ target: { $case: 'path', value: 'src/**' } }, { target: { $case: 'key', value: 'db' } }],
      mode: LockMode.SHARED,
      wait: { seconds: 60 },
      ttl: { seconds: 300 },
    });
    answer('releaseLock', {});
    answer('getLock', GetLockResponse.fromPartial({ lock }));
    expect((await holdfast(['lock', 'release', 'l5'])).stdout).toBe('l5 is released\n');
    expect(asked('releaseLock')).toMatchObject({ fencingToken: 5 });
    answer('getLock', GetLockResponse.fromPartial({ lock: { ...lock, session: 'projects/default/sessions/other' } }));
    await holdfast(['lock', 'release', 'l5']);
    expect(asked('releaseLock')).toMatchObject({ fencingToken: 0 });
    const paths = [{ path: 'src/a.ts', locks: [lock], heldByOthers: true }, { path: 'b' }];
    answer('checkLocks', CheckLocksResponse.fromPartial({ paths }));
    const check = await holdfast(['lock', 'check', 'src/a.ts', 'b']);
    expect([check.exitCode, check.stdout]).toEqual([
      4,
      expect.stringMatching(/src\/a.ts {2}held by others\n[^]*b {2}free/),
    ]);
  });

  test('memories are put under namespace and key', async () => {
    const memory = { namespace: 'users/ada', key: 'editor', value: { name: 'vim' }, revision: 2, etag: '9' };
    answer('putMemory', PutMemoryResponse.fromPartial({ memory }));
    const put = await holdfast(['memory', 'put', 'users/ada/editor', '{"name":"vim"}', '--ttl', '1d', '--new']);
    expect(put.stdout).toBe('users/ada/editor is kept, revision 2, etag 9\n');
    expect(asked('putMemory')).toMatchObject({
      etag: '0',
      memory: { namespace: 'users/ada', key: 'editor', value: { name: 'vim' }, ttl: { seconds: 86400 } },
    });
    await holdfast(['memory', 'put', 'build/hint', 'Run make', '--text']);
    expect(asked('putMemory')).toMatchObject({ memory: { value: { text: 'Run make' } } });
    expect((await holdfast(['memory', 'put', 'nokey', '{}'])).exitCode).toBe(2);
    answer('getMemory', GetMemoryResponse.fromPartial({ memory }));
    expect((await holdfast(['memory', 'get', 'users/ada/editor'])).stdout).toBe('{"name":"vim"}\n');
    answer('listMemories', ListMemoriesResponse.fromPartial({ memories: [memory] }));
    expect((await holdfast(['memory', 'list', 'users', '--brief'])).stdout).toBe('users/ada/editor {"name":"vim"}\n');
    expect(asked('listMemories')).toMatchObject({ namespacePrefix: 'users' });
    answer('deleteMemory', DeleteMemoryResponse.fromPartial({ memory }));
    expect((await holdfast(['memory', 'delete', 'users/ada/editor'])).stdout).toBe('users/ada/editor is gone\n');
  });

  test('messages are acknowledged after they were printed, and none ends with 6', async () => {
    const message = {
      name: 'projects/default/messages/m3',
      sender: session,
      text: 'The API is ready',
      task: held.name,
    };
    answer('sendMessage', SendMessageResponse.fromPartial({ message }));
    expect((await holdfast(['message', 'send', 'sessions/life-2', 'Hi', '--task', 't1'])).stdout).toContain('m3 sent');
    expect(asked('sendMessage')).toMatchObject({ message: { recipient: 'projects/default/sessions/life-2' } });
    answer('receiveMessages', ReceiveMessagesResponse.fromPartial({ messages: [message] }));
    answer('acknowledgeMessages', AcknowledgeMessagesResponse.fromPartial({ acknowledged: 1 }));
    const got = await holdfast(['message', 'receive', '--wait', '2s', '--ack']);
    expect(got.stdout).toContain('m3  from life-1  about t1\n    The API is ready\n');
    expect(asked('receiveMessages')).toMatchObject({ session, wait: { seconds: 2 }, maxMessages: 50 });
    expect(asked('acknowledgeMessages')).toMatchObject({ names: [message.name] });
    answer('receiveMessages', ReceiveMessagesResponse.fromPartial({}));
    expect((await holdfast(['message', 'receive'])).exitCode).toBe(6);
  });

  test('a program that is to be run stands behind --', async () => {
    const marker = join(tempDir(), 'ran');
    for (const args of [
      ['run', '--agent', 'a'],
      ['run', 'x', '--', 'touch', marker],
      ['lock', 'run', '--', 'touch', marker],
      ['run', '--queue', 'docs', '--', 'touch', marker],
    ]) {
      expect((await holdfast(args)).exitCode).toBe(2);
    }
    expect([existsSync(marker), server.asked]).toEqual([false, []]);
  });
});
