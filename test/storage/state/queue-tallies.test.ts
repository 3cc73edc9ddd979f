// Goal: the counts of queues are those of a count of all rows, whatever commands do. Method: random commands on a small world, counted
// again from its rows after each.

import { indexedOf, isHeld } from '../../../src/domain/indexed';
import { Refusal } from '../../../src/domain/refusal';
import type { Action } from '../../../src/domain/command';
import { derive } from '../../../src/domain/derive';
import { stateName } from '../../../src/domain/task-state';
import { Change, EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { DependencyKind, Task, TaskState } from '../../../src/gen/holdfast/v1/task';
import { ProjectTallies } from '../../../src/storage/state/tallies';
import { createTask, on, World } from '../../support/world';
import type { Random } from '../../support/seed';
import { chosenSeed, randomFrom } from '../../support/seed';

const QUEUES = ['default', 'build', 'review'];
const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const VERBS = [
  'completeTask',
  'failTask',
  'pauseTask',
  'resumeTask',
  'retryTask',
  'deleteTask',
  'undeleteTask',
] as const;

function randomAction(random: Random): Action {
  const id = random.pick(IDS);
  switch (random.below(5)) {
    case 0:
    case 1: {
      const to = random.pick(IDS);
      const edge = { task: `projects/p/tasks/${to}`, kind: DependencyKind.BLOCKS };
      const dependencies = to !== id && random.below(2) === 0 ? [edge] : [];
      const parent = to !== id && random.below(3) === 0 ? `projects/p/tasks/${to}` : '';
      return {
        kind: 'createTask',
        request: { ...createTask({ queue: random.pick(QUEUES), dependencies, parent }, id), allowUnresolved: true },
      };
    }
    case 2: {
      const task = Task.fromPartial({ name: `projects/p/tasks/${id}`, queue: random.pick(QUEUES) });
      const request = { task, updateMask: ['queue'], etag: '', requestId: '', validateOnly: false };
      return { kind: 'updateTask', request };
    }
    default:
      return { kind: random.pick(VERBS), request: { ...on(id), result: undefined, error: undefined } as never };
  }
}

function recounted(world: World): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const [key, { image }] of world.view.rows) {
    const [kind, project, id] = key.split('/');
    if (Number(kind) !== EntityKind.TASK) continue;
    const { state, deleted, queue } = indexedOf(image);
    if (deleted || state === TaskState.SUCCEEDED || state === TaskState.CANCELED) continue;
    const held = isHeld(world.view.row(EntityKind.TASK_GRAPH, project!, id!)?.image);
    const column = state === TaskState.PENDING && held ? 'blocked' : stateName(state as TaskState).toLowerCase();
    const row = (counts[queue] ??= {});
    row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
}

test('counts of queues are those of a count of all rows, after every command', () => {
  const random = randomFrom(chosenSeed());
  let accepted = 0;
  const seen = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const world = new World();
    for (let step = 0; step < 60; step++) {
      try {
        world.run(randomAction(random));
        accepted++;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        continue;
      }
      const wanted = recounted(world);
      expect(world.view.queueCount('p')).toBe(Object.keys(wanted).length);
      for (const queue of QUEUES) {
        const { inputRequired, ...rest } = world.view.queueCounts('p', queue);
        expect(inputRequired).toBe(0);
        const counted = Object.fromEntries(Object.entries(rest).filter(([, count]) => count !== 0));
        expect([queue, counted]).toEqual([queue, wanted[queue] ?? {}]);
        expect(world.view.hasQueue('p', queue)).toBe(wanted[queue] !== undefined);
        for (const column of Object.keys(counted)) seen.add(column);
      }
    }
  }
  expect(accepted).toBeGreaterThan(300);
  expect([...seen].sort()).toEqual(['blocked', 'failed', 'paused', 'pending']);
});

test('a queue with settings counts while it has them, and keeps them through the encoding', () => {
  const tallies = new ProjectTallies();
  const change = (removed: boolean, previousSequence: number): Change =>
    Change.fromPartial({ kind: EntityKind.QUEUE, project: 'p', id: 'build', removed, previousSequence });
  const fold = (each: Change): void => tallies.add(each, derive(each));
  fold(change(false, 0));
  fold(change(false, 5));
  expect([tallies.queueCount('p'), tallies.hasQueue('p', 'build')]).toEqual([1, true]);
  const copy = ProjectTallies.decode(tallies.clone().encode());
  expect([copy.queueNames('p'), copy.hasQueue('p', 'build')]).toEqual([['build'], true]);
  fold(change(true, 6));
  expect([tallies.queueCount('p'), tallies.hasQueue('p', 'build')]).toEqual([0, false]);
  expect(copy.queueCount('p')).toBe(1);
});
