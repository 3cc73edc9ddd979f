// Goal: whatever is asked, in whatever order, the rules keep their invariants. Method: random commands over a few names, and
// after each a recount of everything from the rows, beside a history of what each row's last change was.

import * as fc from 'fast-check';
import { CascadeChanged } from '../../src/domain/cancel-task';
import type { Action, Decision } from '../../src/domain/command';
import { isLive } from '../../src/domain/derive';
import { indexedOf } from '../../src/domain/indexed';
import { formatTask, taskIdIn } from '../../src/domain/names';
import { Refusal } from '../../src/domain/refusal';
import type { Row } from '../../src/domain/view';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { Task } from '../../src/gen/holdfast/v1/task';
import { chosenSeed } from '../support/seed';
import { World, createTask, on } from '../support/world';

const ids = ['a', 'b', 'c', 'd', 't1', 't2', 't3'];
const id = fc.constantFrom(...ids);
const parent = fc.option(id, { nil: undefined, freq: 3 }).map((name) => (name ? formatTask('p', name) : ''));
const externalId = fc.constantFrom('', '', 'X-1', 'X-2');
const etag = fc.constantFrom('', '', '', '', '3');
const verb = fc.constantFrom(
  'completeTask',
  'failTask',
  'pauseTask',
  'resumeTask',
  'retryTask',
  'deleteTask',
  'undeleteTask',
  'purgeTask',
);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ parent, externalId, taskId: fc.constantFrom('', 'a', 'b', 'c', 'd') }).map(creation),
  },
  { weight: 8, arbitrary: fc.tuple(verb, id, etag).map(([kind, name, tag]) => plain(kind, name, tag)) },
  { weight: 4, arbitrary: fc.tuple(id, parent, etag).map(([name, to, tag]) => moving(name, to, tag)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(id, fc.boolean(), fc.oneof(fc.constant(ids), fc.subarray(ids)))
      .map(([name, all, listed]) => canceling(name, all, listed)),
  },
  { weight: 2, arbitrary: fc.tuple(id, fc.constantFrom('', 'd')).map(([name, taskId]) => reopening(name, taskId)) },
  { weight: 2, arbitrary: fc.array(fc.record({ parent, externalId }), { minLength: 1, maxLength: 3 }).map(batch) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('deleteProject', 'undeleteProject', 'undeleteProject', 'undeleteProject').map(ofProject),
  },
);

/** Verbs that mean something after one another, so that chance need not bring them together. */
const scripts = [
  ['deleteTask', 'undeleteTask'],
  ['deleteTask', 'purgeTask'],
  ['failTask', 'deleteTask', 'purgeTask'],
  ['failTask', 'retryTask'],
  ['pauseTask', 'resumeTask'],
] as const;
const script = fc
  .tuple(fc.constantFrom(...scripts), id)
  .map(([verbs, name]) => verbs.map((kind) => plain(kind, name, '')));
const steps = fc
  .array(fc.oneof({ weight: 5, arbitrary: action.map((one) => [one]) }, { weight: 1, arbitrary: script }), {
    minLength: 20,
    maxLength: 60,
  })
  .map((lists) => lists.flat());

function creation({ taskId, ...task }: { parent: string; externalId: string; taskId: string }): Action {
  return { kind: 'createTask', request: createTask(task, taskId) };
}

function plain(kind: string, name: string, tag: string): Action {
  const request = { ...on(name, tag), result: undefined, error: undefined };
  return { kind: kind as 'completeTask', request };
}

function moving(name: string, to: string, tag: string): Action {
  const task = Task.fromPartial({ name: formatTask('p', name), parent: to, assignee: 'ada' });
  return { kind: 'updateTask', request: { ...on(name, tag), task, updateMask: ['parent', 'assignee'] } };
}

function canceling(name: string, cascade: boolean, listed: string[]): Action {
  return {
    kind: 'cancelTask',
    request: { ...on(name), cascade },
    descendants: listed.map((task) => formatTask('p', task)),
  };
}

function reopening(name: string, taskId: string): Action {
  return { kind: 'reopenTask', request: { ...on(name), taskId } };
}

function batch(tasks: Partial<Task>[]): Action {
  const requests = tasks.map((task, i) => {
    const below = i > 0 && !task.parent ? { parent: `tasks/$r${i - 1}` } : {};
    return { ...createTask({ ...task, ...below }, '', ''), ref: `r${i}` };
  });
  return { kind: 'batchCreateTasks', request: { parent: 'projects/p', requests, requestId: '', validateOnly: false } };
}

function ofProject(kind: string): Action {
  return { kind: kind as 'deleteProject', request: on('projects/p') };
}

/** What the last change of each row was, by the row's key in the view. */
class History {
  private readonly last = new Map<string, { sequence: number; crc: number; image: Uint8Array; revision: number }>();

  constructor(world: World) {
    for (const [key, row] of world.view.rows) this.last.set(key, { ...row, revision: 1 });
  }

