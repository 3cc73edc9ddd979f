// Following events: order, breaks, and where a follower starts.

import { status } from '@grpc/grpc-js';
import type { Given } from './command-line';
import { commandLine } from './command-line';
import { FakeServer, refusal } from './fake-server';

describe('holdfast events', () => {
  let server: FakeServer;
  let address: string;
  const holdfast = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  const create = async (...titles: string[]) => {
    for (const title of titles) await holdfast(['task', 'create', title]);
  };

  beforeEach(async () => {
    server = new FakeServer();
    address = await server.start();
  });
  afterEach(() => server.stop());

  test('without --follow it prints what the journal holds, and ends', async () => {
    await create('One', 'Two');
    const { stdout, exitCode } = await holdfast(['events', '--brief']);
    expect(stdout).toBe('1 task.created t1 PENDING  One\n2 task.created t2 PENDING  Two\n');
    expect(exitCode).toBe(0);
  });

  test('--json gives one event a line with its position', async () => {
    await create('One');
    const { stdout } = await holdfast(['events', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'task.created',
      position: { history: '00000000000000aa', sequence: '1' },
      after: { task: { title: 'One', state: 'TASK_STATE_PENDING' } },
    });
  });

  test('a stream that breaks in the middle of a record goes on after the last whole one', async () => {
    await create('1', '2', '3', '4', '5');
    server.breakWatchAfter = 3;
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line.split(' ')[0]!) === 5;
    const { exitCode, stderr } = await holdfast(['events', '--follow', '--earliest', '--brief'], { onLine });
    expect(lines).toEqual(['1', '2', '3', '4', '5']);
    expect(stderr).toContain('the stream broke');
    expect(exitCode).toBe(0);
    expect(server.watches.map(({ start }) => start)).toEqual([
      { $case: 'earliest', value: true },
      { $case: 'after', value: expect.objectContaining({ history: '00000000000000aa', sequence: 3 }) as unknown },
    ]);
  });

  test('following starts at the position of now, so that a break before the first event skips nothing', async () => {
    await create('before');
    const follow = holdfast(['events', '--follow', '--brief'], { onLine: () => true });
    while (server.watches.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(server.watches[0]!.start).toMatchObject({ $case: 'after', value: { sequence: 1 } });
    // The stream in hand never sees this event: only one that starts from the position can.
    await create('meanwhile');
    server.breakWatches();
    expect((await follow).stdout).toBe('2 task.created t2 PENDING  meanwhile\n');
  });

  test('--after takes a sequence of the present history, or names the history', async () => {
    await create('1', '2', '3');
    expect((await holdfast(['events', '--after', '2', '--brief'])).stdout).toMatch(/^3 /);
    await holdfast(['events', '--after', '00000000000000bb:2']);
    expect(server.watches.at(-1)!.start).toMatchObject({ value: { history: '00000000000000bb', sequence: 2 } });
    expect((await holdfast(['events', '--after', 'x'])).exitCode).toBe(2);
    expect((await holdfast(['events', '--after', '1', '--earliest'])).exitCode).toBe(2);
  });

  test('a position that the journal no longer holds ends the command and says what it holds', async () => {
    server.failWatch = refusal(status.OUT_OF_RANGE, 'POSITION_TOO_OLD', 'too old', { oldest: '17' });
    const { exitCode, stderr } = await holdfast(['events', '--follow', '--after', '1']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('The oldest position is 17');
  });
});
