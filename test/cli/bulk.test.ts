// Bulk changes and operations: what is asked before, what is told after, and what happens when the command goes away.

import { status } from '@grpc/grpc-js';
import { Operation, OperationState } from '../../src/gen/holdfast/v1/operation';
import type { BulkChangeTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { BulkChangeTasksResponse, BulkChangeTasksResult } from '../../src/gen/holdfast/v1/task_service';
import { boot } from '../support/boot';
import type { Given } from './command-line';
import { commandLine } from './command-line';
import { FakeServer, refusal } from './fake-server';

describe('on a real server', () => {
  async function world() {
    const { address } = await boot();
    const run = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
    for (const title of ['One', 'Two', 'Three']) await run(['task', 'create', title, '--label', 'area=docs']);
    await run(['task', 'create', 'Other']);
    return run;
  }
  const docs = ['--filter', 'labels.area = "docs"'];

  test('a bulk change counts first, asks, and tells what came of it', async () => {
    const run = await world();
    const bulk = ['task', 'bulk', 'pause', ...docs, '--reason', 'Later'];
    const dry = await run([...bulk, '--dry-run']);
    expect(dry.stdout).toMatch(/^3 tasks:\n( {2}t\d P2 PENDING \w+\n){3}$/);
    const nobody = await run(bulk);
    expect(nobody.exitCode).toBe(2);
    const no = await run(bulk, { isTty: true, stdin: 'no\n' });
    expect(no).toMatchObject({ exitCode: 1, stderr: 'pause 3 tasks? [y/N] Nothing was changed.\n' });
    expect((await run(['task', 'list', '--state', 'paused', '--brief'])).stdout).toBe('');
    const yes = await run(bulk, { isTty: true, stdin: 'y\n' });
    expect(yes.stdout).toMatch(/op-\S+ has SUCCEEDED: 3 changed, 0 refused\n$/);
    expect(yes.exitCode).toBe(0);
    expect((await run(['task', 'list', '--state', 'paused', '--brief'])).stdout.trimEnd().split('\n')).toHaveLength(3);
    expect((await run(['task', 'get', 't1'])).stdout).toContain('PAUSED: Later');
  });

  test('every verb does what it says', async () => {
    const run = await world();
    const bulk = async (verb: string, ...more: string[]) => {
      const { stdout, stderr, exitCode } = await run(['task', 'bulk', verb, ...docs, ...more, '--yes', '--json']);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ state: 'OPERATION_STATE_SUCCEEDED', response: { changed: '3' } });
      return (await run(['task', 'get', 't2', '--json'])).stdout;
    };
    expect(await bulk('pause')).toContain('TASK_STATE_PAUSED');
    expect(await bulk('resume')).toContain('TASK_STATE_PENDING');
    const updated = await bulk('update', '--priority', 'P0', '--label', 'seen=1', '--queue', 'q');
    expect(updated).toMatch(/"PRIORITY_P0".*"queue":"q".*"seen":"1"|"seen":"1"/);
    for (const id of ['t1', 't2', 't3']) await run(['task', 'fail', id]);
    expect(await bulk('retry')).toContain('TASK_STATE_PENDING');
    expect(await bulk('complete')).toContain('TASK_STATE_SUCCEEDED');
    expect(await bulk('delete')).toContain('deleteTime');
    expect((await run(['task', 'bulk', 'cancel', '--filter', 'title:Other', '--yes'])).stdout).toContain('1 changed');
  });

  test('what is refused is counted by reason, and the exit code says that not all was done', async () => {
    const run = await world();
    await run(['task', 'complete', 't1']);
    const { stdout, exitCode } = await run(['task', 'bulk', 'cancel', ...docs, '--yes']);
    expect(stdout).toContain('has SUCCEEDED: 2 changed, 1 refused\n  1 refused: ILLEGAL_TRANSITION\n');
    expect(exitCode).toBe(1);
  });

  test('nothing that matches is said and is no failure; a malformed change never starts', async () => {
    const run = await world();
    const none = await run(['task', 'bulk', 'cancel', '--filter', 'title = "none"']);
    expect(none).toMatchObject({ exitCode: 0, stdout: '', stderr: 'No task matches.\n' });
    expect((await run(['task', 'bulk', 'cancel', '--filter', 'no field', '--yes'])).exitCode).toBe(0);
    expect((await run(['task', 'bulk', 'cancel', '--filter', 'nix = 1', '--yes'])).stderr).toContain('FILTER_INVALID');
    expect((await run(['task', 'bulk', 'update', ...docs])).stderr).toContain('nothing to change');
    expect((await run(['task', 'bulk', 'cancel'])).exitCode).toBe(2);
    expect((await run(['operation', 'list'])).stderr).toBe('No operations.\n');
  });

  test('an operation is started without waiting, then listed, shown, waited for and canceled', async () => {
    const run = await world();
    const started = await run(['task', 'bulk', 'pause', ...docs, '--yes', '--no-wait']);
    const id = /(op-\S+) started/.exec(started.stdout)![1]!;
    const waited = await run(['operation', 'wait', id]);
    expect(waited).toMatchObject({ exitCode: 0, stdout: `${id} has SUCCEEDED: 3 changed, 0 refused\n` });
    const listed = await run(['operation', 'list']);
    expect(listed.stdout).toMatch(new RegExp(`^ID +STATE +DONE +STARTED\n${id} +SUCCEEDED +3 of 3 tasks +`));
    expect(listed.stdout).toContain('\n    pause tasks of default: labels.area = "docs"\n');
    expect((await run(['operation', 'show', id])).stdout).toContain('3 changed');
    // One that has ended is returned as it is.
    expect((await run(['operation', 'cancel', id, '--brief'])).stdout).toMatch(/^op-\S+ SUCCEEDED 3 of 3 tasks pause/);
    expect((await run(['operation', 'get', id, '--json'])).stdout).toContain('BulkChangeTasksResult');
    expect((await run(['operation', 'get', 'op-none'])).exitCode).toBe(3);
  });
});

