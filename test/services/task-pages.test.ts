// Goal: pages of a listing that changes meanwhile skip and repeat no task that does not change, whichever index they come from.
// Method: between the pages random tasks are written to; the others must come exactly once. And tokens live as long as their query.

import type { ServiceError } from '@grpc/grpc-js';
import type { Priority } from '../../src/gen/holdfast/v1/task';
import * as requests from '../../src/gen/holdfast/v1/task_service';
import { encodePageToken } from '../../src/services/page-token';
import { canonicalText } from '../../src/services/request-hash';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { chosenSeed, randomFrom } from '../support/seed';
import type { Random } from '../support/seed';

const parent = 'projects/default';
const QUEUES = ['a', 'b', 'c', 'd'];
const MOVING = 30;
const STILL = 30;

/** A listing through each index, in each of its orders. All of them hold the tasks that stand still. */
const LISTINGS = [
  {},
  { orderBy: 'name desc' },
  { showDeleted: true },
  { parentTask: `${parent}/tasks/t1` },
  { filter: 'parent = t1', orderBy: 'name desc' },
  { filter: 'assignee = ann AND state = PENDING' },
  { filter: 'assignee = ann AND state = PENDING', orderBy: 'name desc' },
  { filter: 'state = PENDING OR state = PAUSED' },
  { filter: 'state = PENDING', orderBy: 'priority' },
  { filter: 'state = PENDING OR state = PAUSED', orderBy: 'priority desc' },
  { filter: 'ready = true' },
  { filter: 'ready = true', orderBy: 'priority desc' },
  { filter: 'ready = true', parent: 'projects/-' },
  { filter: 'title:still', parent: 'projects/-', orderBy: 'name' },
];

function content(random: Random, title: string) {
  const priority = (1 + random.below(5)) as Priority;
  return { title, priority, queue: random.pick(QUEUES), parent: `${parent}/tasks/t1`, assignee: 'ann' };
}

async function populate({ tasks }: Booted, random: Random): Promise<string[]> {
  await call(tasks, 'createTask', requests.CreateTaskRequest.fromPartial({ parent, task: { title: 'root' } }));
  const all = Array.from({ length: STILL + MOVING }, (_, i) => content(random, i % 2 === 0 ? 'still' : 'moving'));
  const request = { parent, requests: all.map((task) => ({ task })) };
  const made = await call(tasks, 'batchCreateTasks', requests.BatchCreateTasksRequest.fromPartial(request));
  return made.tasks.filter(({ title }) => title === 'still').map(({ name }) => name);
}

/** Some random writes to tasks that are not to stand still. */
async function write({ tasks }: Booted, random: Random): Promise<void> {
  for (let i = random.below(4); i > 0; i--) {
    const name = `${parent}/tasks/t${3 + 2 * random.below(MOVING)}`;
    const kind = random.below(60) === 0 ? 3 : random.pick([0, 1, 2, 4, 5]);
    const task = { name, ...content(random, 'moving') };
    const ignore = (): undefined => undefined;
    if (kind === 0) await call(tasks, 'pauseTask', requests.PauseTaskRequest.fromPartial({ name })).catch(ignore);
    else if (kind === 1)
      await call(tasks, 'resumeTask', requests.ResumeTaskRequest.fromPartial({ name })).catch(ignore);
    else if (kind === 2)
      await call(tasks, 'deleteTask', requests.DeleteTaskRequest.fromPartial({ name })).catch(ignore);
    else if (kind === 3) {
      await call(
        tasks,
        'createTask',
        requests.CreateTaskRequest.fromPartial({ parent, task: content(random, 'moving') }),
      );
    } else {
      await call(
        tasks,
        'updateTask',
        requests.UpdateTaskRequest.fromPartial({ task, updateMask: ['priority', 'queue'] }),
      ).catch(ignore);
    }
  }
}

it('skips and repeats no task that stands still while others are written between the pages', async () => {
  const random = randomFrom(chosenSeed());
  const booted = await boot();
  const still = await populate(booted, random);
  for (const listing of LISTINGS) {
    for (const pageSize of [1, 7, 23]) {
      const found: string[] = [];
      let pageToken = '';
      do {
        const request = requests.ListTasksRequest.fromPartial({ parent, ...listing, pageSize, pageToken });
        const page = await call(booted.tasks, 'listTasks', request);
        found.push(...page.tasks.filter(({ title }) => title === 'still').map(({ name }) => name));
        pageToken = page.nextPageToken;
        await write(booted, random);
      } while (pageToken !== '');
      expect([listing, pageSize, [...found].sort()]).toEqual([listing, pageSize, [...still].sort()]);
    }
  }
}, 600_000);

it('goes on with a token of any listing after a restart', async () => {
  const random = randomFrom(chosenSeed());
  let booted = await boot();
  await populate(booted, random);
  const read = async (listing: object, pageSize: number, pageToken = '') => {
    const request = requests.ListTasksRequest.fromPartial({ parent, ...listing, pageSize, pageToken });
    return call(booted.tasks, 'listTasks', request);
  };
  const before: { whole: string[]; token: string }[] = [];
  for (const listing of LISTINGS) {
    const whole = (await read(listing, 1000)).tasks.map(({ name }) => name);
    before.push({ whole, token: (await read(listing, 10)).nextPageToken });
  }
  await booted.stop();
  booted = await boot({ dir: booted.dir });
  for (const [i, listing] of LISTINGS.entries()) {
    const rest = (await read(listing, 1000, before[i]!.token)).tasks.map(({ name }) => name);
    expect([listing, rest]).toEqual([listing, before[i]!.whole.slice(10)]);
  }
});

it('refuses a token of another filter or order, and one whose place is none of the listing', async () => {
  const booted = await boot();
  await populate(booted, randomFrom(chosenSeed()));
  const list = (partial: object) =>
    call(booted.tasks, 'listTasks', requests.ListTasksRequest.fromPartial({ parent, ...partial }));
  const { nextPageToken: pageToken } = await list({ filter: 'ready = true', pageSize: 2 });
  const refused = (partial: object) =>
    list(partial).then(
      () => 'taken',
      ({ details }: ServiceError) => details,
    );
  expect(await refused({ pageToken, filter: 'ready = true', pageSize: 3, explain: true })).toBe('taken');
  expect(await refused({ pageToken, filter: 'ready = true ' })).toMatch(/page_token: belongs to another query/);
  expect(await refused({ pageToken, filter: 'ready = true', orderBy: 'name' })).toMatch(
    /page_token: belongs to another query/,
  );
  // A caller can make a token with a sound checksum: its place must still not reach the store unchecked.
  for (const [listing, place] of [
    [{}, 'nonsense'],
    [{}, '["r","",0,"AAAA"]'],
    [{}, '["p","default"]'],
    [{ filter: 'ready = true' }, '["m","default",-1,0,0,"t1"]'],
    [{ filter: 'ready = true' }, '["m","other",1,0,0,"t1"]'],
    [{ filter: 'ready = true' }, '["r","default",0,"AAAA"]'],
    [{ filter: 'ready = true' }, '["p","default"]'],
  ] as const) {
    const request = requests.ListTasksRequest.fromPartial({ parent, ...listing });
    const query = canonicalText('listTasks', {
      ...request,
      pageSize: 0,
      pageToken: '',
      atLeast: undefined,
      explain: false,
    });
    const forged = encodePageToken(place, query, 'anonymous');
    expect([place, await refused({ ...listing, pageToken: forged })]).toEqual([
      place,
      expect.stringMatching(/^page_token: /),
    ]);
  }
});
