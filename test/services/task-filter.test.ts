// Goal: whatever a filter says, and whichever index it goes through, the tasks are those that it says. Method: a store of random
// tasks behind a real server, random filters, orders and page sizes, and each filter's meaning tested on every task.

import fc from 'fast-check';
import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { DependencyKind, TaskState } from '../../src/gen/holdfast/v1/task';
import type { Task, Priority } from '../../src/gen/holdfast/v1/task';
import * as requests from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { AREAS, PEOPLE, QUEUES, randomFilter, WORDS } from '../support/random-filter';
import type { Said } from '../support/random-filter';
import { chosenSeed, countFromEnvironment, randomFrom } from '../support/seed';
import type { Random } from '../support/seed';

const parent = 'projects/default';
const name = (number: number): string => `${parent}/tasks/t${number}`;
const at = (year: number) => ({ seconds: Date.UTC(year, 0) / 1000, nanos: 0 });
const TASKS = 120;

/** Tasks of every state, kind and neighbourhood. t1 to t3 are parents; edges lead to earlier tasks. */
async function populate({ tasks }: Booted, random: Random): Promise<void> {
  for (let number = 1; number <= TASKS; number++) {
    const words = [0, 1, 2].map(() => random.pick(WORDS));
    const maybe = <T>(probability: number, value: T): T | undefined => (random.chance(probability) ? value : undefined);
    const area = random.pick([...AREAS, undefined]);
    const edge = () => ({
      task: random.chance(0.1) ? `${parent}/tasks/later` : name(4 + random.below(number - 4)),
      kind: random.pick([1, 1, 2, 3]) as DependencyKind,
    });
    const edges = number > 4 && random.chance(0.3) ? [edge()] : [];
    const task = {
      title: words.slice(0, 1 + random.below(2)).join(' '),
      description: maybe(0.5, words.join(' ')) ?? '',
      priority: random.below(6) as Priority,
      queue: random.pick(QUEUES),
      assignee: random.pick(PEOPLE),
      kind: random.pick(['', 'bug']),
      parent: number > 3 && random.chance(0.3) ? name(1 + random.below(3)) : '',
      externalId: number < 4 || random.chance(0.2) ? `E${number}` : '',
      labels: new Map<string, string>(area === undefined ? [] : [['area', area]]),
      annotations: new Map<string, string>(random.chance(0.2) ? [['a key', 'x']] : []),
      requiredCapabilities: maybe(0.2, ['css', 'node']) ?? [],
      dependencies: edges,
      dueTime: maybe(0.3, at(random.pick([2019, 2025, 2091]))),
      notBefore: maybe(0.4, at(random.pick([2019, 2025, 2091]))),
    };
    await call(tasks, 'createTask', requests.CreateTaskRequest.fromPartial({ parent, task, allowUnresolved: true }));
  }
  for (let number = 4; number <= TASKS; number++) {
    const partial = { name: name(number) };
    // Some verbs are refused: a parent with live children cannot end.
    const verb = random.below(9);
    if (verb === 0)
      await call(tasks, 'completeTask', requests.CompleteTaskRequest.fromPartial(partial)).catch(() => undefined);
    if (verb === 1) await call(tasks, 'failTask', requests.FailTaskRequest.fromPartial(partial)).catch(() => undefined);
    if (verb === 2)
      await call(tasks, 'pauseTask', requests.PauseTaskRequest.fromPartial(partial)).catch(() => undefined);
    if (verb === 3)
      await call(tasks, 'cancelTask', requests.CancelTaskRequest.fromPartial(partial)).catch(() => undefined);
    if (random.chance(0.1))
      await call(tasks, 'deleteTask', requests.DeleteTaskRequest.fromPartial(partial)).catch(() => undefined);
  }
}

