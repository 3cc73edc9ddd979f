// Goal: whatever is asked, in whatever order, the rows say of each task what the definition of readiness says. Method: random
// verbs over a few tasks with random edges; the index entries are folded from `derive` alone, as the state folds them; the
// definition is written down here a second time, over decoded tasks and a memory of those that were purged.

import { CascadeChanged } from '../../src/domain/cancel-task';
import type { Action } from '../../src/domain/command';
import { derive, isLive } from '../../src/domain/derive';
import { formatTask, taskIdIn } from '../../src/domain/names';
import { readinessOf } from '../../src/domain/readiness';
import { Refusal } from '../../src/domain/refusal';
import { Change, EntityKind, EventType, TaskDependents } from '../../src/gen/holdfast/journal/v1/journal';
import { DependencyKind, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { chosenSeed, randomFrom } from '../support/seed';
import { unfit } from '../support/unfit';
import type { Random } from '../support/seed';
import { World, createTask, on } from '../support/world';

const { BLOCKS, RUN_IF_FAILED, RELATED } = DependencyKind;
const chosen = ['a', 'b', 'c', 'd', 'e'];
const ids = [...chosen, 't1', 't2', 't3', 't4'];
const targets = [...ids, 'external:X', 'external:Y'];
const kinds = [BLOCKS, BLOCKS, BLOCKS, RUN_IF_FAILED, RELATED];

/** The world with what the state would hold: index entries, and the tasks that are gone. */
class GraphWorld {
  readonly world = new World();
  /** The PENDING tasks that the index has as held back or not. */
  readonly index = new Map<string, boolean>();
  readonly gone = new Map<string, Task>();
  readonly ready: string[] = [];

  run(action: Action): void {
    const before = new Map(this.tasks().map((task) => [taskIdIn(task.name), task]));
    const outcome = this.world.run(action);
    this.ready.length = 0;
    for (const change of outcome.decision.changes) {
      const { put, remove } = derive(Change.decode(Change.encode(change).finish()));
      for (const entry of remove) {
        if (entry.index !== 'state' || entry.state !== TaskState.PENDING) continue;
        expect([change.id, this.index.get(change.id)]).toEqual([change.id, entry.held]);
        this.index.delete(change.id);
      }
      for (const entry of put) {
        if (entry.index === 'state' && entry.state === TaskState.PENDING) this.index.set(change.id, entry.held);
      }
      if (change.event === EventType.TASK_READY) this.ready.push(change.id);
      if (change.kind === EntityKind.TASK && change.removed) this.gone.set(change.id, before.get(change.id)!);
    }
  }

  tasks(): Task[] {
    const rows = [...this.world.view.rows].filter(([key]) => key.startsWith(`${EntityKind.TASK}/`));
    return rows.map(([, { image }]) => Task.decode(image));
  }

  /** The definition: by what state an edge to this task counts. */
  standing(id: string): TaskState {
    let at = this.tasks().find((task) => taskIdIn(task.name) === id) ?? this.gone.get(id);
    while (at?.successor) {
      const next = taskIdIn(at.successor);
      at = this.tasks().find((task) => taskIdIn(task.name) === next) ?? this.gone.get(next);
    }
    return at?.state ?? TaskState.UNSPECIFIED;
  }

  /** The definition: whether edges or children hold the task back. */
  isHeld(task: Task): boolean {
    const children = this.tasks().some((each) => each.parent === task.name && !each.deleteTime && isLive(each.state));
    const wanted = new Map<DependencyKind, TaskState>([
      [BLOCKS, TaskState.SUCCEEDED],
      [RUN_IF_FAILED, TaskState.FAILED],
    ]);
    const blocked = task.dependencies.some(({ task: target, kind }) => {
      const state = wanted.get(kind);
      return state !== undefined && this.standing(taskIdIn(target)) !== state;
    });
    return children || blocked;
  }
}

function step(random: Random, tasks: readonly Task[]): Action {
  const id = random.pick(ids);
  const target = formatTask('p', random.pick(targets));
  const edge = { task: target, kind: random.pick(kinds) };
  const deleted = tasks.filter((task) => task.deleteTime);
  if (deleted.length > 0 && random.chance(0.3)) {
    return { kind: 'purgeTask', request: on(random.pick(deleted).name) };
  }
  switch (random.below(13)) {
    case 0:
    case 1: {
      const parent = random.chance(0.4) ? formatTask('p', random.pick(ids)) : '';
      const externalId = random.chance(0.3) ? random.pick(['X', 'Y']) : '';
      const dependencies = random.chance(0.5) ? [edge] : [];
      const request = createTask({ parent, externalId, dependencies }, random.chance(0.7) ? random.pick(chosen) : '');
      return { kind: 'createTask', request: { ...request, allowUnresolved: random.chance(0.8) } };
    }
    case 2:
    case 3:
    case 4:
      return { kind: 'addDependency', request: { ...on(id), dependency: edge, allowUnresolved: random.chance(0.5) } };
    case 5: {
      const edges = tasks.flatMap((task) =>
        [...task.dependencies, ...task.unresolvedDependencies].map((each) => ({ ...each, of: task.name })),
      );
      const one = edges.length > 0 ? random.pick(edges) : { ...edge, of: formatTask('p', id) };
      const dependency = { task: one.task, kind: random.chance(0.5) ? one.kind : DependencyKind.UNSPECIFIED };
      return { kind: 'removeDependency', request: { ...on(one.of), dependency } };
    }
    case 6:
    case 12: {
      const task = Task.fromPartial({
        name: formatTask('p', id),
        parent: random.chance(0.7) ? formatTask('p', random.pick(ids)) : '',
      });
      return { kind: 'updateTask', request: { ...on(id), task, updateMask: ['parent'] } };
    }
    case 7:
      return { kind: 'reopenTask', request: { ...on(id), taskId: '' } };
    case 8:
      return { kind: 'cancelTask', request: { ...on(id), cascade: false } };
    default: {
      const verbs = [
        ...['completeTask', 'completeTask', 'completeTask', 'failTask', 'failTask', 'retryTask', 'pauseTask'],
        ...['resumeTask', 'deleteTask', 'deleteTask', 'undeleteTask'],
      ] as const;
      const request = { ...on(id), result: undefined, error: undefined };
      return { kind: random.pick(verbs), request };
    }
  }
}

/** Every PENDING task stands in the index as the definition has it, and graph rows have no edge too many. */
function check(world: GraphWorld): void {
  expect(unfit(world.world.view)).toEqual([]);
  const pending = world.tasks().filter((task) => task.state === TaskState.PENDING && !task.deleteTime);
  const wanted = new Map(pending.map((task) => [taskIdIn(task.name), world.isHeld(task)]));
  expect(new Map([...world.index].sort())).toEqual(new Map([...wanted].sort()));
  const look = (kind: EntityKind, project: string, id: string) => world.world.view.row(kind, project, id)?.image;
  for (const task of world.tasks()) {
    const id = taskIdIn(task.name);
    const { ready } = readinessOf(look, 'p', id, task, world.world.nowMs);
    expect([id, ready]).toEqual([id, wanted.get(id) === false]);
  }
  const registered = (kind: EntityKind) =>
    [...world.world.view.rows]
      .filter(([key]) => key.startsWith(`${kind}/`))
      .reduce((sum, [, { image }]) => sum + TaskDependents.decode(image).dependents.length, 0);
  const edges = world.tasks().reduce((sum, task) => sum + task.dependencies.length, 0);
  const unresolved = world.tasks().reduce((sum, task) => sum + task.unresolvedDependencies.length, 0);
  expect([registered(EntityKind.TASK_DEPENDENTS), registered(EntityKind.TASK_AWAITED)]).toEqual([edges, unresolved]);
  acyclic(world);
}

/** Nobody waits for itself, by edges, successors and children. */
function acyclic(world: GraphWorld): void {
  const last = (id: string): string => {
    const task = world.tasks().find(({ name }) => taskIdIn(name) === id) ?? world.gone.get(id);
    return task?.successor ? last(taskIdIn(task.successor)) : id;
  };
  const waits = new Map<string, string[]>();
  const add = (from: string, to: string) => waits.set(from, [...(waits.get(from) ?? []), to]);
  for (const task of world.tasks()) {
    const id = taskIdIn(task.name);
    if (task.parent) add(taskIdIn(task.parent), id);
    for (const { task: target, kind } of task.dependencies) if (kind <= RUN_IF_FAILED) add(id, last(taskIdIn(target)));
  }
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`a cycle: ${[...path, id].join(' -> ')}`);
    if (done.has(id)) return;
    for (const next of waits.get(id) ?? []) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of waits.keys()) visit(id, []);
}

