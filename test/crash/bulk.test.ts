// Goal: a bulk change survives kills: it goes on by itself, changes every task that it is about exactly once, and its result
// adds up. Method: kill -9 of a real server, again and again at random moments of one operation, then count.

import { credentials } from '@grpc/grpc-js';
import { OperationServiceClient, WaitOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import {
  BatchCreateTasksRequest,
  BulkChangeTasksRequest,
  BulkChangeTasksResult,
  ListTasksRequest,
  TaskServiceClient,
} from '../../src/gen/holdfast/v1/task_service';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { call } from '../support/boot';
import { chosenSeed, randomFrom } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const parent = 'projects/default';
const BATCHES = 8;
const BATCH = 1000;
/** Of each batch, tasks that are CANCELED when the operation comes to them: an update refuses them. */
const ENDED = 100;
/** Kills in the midst of the operation; fewer, and the run does not count. */
const KILLS_MIN = 3;
/** Tasks that one life of the server changes before it is killed, at most. The first lives are short: a busy machine may let the server go on
 *  for long before the test sees how far it is. */
const LIFE_TASKS = 1500;
const SHORT_LIFE_TASKS = 100;

type Change = Parameters<typeof BulkChangeTasksRequest.fromPartial>[0]['change'];

class Life {
  readonly tasks: TaskServiceClient;
  readonly operations: OperationServiceClient;

  constructor(readonly server: ServerProcess) {
    this.tasks = new TaskServiceClient(server.address, credentials.createInsecure());
    this.operations = new OperationServiceClient(server.address, credentials.createInsecure());
  }

  static async begin(dir: string): Promise<Life> {
    return new Life(await startServer(dir));
  }

  async kill(): Promise<void> {
    await this.server.kill();
    this.tasks.close();
    this.operations.close();
  }

  async bulk(filter: string, change: Change): Promise<string> {
    const request = BulkChangeTasksRequest.fromPartial({ parent, filter, change });
    return (await call(this.tasks, 'bulkChangeTasks', request)).operation!.name;
  }

  /** The operation's result, when it has ended. */
  async result(name: string): Promise<BulkChangeTasksResult> {
    const request = WaitOperationRequest.fromPartial({ name, timeout: { seconds: 60 } });
    const { operation } = await call(this.operations, 'waitOperation', request);
    expect(operation!.state).toBe(OperationState.SUCCEEDED);
    if (operation!.result?.$case !== 'response') throw new Error('the operation has no response');
    return BulkChangeTasksResult.decode(operation!.result.value.value);
  }

  /** Waits until so many more tasks were changed. False: the operation ended before. */
  async survives(name: string, tasks: number): Promise<boolean> {
    let first: number | undefined;
    for (;;) {
      const { operation, position } = await call(this.operations, 'getOperation', { name, atLeast: undefined });
      if (operation!.state !== OperationState.RUNNING) return false;
      first ??= position!.sequence;
      if (position!.sequence >= first + tasks) return true;
    }
  }

  async list(): Promise<Task[]> {
    const found: Task[] = [];
    let pageToken = '';
    do {
      const request = ListTasksRequest.fromPartial({ parent, pageSize: 1000, pageToken });
      const page = await call(this.tasks, 'listTasks', request);
      found.push(...page.tasks);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    return found;
  }
}

async function fill({ tasks }: Life): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const requests = Array.from({ length: BATCH }, (_, i) => ({
      task: { title: 'x', kind: i < ENDED ? 'ended' : 'open' },
    }));
    await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
  }
}

// An update leaves tasks that still match the filter; a cancel leaves none that do.
const cases: readonly (readonly [string, string, Change])[] = [
  [
    'update',
    'title = "x"',
    { $case: 'update', value: { task: { priority: 1, queue: 'later' }, updateMask: ['priority', 'queue'] } },
  ],
  ['cancel', 'state = PENDING', { $case: 'cancel', value: { reason: 'superseded' } }],
];

it.each(cases)(
  'a bulk %s goes on after kills, and changes every task exactly once',
  async (verb, filter, change) => {
    const random = randomFrom(chosenSeed());
    const dir = tempDir();
    let life = await Life.begin(dir);
    await fill(life);
    await life.result(await life.bulk('kind = "ended"', { $case: 'cancel', value: {} }));
    const name = await life.bulk(filter, change);
    let kills = 0;
    const tasksOf = (lives: number): number => random.below(lives < KILLS_MIN ? SHORT_LIFE_TASKS : LIFE_TASKS);
    for (; await life.survives(name, tasksOf(kills)); kills++) {
      await life.kill();
      life = await Life.begin(dir);
    }
    const result = await life.result(name);
    const all = await life.list();
    await life.server.stop();
    expect(kills).toBeGreaterThanOrEqual(KILLS_MIN);
    const open = all.filter(({ kind }) => kind === 'open');
    expect(open).toHaveLength(BATCHES * (BATCH - ENDED));
    const state = verb === 'cancel' ? TaskState.CANCELED : TaskState.PENDING;
    expect(open.filter((task) => task.revision !== 2 || task.state !== state)).toEqual([]);
    expect(all.filter(({ kind, revision }) => kind === 'ended' && revision !== 2)).toEqual([]);
    const refused = verb === 'cancel' ? [] : [['ILLEGAL_TRANSITION', BATCHES * ENDED]];
    expect([result.changed, [...result.refused]]).toEqual([open.length, refused]);
  },
  900_000,
);
