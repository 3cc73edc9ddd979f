// Random work on a queue, with claims in between: each answer is the first claimable task of a plain sort at the moment of its decision.
//
// ClaimWorld compares each decision. Here the work is made, and looked at when everything has come to rest: no claim waits for a task that is
// there, and of two that wait for the same the older is served first.

import { durationOf } from '../../../src/domain/duration';
import { Refusal } from '../../../src/domain/refusal';
import { DependencyKind, Task } from '../../../src/gen/holdfast/v1/task';
import * as requests from '../../../src/gen/holdfast/v1/task_service';
import { ClaimWorld } from '../../support/claim-world';
import type { Asked } from '../../support/claim-world';
import { chosenSeed, countFromEnvironment, randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';

const AGENTS = ['anna', 'ben'];
const QUEUES = ['default', 'other'];
const DEMANDS: readonly Asked[] = [
  {},
  { capabilities: ['rust'] },
  { capabilities: ['rust', 'sql'] },
  { filter: 'labels.area = docs' },
  { filter: 'priority = P1 OR assignee = ben' },
  { queue: 'other' },
];

interface Standing {
  readonly agent: string;
  readonly asked: Asked;
  readonly key: string;
  readonly order: number;
  done: boolean;
}

describe('random claims', () => {
  it('get the first claimable tasks, whatever else happens (L1, L2)', async () => {
    const seed = chosenSeed();
    const rounds = countFromEnvironment('HOLDFAST_SEEDS', 150);
    let compared = 0;
    for (let round = 0; round < rounds; round++) compared += await new Play(randomFrom(seed + round)).run();
    expect(compared).toBeGreaterThan(rounds * 10);
  }, 600_000);
});

class Play {
  private world!: ClaimWorld;
  private readonly standing: Standing[] = [];
  private orders = 0;
  private release: (() => void) | undefined;

  constructor(private readonly random: Random) {}

  async run(): Promise<number> {
    const { random } = this;
    this.world = await ClaimWorld.of(...AGENTS);
    for (let step = 0; step < 60; step++) {
      this.act();
      if (random.chance(0.3)) await new Promise((resolve) => setImmediate(resolve));
      if (random.chance(0.05)) await this.look();
    }
    await this.look();
    expect(this.world.notices).toEqual([]);
    // What still waits is answered when its time is up.
    this.world.advance(120_000);
    await this.world.settle();
    expect(this.standing.filter(({ done }) => !done)).toEqual([]);
    expect(this.world.claims.waiting).toBe(0);
    return this.world.compared;
  }

  /** Lets everything come to rest: then nobody waits for what is there. */
  private async look(): Promise<void> {
    this.release?.();
    this.world.holdReads = undefined;
    await this.world.settle();
    this.world.advance(0);
    await this.world.settle();
    for (const { agent, asked, done } of this.standing) {
      if (!done) expect(this.world.claimable(agent, asked)).toEqual([]);
    }
  }

  private act(): void {
    const { random, world } = this;
    const dice = random.below(100);
    if (dice < 30) this.claim();
    else if (dice < 50) this.create();
    else if (dice < 55) world.advance(random.below(3000));
    else if (dice < 58) this.settings();
    else if (dice < 63) this.hold();
    else this.change();
  }

  private claim(): void {
    const { random, world } = this;
    const agent = random.pick(AGENTS);
    const waitMs = random.pick([0, 0, 500, 60_000, 100_000]);
    const asked: Asked = { ...random.pick(DEMANDS), tasksMax: random.pick([0, 1, 3]), waitMs };
    const caller = random.chance(0.1) ? new AbortController() : undefined;
    const key = JSON.stringify([agent, asked.queue, asked.capabilities, asked.filter]);
    const one: Standing = { agent, asked, key, order: ++this.orders, done: false };
    this.standing.push(one);
    world.claim(agent, { ...asked, ...(caller ? { signal: caller.signal } : {}) }).then(
      (ids) => this.served(one, ids),
      (fault: unknown) => {
        one.done = true;
        refused(fault);
      },
    );
    if (caller) setImmediate(() => caller.abort());
  }

  /** Of claims that take the same, and that wait, the older is served first. */
  private served(one: Standing, ids: readonly string[]): void {
    one.done = true;
    if (ids.length === 0 || one.asked.waitMs === 0) return;
    const passed = this.standing.filter(
      ({ key, order, done, asked }) => !done && key === one.key && order < one.order && asked.waitMs! > 0,
    );
    expect(passed).toEqual([]);
  }

  private create(): void {
    const { random, world } = this;
    const task = {
      priority: 1 + random.below(5),
      queue: random.pick([...QUEUES, 'default']),
      assignee: random.pick(['', '', '', ...AGENTS, 'somebody']),
      requiredCapabilities: random.pick([[], [], ['rust'], ['sql'], ['rust', 'sql']]),
      labels: random.chance(0.3) ? new Map([['area', 'docs']]) : new Map<string, string>(),
      notBefore: random.chance(0.3) ? timeOf(world.nowMs + random.below(4000) - 1000) : undefined,
      parent: random.chance(0.1) ? this.name() : '',
      dependencies: random.chance(0.2) ? [{ task: this.name(), kind: DependencyKind.BLOCKS }] : [],
    } as Partial<Task>;
    world.create(task).catch(refused);
  }

  /** A task's name, of one that was most likely created. */
  private name(): string {
    const ids = this.world.taskIds();
    return `projects/p/tasks/${ids.length > 0 ? this.random.pick(ids) : 't1'}`;
  }

  private settings(): void {
    const { random, world } = this;
    const queue = random.pick(QUEUES);
    world.setQueue(queue, { paused: random.chance(0.3), concurrencyLimit: random.pick([0, 0, 1, 3]) });
  }

  /** Readings hang, so that what is decided meanwhile comes between. */
  private hold(): void {
    if (this.world.holdReads) {
      this.release?.();
      this.world.holdReads = undefined;
    } else this.world.holdReads = new Promise((resolve) => (this.release = resolve));
  }

  private change(): void {
    const { random, world } = this;
    const name = this.name();
    const id = name.split('/').at(-1)!;
    const agent = random.pick(AGENTS);
    const fencingToken = world.taskIds().length > 0 ? world.tokenOf(id) : 0;
    const held = { name, fencingToken };
    const edge = { task: this.name(), kind: DependencyKind.BLOCKS };
    const grace = durationOf(0);
    const task = Task.fromPartial({
      ...{ name, priority: random.pick([1, 2, 3, 4, 5] as const), queue: random.pick(QUEUES) },
      ...{ assignee: random.pick(['', ...AGENTS]), requiredCapabilities: random.pick([[], ['rust']]) },
      ...{ notBefore: timeOf(world.nowMs + random.below(3000) - 1000), labels: new Map([['area', 'docs']]) },
    });
    const path = random.pick(['priority', 'queue', 'assignee', 'required_capabilities', 'not_before', 'labels']);
    const action = random.pick([
      { kind: 'completeTask', request: requests.CompleteTaskRequest.fromPartial(held) },
      { kind: 'releaseTask', request: requests.ReleaseTaskRequest.fromPartial(held) },
      { kind: 'releaseTask', request: requests.ReleaseTaskRequest.fromPartial(held) },
      { kind: 'failTask', request: requests.FailTaskRequest.fromPartial({ ...held, error: { code: 'odd' } }) },
      { kind: 'cancelTask', request: requests.CancelTaskRequest.fromPartial({ name, grace }) },
      { kind: 'pauseTask', request: requests.PauseTaskRequest.fromPartial({ name, grace }) },
      { kind: 'resumeTask', request: requests.ResumeTaskRequest.fromPartial({ name }) },
      { kind: 'retryTask', request: requests.RetryTaskRequest.fromPartial({ name }) },
      { kind: 'deleteTask', request: requests.DeleteTaskRequest.fromPartial({ name }) },
      { kind: 'undeleteTask', request: requests.UndeleteTaskRequest.fromPartial({ name }) },
      { kind: 'updateTask', request: requests.UpdateTaskRequest.fromPartial({ task, updateMask: [path] }) },
      { kind: 'updateTask', request: requests.UpdateTaskRequest.fromPartial({ task, updateMask: [path] }) },
      { kind: 'addDependency', request: requests.AddDependencyRequest.fromPartial({ name, dependency: edge }) },
      { kind: 'removeDependency', request: requests.RemoveDependencyRequest.fromPartial({ name, dependency: edge }) },
    ]);
    world.run(action, fencingToken > 0 ? agent : undefined).catch(refused);
  }
}

function refused(fault: unknown): void {
  if (!(fault instanceof Refusal)) throw fault;
}

function timeOf(ms: number): Task['notBefore'] {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 };
}