/** A task that ends, goes, and comes again under its id, while others depend on it. */
function life(random: Random): Action[] {
  const id = random.pick(chosen);
  const request = { ...on(id), result: undefined, error: undefined };
  const kind = random.pick(['completeTask', 'failTask'] as const);
  const again = { ...createTask({}, id), allowUnresolved: false };
  return [
    { kind, request },
    { kind: 'deleteTask', request },
    { kind: 'purgeTask', request },
    { kind: 'createTask', request: again },
  ];
}

test('rows say who is ready as the definition does, after any verbs in any order', () => {
  const seed = chosenSeed();
  const random = randomFrom(seed);
  const seen = new Map<string, number>();
  for (let round = 0; round < 200; round++) {
    const world = new GraphWorld();
    const script: Action[] = [];
    for (let i = 0; i < 60; i++) {
      if (script.length === 0 && random.chance(0.05)) script.push(...life(random));
      const asked = script.shift() ?? step(random, world.tasks());
      if (asked.kind === 'purgeTask') world.world.nowMs += 31 * 86_400_000;
      const held = new Map(world.index);
      let outcome = 'accepted';
      try {
        world.run(asked);
        check(world);
        const freed = [...world.index].filter(([id, now]) => !now && held.get(id)).map(([id]) => id);
        expect(world.ready.sort()).toEqual(freed.sort());
        for (const id of freed) seen.set(`ready ${id.length > 0}`, (seen.get('ready true') ?? 0) + 1);
      } catch (error) {
        if (!(error instanceof Refusal) && !(error instanceof CascadeChanged)) {
          throw new Error(`round ${round}, step ${i}: ${JSON.stringify(asked)}`, { cause: error });
        }
        outcome = error instanceof Refusal ? error.reason : error.message;
      }
      seen.set(`${asked.kind} ${outcome}`, (seen.get(`${asked.kind} ${outcome}`) ?? 0) + 1);
    }
  }
  for (const often of [
    ...['createTask accepted', 'addDependency accepted', 'addDependency DEPENDENCY_CYCLE', 'removeDependency accepted'],
    ...[
      'updateTask accepted',
      'updateTask DEPENDENCY_CYCLE',
      'reopenTask accepted',
      'purgeTask accepted',
      'ready true',
    ],
  ]) {
    expect([often, (seen.get(often) ?? 0) > 8]).toEqual([often, true]);
  }
}, 600_000);
