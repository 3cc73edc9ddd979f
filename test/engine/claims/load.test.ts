import { indexedOf } from '../../../src/domain/indexed';
import { parseFilter } from '../../../src/domain/query/filter';
import { Demand } from '../../../src/engine/claims/demand';
import { LOADED_KEYS, loadBands } from '../../../src/engine/claims/load';
import { ClaimWindow } from '../../../src/engine/claims/window';
import type { Engine } from '../../../src/engine/engine';
import { claimKeyOf, compareClaims } from '../../../src/engine/query/order';
import type { Task } from '../../../src/gen/holdfast/v1/task';
import { BatchCreateTasksRequest } from '../../../src/gen/holdfast/v1/task_service';
import { boot } from '../../support/boot';
import { chosenSeed, randomFrom } from '../../support/seed';
import { createTask } from '../../support/world';

const COUNT = 3000;
const AHEAD_MS = 1_000_000;

let engine: Engine;
beforeEach(async () => {
  ({ engine } = await boot());
});

async function create(tasks: readonly Partial<Task>[]): Promise<void> {
  const caller = { principal: 'local', session: '', sessionToken: '' };
  for (let at = 0; at < tasks.length; at += 1000) {
    const requests = tasks.slice(at, at + 1000).map((task) => createTask(task, '', 'projects/default'));
    const request = BatchCreateTasksRequest.fromPartial({ parent: 'projects/default', requests });
    await engine.execute({ kind: 'batchCreateTasks', request, caller, validateOnly: false });
  }
}

const demandOf = (assignee: string, capabilities: string[] = [], filter = ''): Demand =>
  new Demand('default', 'default', assignee, capabilities, parseFilter(filter, 'filter'), () => undefined);

/** What a demand takes at a time, told from all rows. */
function plainSort(demand: Demand, nowMs: number): Promise<string[]> {
  return engine.withSnapshot(async (snapshot) => {
    const keys = [];
    for await (const { id, row } of snapshot.scan({ by: 'tasks', project: 'default' })) {
      const indexed = indexedOf(row.image);
      if (indexed.notBeforeMs <= nowMs && demand.keyOf(id, row.image, false)) keys.push(claimKeyOf(indexed, id));
    }
    return keys.sort(compareClaims).map(({ id }) => id);
  });
}

/** The same through a window that is read on as it runs out, each task taken when it is first. */
async function throughWindow(demand: Demand, nowMs: number): Promise<{ ids: string[]; loads: number; most: number }> {
  const window = new ClaimWindow();
  const ids: string[] = [];
  let [loads, most] = [0, 0];
  for (;;) {
    const [key] = window.first(nowMs, 1).keys;
    if (key) {
      ids.push(key.id);
      window.change(key.id, key, undefined);
      continue;
    }
    const first = window.needs(nowMs, 1);
    if (first === undefined) return { ids, loads, most };
    const bounds = window.beginLoad();
    window.endLoad(await engine.withSnapshot((snapshot) => loadBands(snapshot, demand, bounds, first, nowMs)));
    most = Math.max(most, window.size);
    loads++;
  }
}

it('reads exactly what a plain sort of all rows gives, for tasks of everybody and of one agent (F1)', async () => {
  const random = randomFrom(chosenSeed());
  const { nowMs } = engine;
  const timeOf = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: 0 });
  const tasks = Array.from({ length: COUNT }, (): Partial<Task> => ({
    priority: (1 + random.below(5)) as Task['priority'],
    assignee: random.pick(['', '', '', 'anna', 'ben']),
    requiredCapabilities: random.pick([[], [], ['rust'], ['sql']]),
    labels: random.chance(0.1) ? new Map([['area', 'docs']]) : new Map<string, string>(),
    notBefore: random.chance(0.4) ? timeOf(nowMs + random.below(2 * AHEAD_MS) - AHEAD_MS) : undefined,
    queue: random.pick(['', '', '', 'other']),
  }));
  await create(tasks);
  const demands = [
    demandOf(''),
    demandOf('', ['rust', 'sql']),
    demandOf('', [], 'labels.area = docs'),
    demandOf('anna', ['rust']),
    demandOf('nobody'),
  ];
  for (const demand of demands) {
    for (const at of [nowMs, nowMs + AHEAD_MS / 2, nowMs + 2 * AHEAD_MS]) {
      const { ids } = await throughWindow(demand, at);
      expect(ids).toEqual(await plainSort(demand, at));
    }
  }
}, 600_000);

it('reads a queue in as few stretches as it can, and past tasks that lie ahead in time (F2)', async () => {
  const { nowMs } = engine;
  const notBefore = { seconds: Math.floor(nowMs / 1000) + 3600, nanos: 0 };
  await create(Array.from({ length: 2000 }, () => ({ priority: 1 as const, notBefore })));
  await create(Array.from({ length: 1200 }, () => ({ priority: 3 as const })));
  const { ids, loads, most } = await throughWindow(demandOf(''), nowMs);
  expect(ids).toHaveLength(1200);
  expect(loads).toBe(Math.ceil(1200 / LOADED_KEYS));
  // Of those ahead in time a stretch is known, not all.
  expect(most).toBeLessThan(LOADED_KEYS + 300);
});
