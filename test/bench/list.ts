// What a listing must not know: how many tasks there are beside those that it lists. A hundredth of `--tasks` and all of them, side by
// side, the same calls in turn.

import { ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { startHoldfast } from './child-server';
import type { ChildServer } from './child-server';
import { batchRequest, getRequest, parent, referenceTaskBytes } from './reference';
import { figure } from './results';
import type { Row } from './results';
import { firstTask } from './stage';
import type { MeasuredLoad, Stage, WantedLoad } from './stage';
import { median } from './statistics';

/** Tasks of one batch while seeding. */
const batchTasks = 1000;
/** A reply of the larger store may take so many times as long. */
const growthMax = 1.3;
/** Longer than LevelDB goes on sorting its tables after a start. */
const settleMs = 5000;
/** Entities on a page. */
const pageSize = 50;
/** A page as BASIC shows it has at least so many bytes of each task. */
const basicBytesLeast = 150;
/** Few calls at a time: the reply is looked at, not the queue before it. */
const fewInFlight = { connections: 2, inFlight: 1 } as const;

interface Asked {
  readonly what: string;
  readonly wanted: Omit<WantedLoad, 'count'>;
}

const list = (what: string, partial: object): Asked => ({
  what,
  wanted: {
    method: 'TaskService/ListTasks',
    message: ListTasksRequest.encode(ListTasksRequest.fromPartial({ parent, pageSize, ...partial })).finish(),
    ...fewInFlight,
    writes: false,
    replyBytes: pageSize * basicBytesLeast,
  },
});

const asked: readonly Asked[] = [
  list('list by state', { states: [1] }),
  list('list by priority', { filter: 'state = PENDING', orderBy: 'priority' }),
  list('list ready', { filter: 'ready = true' }),
  list('list by name, desc', { orderBy: 'name desc' }),
  {
    what: 'get',
    wanted: {
      method: 'TaskService/GetTask',
      message: getRequest(`${parent}/tasks/t77`),
      ...fewInFlight,
      writes: false,
      replyBytes: referenceTaskBytes,
    },
  },
];

/** Pages and reads beside each other at two sizes. */
export async function measureList(stage: Stage): Promise<Row[]> {
  const { tasks, calls, rounds } = stage.options;
  const sizes = [Math.ceil(tasks / 100), tasks] as const;
  const [small, large] = [await seeded(stage, sizes[0]), await seeded(stage, sizes[1])];
  try {
    const rows: Row[] = [];
    for (const { what, wanted } of asked) {
      const count = Math.max(100, Math.ceil(calls / (wanted.method.endsWith('GetTask') ? 1 : 10)));
      const found: { readonly small: MeasuredLoad; readonly large: MeasuredLoad }[] = [];
      // The first round does not count: V8 compiles in it, and caches fill.
      for (let round = -1; round < rounds; round++) {
        const pair =
          round % 2 === 0
            ? {
                small: await stage.load(small, { ...wanted, count }),
                large: await stage.load(large, { ...wanted, count }),
              }
            : {
                large: await stage.load(large, { ...wanted, count }),
                small: await stage.load(small, { ...wanted, count }),
              };
        if (round >= 0) found.push(pair);
      }
      rows.push({
        what: `${what}, large / small`,
        measured: figure(median(found.map((pair) => pair.large.p50Us)), 'µs'),
        against: figure(median(found.map((pair) => pair.small.p50Us)), 'µs'),
        score: median(found.map((pair) => pair.large.p50Us / pair.small.p50Us)),
        reach: { bound: 'most', value: growthMax },
        raw: { sizes, found },
      });
    }
    return rows;
  } finally {
    await small.stop();
    await large.stop();
  }
}

async function seeded(stage: Stage, tasks: number): Promise<ChildServer> {
  stage.say(`store of ${tasks.toLocaleString('en-US')} tasks`);
  const dir = stage.folder();
  const server = await startHoldfast(dir);
  await firstTask(server);
  let left = tasks;
  const work = async () => {
    while (left > 0) {
      const count = Math.min(left, batchTasks);
      left -= count;
      await server.client.unary('TaskService/BatchCreateTasks', batchRequest(count));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  // What was written last goes out of LevelDB's memory into its tables, in either store.
  await server.stop();
  const again = await startHoldfast(dir);
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return again;
}