  follow(world: World, { changes, reply }: Decision): void {
    expect(changes.length).toBeGreaterThan(0);
    expect(new Set(reply).size).toBe(reply.length);
    const keys = changes.map(({ kind, project, id: row }) => `${kind}/${project}/${row}`);
    expect(new Set(keys).size).toBe(keys.length);
    changes.forEach((change, i) => {
      const before = this.last.get(keys[i]!);
      const graph = change.kind === EntityKind.TASK_GRAPH || change.kind === EntityKind.TASK_DEPENDENTS;
      expect(change.previousSequence).toBe(before?.sequence ?? 0);
      expect(change.previousCrc).toBe(before?.crc ?? 0);
      if (!graph) {
        const fields = before && { ...indexedOf(before.image, change.kind), held: change.previousIndexed?.held };
        expect(change.previousIndexed).toEqual(fields);
      }
      expect(change.event === EventType.UNSPECIFIED || change.event === EventType.TASK_READY).toBe(graph);
      this.last.delete(keys[i]!);
      if (change.removed) return expect(change.image).toHaveLength(0);
      expect(change.image.length).toBeGreaterThan(0);
      const revision = (before?.revision ?? 0) + 1;
      if (change.kind === EntityKind.TASK) {
        expect(Task.decode(change.image)).toMatchObject({
          etag: String(world.sequence),
          revision,
          name: formatTask('p', change.id),
        });
      }
      const { crc } = world.view.row(change.kind, change.project, change.id)!;
      this.last.set(keys[i]!, { sequence: world.sequence, crc, image: change.image, revision });
    });
  }
}

/** Recounts everything that is counted. */
function recount(world: World): void {
  const rows = [...world.view.rows].filter(([key]) => key.startsWith(`${EntityKind.TASK}/`));
  const tasks = rows.map(([key, { image }]) => ({ id: taskIdIn(key), task: Task.decode(image) }));
  const live = tasks.filter(({ task }) => isLive(task.state) && !task.deleteTime);
  const graphs = [...world.view.rows.keys()].filter((key) => key.startsWith(`${EntityKind.TASK_GRAPH}/`)).map(taskIdIn);
  const children = new Map<string, number>();
  for (const { task } of live) {
    const name = task.parent && taskIdIn(task.parent);
    if (name) children.set(name, (children.get(name) ?? 0) + 1);
  }
  const counted = graphs.map((name) => [name, world.liveChildren(name)] as const).filter(([, count]) => count > 0);
  expect(new Map(counted)).toEqual(children);
  expect(world.view.tally('p')).toMatchObject({ tasks: tasks.length, liveTasks: live.length });
  const external = tasks.map(({ task }) => task.externalId).filter(Boolean);
  expect(new Set(external).size).toBe(external.length);
  const parents = new Map(tasks.map((found) => [found.id, found.task.parent && taskIdIn(found.task.parent)]));
  for (const { id: start, task } of tasks) {
    let steps = 0;
    for (let at = parents.get(start); at && steps < 64; at = parents.get(at)) steps++;
    if (steps === 64) throw new Error(`the parents of ${start} have a cycle`);
    if (Boolean(task.endTime) === isLive(task.state)) throw new Error(`${start} has a wrong end_time`);
    if (Boolean(task.purgeTime) !== Boolean(task.deleteTime)) throw new Error(`${start} has a wrong purge_time`);
  }
}

describe('random commands', () => {
  it('keep every count, link and name right, and refused ones change nothing', () => {
    const seed = chosenSeed();
    const seen = new Map<string, number>();

    fc.assert(
      fc.property(steps, (actions) => {
        const world = new World();
        for (const [name, above] of ['a', 'ba', 'cb', 'd'])
          world.create({ parent: above && formatTask('p', above) }, name);
        for (let i = 0; i < 3; i++) world.create();
        const history = new History(world);
        for (const asked of actions) {
          // Nothing is due before.
          if (asked.kind === 'purgeTask') world.nowMs += 31 * 86_400_000;
          const outcome = attempt(world, history, asked);
          seen.set(`${asked.kind} ${outcome}`, (seen.get(`${asked.kind} ${outcome}`) ?? 0) + 1);
          recount(world);
        }
      }),
      { numRuns: 100, seed },
    );
    for (const kind of [
      'createTask',
      'batchCreateTasks',
      'updateTask',
      'cancelTask',
      'reopenTask',
      'purgeTask',
      'undeleteTask',
    ]) {
      expect([kind, (seen.get(`${kind} accepted`) ?? 0) > 10]).toEqual([kind, true]);
    }
    for (const outcome of ['updateTask DEPENDENCY_CYCLE', 'cancelTask CascadeChanged', 'createTask ALREADY_EXISTS']) {
      expect([outcome, (seen.get(outcome) ?? 0) > 5]).toEqual([outcome, true]);
    }
  }, 600_000);
});

/** Decides as a dry run, then in earnest; the two must agree. */
function attempt(world: World, history: History, asked: Action): string {
  const rows = new Map(world.view.rows);
  let dry: Decision | undefined;
  try {
    dry = world.decide(asked, true);
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof CascadeChanged)) throw error;
    expect(() => world.decide(asked)).toThrow(error.message);
    unchanged(world, rows);
    return error instanceof Refusal ? error.reason : error.name;
  }
  unchanged(world, rows);
  const { decision } = world.run(asked);
  expect(decision.changes.map(facts)).toEqual(dry.changes.map(facts));
  expect(decision.reply).toEqual(dry.reply);
  history.follow(world, decision);
  return 'accepted';
}

function unchanged(world: World, rows: ReadonlyMap<string, Row>): void {
  const same = world.view.rows.size === rows.size && [...rows].every(([key, row]) => world.view.rows.get(key) === row);
  if (!same) throw new Error('a command that was only decided changed the view');
}

/** A change without the uid, which is fresh each time. */
function facts({ image, ...change }: Decision['changes'][number]): unknown {
  const isTask = change.kind === EntityKind.TASK && !change.removed;
  return { ...change, after: isTask ? { ...Task.decode(image), uid: '' } : image.length };
}
