// Goal: whatever agents do and whatever time does to them, a task has at most one holder, no stale token is taken, and the rows that say who
// holds what agree. Method: random commands in a small world; after each, the invariants of session-rows (Z1, Z2) and work-rows (W1, W2).

import { durationOf } from '../../../src/domain/duration';
import { Refusal } from '../../../src/domain/refusal';
import { isHeldWork, taskDueMs } from '../../../src/domain/work/work-rows';
import { SessionState } from '../../../src/gen/holdfast/v1/session';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import {
  CompleteTaskRequest,
  FailTaskRequest,
  HeartbeatTaskRequest,
  ProvideInputRequest,
  ReleaseTaskRequest,
  RequestInputRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import type { Action } from '../../../src/domain/command';
import {
  act,
  begin,
  claim,
  end,
  expire,
  expireTask,
  heartbeat,
  resume,
  sessionOf,
  sessionWorkOf,
  tasksOf,
  workOf,
  begunBy,
} from '../../support/agents';
import type { Begun } from '../../support/agents';
import { chosenSeed, randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';
import { unfit } from '../../support/unfit';
import { World, on } from '../../support/world';

const TASKS = ['t1', 't2', 't3', 't4', 't5'];
/** States in which a task may have a lease that has run out, or that its session left. */
const LAPSED_IN: ReadonlySet<number> = new Set([TaskState.PENDING, TaskState.INPUT_REQUIRED, TaskState.PAUSED]);
const RUNS = 150;
const STEPS = 80;

class Fleet {
  readonly world = new World();
  readonly sessions: Begun[] = [];
  /** Every token that was ever given, by task. */
  readonly tokens = new Map<string, number[]>(TASKS.map((id) => [id, []]));
  readonly successes = new Map<string, number>();
  accepted = 0;
  fenced = 0;

  constructor(private readonly random: Random) {
    for (let i = 0; i < TASKS.length; i++) {
      const lease = this.pick([undefined, durationOf(5000), durationOf(60_000)]);
      const total = this.pick([undefined, undefined, durationOf(400_000)]);
      const run = this.pick([undefined, durationOf(100_000)]);
      this.world.create({ timeouts: { lease, run, total } });
    }
    for (const agent of ['ada', 'bob', 'cyd'])
      this.sessions.push(begin(this.world, agent, '', this.pick([20_000, 120_000, 0])));
  }

  pick<T>(from: readonly T[]): T {
    return this.random.pick(from);
  }

  step(): void {
    const { world } = this;
    if (this.random.chance(0.25)) {
      world.nowMs += this.pick([100, 3000, 20_000, 200_000]);
      for (const { id } of this.sessions) expire(world, id);
      for (const id of TASKS) expireTask(world, id);
      return;
    }
    const session = this.pick(this.sessions);
    act(world, this.pick([session, session, session, undefined]));
    const id = this.pick(TASKS);
    const current = workOf(world, id).lease?.fencingToken;
    const fencingToken = this.pick([current ?? 0, current ?? 0, 0, ...this.tokens.get(id)!]);
    this.try(this.action(id, session, fencingToken), id, fencingToken, current);
  }

  private action(id: string, session: Begun, fencingToken: number): Action {
    const name = `projects/p/tasks/${id}`;
    const head = { name, fencingToken };
    switch (
      this.pick([
        'claim',
        'claim',
        'claim',
        'complete',
        'fail',
        'release',
        'heartbeat',
        'ask',
        'answer',
        'pause',
        'resume',
        'cancel',
        'retry',
        'ack',
        'end',
        'take',
        'beat',
        'start',
        'delete',
      ] as const)
    ) {
      case 'claim':
        return claim(id);
      case 'complete':
        return { kind: 'completeTask', request: CompleteTaskRequest.fromPartial(head) };
      case 'fail':
        return { kind: 'failTask', request: FailTaskRequest.fromPartial(head) };
      case 'release':
        return {
          kind: 'releaseTask',
          request: ReleaseTaskRequest.fromPartial({
            ...head,
            handOverTo: this.pick(['', this.pick(this.sessions).name, 'projects/p/agents/bob']),
          }),
        };
      case 'heartbeat':
        return {
          kind: 'heartbeatTask',
          request: HeartbeatTaskRequest.fromPartial({ ...head, progress: { percent: 5 } }),
        };
      case 'ask':
        return {
          kind: 'requestInput',
          request: RequestInputRequest.fromPartial({
            ...head,
            request: { question: 'What now?' },
            keepLease: this.random.chance(0.5),
          }),
        };
      case 'answer':
        return { kind: 'provideInput', request: ProvideInputRequest.fromPartial({ name, answer: { text: 'go on' } }) };
      case 'pause':
        return { kind: 'pauseTask', request: { ...on(id), grace: this.pick([undefined, durationOf(0)]) } };
      case 'resume':
        return { kind: 'resumeTask', request: on(id) };
      case 'cancel':
        // Seldom for good: the task would be out of the game.
        return { kind: 'pauseTask', request: on(id) };
      case 'retry':
        return { kind: 'retryTask', request: on(id) };
      case 'ack':
        return { kind: 'acknowledgeDirective', request: { ...head, reason: '', requestId: '', validateOnly: false } };
      case 'end':
        return end(session.id, { handOverTo: this.pick(['', this.pick(this.sessions).name]) });
      case 'take':
        return resume({ session: session.id }, { takeOver: true });
      case 'beat':
        return heartbeat(session.id);
      case 'start':
        return resume({ agent: this.pick(['ada', 'bob', 'cyd']) }, { takeOver: this.random.chance(0.5) });
      case 'delete':
        return { kind: 'undeleteTask', request: on(id) };
    }
  }

  private try(action: Action, id: string, token: number, current: number | undefined): void {
    const { world } = this;
    const before = world.task(id).state;
    try {
      const outcome = world.run(action);
      this.accepted++;
      if (action.kind === 'resumeSession') this.sessions.push(begunBy(outcome));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.reason === 'FENCED') this.fenced++;
      return;
    }
    // Whoever shows a token is its holder, or was refused.
    if ('fencingToken' in action.request && action.request.fencingToken !== 0)
      must(token === current, 'a token is the present one');
    for (const task of TASKS) {
      const given = this.tokens.get(task)!;
      const lease = workOf(world, task).lease;
      if (lease && lease.fencingToken !== given.at(-1)) {
        must(lease.fencingToken > (given.at(-1) ?? 0), `tokens of ${task} grow`);
        given.push(lease.fencingToken);
      }
    }
    if (before !== TaskState.SUCCEEDED && world.task(id).state === TaskState.SUCCEEDED) {
      this.successes.set(id, (this.successes.get(id) ?? 0) + 1);
    }
  }

  /** Plain comparisons: Jest's take a millisecond each. */
  check(): void {
    const { world } = this;
    const holders = new Map<string, string>();
    for (const { id } of this.sessions) {
      const held = tasksOf(world, id);
      const { taskChunks } = sessionWorkOf(world, id);
      must(taskChunks.reduce((sum, size) => sum + size, 0) === held.length, `${id} counts its tasks`);
      const over = sessionOf(world, id).state === SessionState.ENDED;
      for (const { task, token, left } of held) {
        if (left) continue;
        must(!over, `${id} has ended and holds nothing`);
        must(!holders.has(task), `${task} has one holder`);
        holders.set(task, id);
        const { lease } = workOf(world, task);
        must(lease?.fencingToken === token && !lease.lapsed, `${task} knows the token of ${id}`);
        must(lease?.session === `projects/p/sessions/${id}`, `${task} knows that ${id} holds it`);
      }
    }
    for (const task of TASKS) {
      const work = workOf(world, task);
      const { state } = world.task(task);
      const held = isHeldWork(work);
      must(held === holders.has(task), `${task} is held as its holder says`);
      must(state !== TaskState.RUNNING || held, `${task} is RUNNING in somebody's hands`);
      must(
        !held || state === TaskState.RUNNING || state === TaskState.INPUT_REQUIRED,
        `${task} is held where it can be`,
      );
      must(!work.lease?.lapsed || LAPSED_IN.has(state), `${task} lapsed while it waits`);
      must(work.dueMs === taskDueMs(work, state), `${task} is looked at in time`);
      must((this.successes.get(task) ?? 0) <= 1, `${task} succeeded once`);
    }
  }
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`does not hold: ${what}`);
}

it(`keeps one holder a task through ${RUNS} random lives`, () => {
  const seed = chosenSeed();
  let accepted = 0;
  let fenced = 0;
  for (let run = 0; run < RUNS; run++) {
    const fleet = new Fleet(randomFrom(seed + run));
    for (let i = 0; i < STEPS; i++) {
      fleet.step();
      fleet.check();
    }
    expect(unfit(fleet.world.view)).toEqual([]);
    accepted += fleet.accepted;
    fenced += fleet.fenced;
  }
  // A run that does nothing would hold all of this as well.
  expect(accepted).toBeGreaterThan(RUNS * 10);
  expect(fenced).toBeGreaterThan(RUNS / 20);
});