async function listed({ tasks }: Booted, partial: object): Promise<Task[]> {
  const found: Task[] = [];
  let pageToken = '';
  do {
    const request = requests.ListTasksRequest.fromPartial({ parent, ...partial, pageToken });
    const page = await call(tasks, 'listTasks', request);
    found.push(...page.tasks);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return found;
}

/** Whether open blockers or live children hold a task back, by the definition alone. */
function isHeld(task: Task, all: ReadonlyMap<string, Task>): boolean {
  const live = (each: Task): boolean => each.state <= TaskState.PAUSED && !each.deleteTime;
  const open = task.dependencies.some(({ task: other, kind }) => {
    const state = all.get(other)?.state;
    if (kind === DependencyKind.BLOCKS) return state !== TaskState.SUCCEEDED;
    return kind === DependencyKind.RUN_IF_FAILED && state !== TaskState.FAILED;
  });
  return open || [...all.values()].some((child) => child.parent === task.name && live(child));
}

const numberOf = (task: Task): number => Number(task.name.slice(`${parent}/tasks/t`.length));
const inNameOrder = (a: Task, b: Task): number => numberOf(a) - numberOf(b);
const millisecondsOf = (time: Task['createTime']): number =>
  time ? time.seconds * 1000 + Math.floor(time.nanos / 1e6) : 0;
const inClaimOrder = (a: Task, b: Task): number =>
  a.priority - b.priority ||
  millisecondsOf(a.notBefore) - millisecondsOf(b.notBefore) ||
  millisecondsOf(a.createTime) - millisecondsOf(b.createTime) ||
  inNameOrder(a, b);

it('selects what the filter says, in the order that is asked for, through pages of any size', async () => {
  const seed = chosenSeed();
  const booted = await boot();
  await populate(booted, randomFrom(seed));
  const everything = await listed(booted, { showDeleted: true, pageSize: 1000, view: 2 });
  expect(everything).toHaveLength(TASKS);
  const byName = new Map(everything.map((task) => [task.name, task]));
  const held = new Map(everything.map((task) => [task.name, isHeld(task, byName)]));
  const expected = ({ means }: Said, showDeleted: boolean): Task[] =>
    everything.filter((task) => (showDeleted || !task.deleteTime) && means(task, held.get(task.name)!, Date.now()));
  const refusals = { count: 0 };
  let nonempty = 0;
  const property = fc.asyncProperty(
    randomFilter,
    fc.constantFrom('', '', 'name', 'name desc', 'priority', 'priority desc'),
    fc.constantFrom(3, 7, 50, 1000),
    fc.boolean(),
    async (filter, orderBy, pageSize, showDeleted) => {
      const query = { filter: filter.text, orderBy, pageSize, showDeleted };
      let found: Task[];
      try {
        found = await listed(booted, query);
      } catch (error) {
        // Only the order of claiming may be refused: it needs states that are indexed.
        const { code, details } = error as ServiceError;
        expect([orderBy.slice(0, 8), code, details.slice(0, 8)]).toEqual([
          'priority',
          Code.INVALID_ARGUMENT,
          'order_by',
        ]);
        refusals.count++;
        return;
      }
      const wanted = expected(filter, showDeleted);
      if (wanted.length > 0) nonempty++;
      expect(found.map(numberOf).sort((a, b) => a - b)).toEqual(wanted.map(numberOf).sort((a, b) => a - b));
      const sign = orderBy.endsWith('desc') ? -1 : 1;
      if (orderBy !== '') {
        const inOrder = orderBy.startsWith('name') ? inNameOrder : inClaimOrder;
        expect(found.map(numberOf)).toEqual(wanted.sort((a, b) => sign * inOrder(a, b)).map(numberOf));
      }
    },
  );
  await fc.assert(property, { seed, numRuns: countFromEnvironment('HOLDFAST_FILTERS', 600), endOnFailure: false });
  // A run in which nothing was found, or everything refused, would show nothing.
  expect(nonempty).toBeGreaterThan(100);
}, 600_000);