describe('with a server that is slow', () => {
  let server: FakeServer;
  let address: string;
  const run = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  const name = 'operations/op-1';
  const operation = (state: OperationState, done: number) => {
    const result = BulkChangeTasksResult.fromPartial({ changed: done });
    const response = {
      typeUrl: 'type.googleapis.com/holdfast.v1.BulkChangeTasksResult',
      value: Buffer.from(BulkChangeTasksResult.encode(result).finish()),
    };
    const ended = state === OperationState.RUNNING ? undefined : { $case: 'response' as const, value: response };
    return Operation.fromPartial({ name, state, progress: { done, total: 9, unit: 'tasks' }, result: ended });
  };
  const seen = (state: OperationState, done: number) => ({ operation: operation(state, done), position: undefined });

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
    server.answers.set('bulkChangeTasks', (request: BulkChangeTasksRequest) =>
      BulkChangeTasksResponse.fromPartial(
        request.validateOnly ? { matched: 9 } : { operation: operation(OperationState.RUNNING, 0) },
      ),
    );
  });
  afterEach(() => server.stop());

  test('a stream that breaks is opened again until the operation has ended', async () => {
    let streams = 0;
    server.answers.set('watchOperation', () =>
      ++streams < 3 ? [seen(OperationState.RUNNING, streams)] : [seen(OperationState.SUCCEEDED, 9)],
    );
    const { stdout, stderr, exitCode } = await run(['operation', 'wait', 'op-1'], { isTty: true });
    expect(stdout).toContain('op-1 has SUCCEEDED: 9 changed, 0 refused');
    expect(stderr).toContain('Working [');
    expect({ exitCode, streams }).toEqual({ exitCode: 0, streams: 3 });
  });

  test('Ctrl-C leaves it running and says how to stop it; so does a time that is up', async () => {
    server.answers.set('watchOperation', () => [seen(OperationState.RUNNING, 1)]);
    const key = new AbortController();
    const bulk = run(['task', 'bulk', 'cancel', '--filter', 'a', '--yes'], { interrupt: key.signal });
    let over = false;
    void bulk.finally(() => (over = true));
    while (!over && !server.asked.some(({ method }) => method === 'watchOperation')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    key.abort();
    const { exitCode, stderr } = await bulk;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Follow it: holdfast operation wait op-1\nStop it: holdfast operation cancel op-1\n');
    expect((await run(['operation', 'wait', 'op-1', '--for', '50ms'])).exitCode).toBe(75);
  });

  test('an operation that failed or was canceled ends the waiting with 1', async () => {
    for (const state of [OperationState.FAILED, OperationState.CANCELED]) {
      server.answers.set('watchOperation', () => [seen(state, 4)]);
      expect((await run(['operation', 'wait', 'op-1'])).exitCode).toBe(1);
    }
  });

  test('the same command sent again carries the same request id, and the count carries none', async () => {
    server.answers.set('watchOperation', () => [seen(OperationState.SUCCEEDED, 9)]);
    server.failNext.push(undefined, refusal(status.UNAVAILABLE, 'DRAINING', 'stopping'));
    const { exitCode } = await run(['task', 'bulk', 'delete', '--filter', 'a', '--yes']);
    expect(exitCode).toBe(0);
    const [count, first, second] = server.requestIds;
    expect(count).toBe('');
    expect(first).toMatch(/^[0-9a-f]{8}-/);
    expect(second).toBe(first);
  });
});
