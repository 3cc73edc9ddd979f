import { Briefing, ConflictKind } from '../../../src/gen/holdfast/v1/briefing';
import { DependencyKind, TaskState } from '../../../src/gen/holdfast/v1/task';
import {
  AddDependencyRequest,
  BatchCreateTasksRequest,
  CancelTaskRequest,
  DeleteTaskRequest,
  GetTaskRequest,
  UpdateTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { PARENT, bootAgents, claimAs, endAs, resumeAs, startAs } from '../../support/agent-client';
import type { AgentServer } from '../../support/agent-client';
import { call } from '../../support/boot';

const COUNT = 1000;
const nameOf = (i: number) => `${PARENT}/tasks/n${i}`;
const idOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);

/** A server on which ada's session holds a thousand tasks. */
async function thousand() {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const requests = Array.from({ length: COUNT }, (_, i) => ({
    task: {
      title: `Task ${i} of a thousand`,
      description: 'What is to be done, in some words.',
      priority: 1 + (i % 5),
    },
    taskId: `n${i}`,
  }));
  const batch = BatchCreateTasksRequest.fromPartial({ parent: PARENT, requests: requests as object[] });
  await call(server.tasks, 'batchCreateTasks', batch);
  await each(COUNT, (i) => claimAs(server, ada, nameOf(i)));
  return { server, ada };
}

/** Does something for each number, a hundred at a time. */
async function each(count: number, work: (i: number) => Promise<unknown>, step = 1): Promise<void> {
  const all = Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
  for (let i = 0; i < all.length; i += 100) await Promise.all(all.slice(i, i + 100).map(work));
}

const update = ({ tasks }: AgentServer, i: number) => {
  const request = UpdateTaskRequest.fromPartial({ task: { name: nameOf(i), title: 'Other' }, updateMask: ['title'] });
  return call(tasks, 'updateTask', request);
};

test('a resume takes over a thousand tasks and tells of them in order, within its bound', async () => {
  const { server, ada } = await thousand();
  await each(COUNT, (i) => update(server, i), 10);
  const from = { $case: 'session' as const, value: ada.name };
  const { briefing } = await resumeAs(server, { from, takeOver: true, maxBytes: 1_000_000 });
  expect(Briefing.encode(briefing!).finish().length).toBeLessThanOrEqual(1_000_000);
  expect(briefing!.tasks).toHaveLength(COUNT);
  expect(briefing!.tasks.every(({ held }) => held)).toBe(true);
  const wanted = Array.from({ length: COUNT }, (_, i) => i).sort((a, b) => (a % 5) - (b % 5) || a - b);
  // Tasks of one batch are of one moment: among those of one priority their ids decide, as bytes.
  const byPriority = (i: number) =>
    wanted
      .filter((n) => n % 5 === i)
      .map((n) => `n${n}`)
      .sort();
  const found = briefing!.tasks.map(({ task }) => idOf(task!.name));
  expect(found).toEqual([0, 1, 2, 3, 4].flatMap(byPriority));
  expect(briefing!.conflicts.map(({ task, kind }) => [task, kind])).toEqual(
    found.filter((id) => Number(id.slice(1)) % 10 === 0).map((id) => [`${PARENT}/tasks/${id}`, ConflictKind.CHANGED]),
  );
  expect(briefing!.omissions).toEqual([]);
});

test('a resume of what was given back sees a graph that changed: order, conflicts and what could not be claimed', async () => {
  const { server, ada } = await thousand();
  const { tasks } = server;
  const bob = await startAs(server, 'bob');
  await endAs(server, ada);
  const last = () => call(tasks, 'getTask', GetTaskRequest.fromPartial({ name: nameOf(COUNT - 1) }));
  // What one commit cannot give back follows at once, by the server itself.
  while ((await last()).task!.state !== TaskState.PENDING) await new Promise((resolve) => setTimeout(resolve, 10));
  // n0, n10, … each wait for the next of them: the last comes first. Of the others some are claimed, canceled, deleted.
  await each(
    COUNT - 10,
    (i) => {
      const dependency = { task: nameOf(i + 10), kind: DependencyKind.BLOCKS };
      return call(tasks, 'addDependency', AddDependencyRequest.fromPartial({ name: nameOf(i), dependency }));
    },
    10,
  );
  await each(100, (i) => claimAs(server, bob, nameOf(10 * i + 1)));
  await each(100, (i) => call(tasks, 'cancelTask', CancelTaskRequest.fromPartial({ name: nameOf(10 * i + 2) })));
  await each(100, (i) => call(tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name: nameOf(10 * i + 3) })));
  const { briefing } = await resumeAs(server, { from: { $case: 'agent', value: 'ada' }, maxBytes: 1_000_000 });
  const place = new Map(briefing!.tasks.map(({ task }, i) => [task!.name, i]));
  expect(place.size).toBe(700);
  for (const { task, after } of briefing!.tasks) {
    for (const before of after) expect(place.get(before)).toBeLessThan(place.get(task!.name)!);
  }
  const chain = briefing!.tasks.filter(({ task }) => idOf(task!.name).endsWith('0'));
  expect(chain.map(({ task }) => idOf(task!.name))).toEqual(Array.from({ length: 100 }, (_, i) => `n${990 - 10 * i}`));
  // All of the chain but its end could not be claimed: something holds them back now.
  expect(chain.map(({ held }) => held)).toEqual([true, ...Array.from({ length: 99 }, () => false)]);
  const count = (kind: ConflictKind) => briefing!.conflicts.filter((conflict) => conflict.kind === kind).length;
  const { CLAIMED, ENDED, DELETED, BLOCKED, CHANGED } = ConflictKind;
  expect([CLAIMED, ENDED, DELETED, BLOCKED, CHANGED].map(count)).toEqual([100, 100, 100, 99, 99]);
  for (const { session } of briefing!.conflicts.filter(({ kind }) => kind === CLAIMED)) expect(session).toBe(bob.name);
  const small = await resumeAs(server, { from: { $case: 'agent', value: 'ada' }, takeOver: true, maxBytes: 16_384 });
  expect(Briefing.encode(small.briefing!).finish().length).toBeLessThanOrEqual(16_384);
  expect(small.briefing!.tasks[0]!.task!.name).toBe(briefing!.tasks[0]!.task!.name);
});
