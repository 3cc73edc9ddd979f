// What a claim must not know: how many tasks are ready beside the one that it gets. A hundredth of `--tasks`, a tenth and all of them, the
// same claims in turn; then 64 agents at work.

import {
  ClaimTaskRequest,
  ClaimTaskResponse,
  CompleteTaskRequest,
  HeartbeatTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { StartSessionRequest, StartSessionResponse } from '../../src/gen/holdfast/v1/session_service';
import { startHoldfast } from './child-server';
import type { ChildServer } from './child-server';
import { anonymousBytes, processorTime } from './process-figures';
import { connect } from './raw-client';
import type { RawClient } from './raw-client';
import { batchRequest, parent } from './reference';
import { figure } from './results';
import type { Row } from './results';
import type { Stage } from './stage';
import { median, percentile } from './statistics';

/** Tasks of one batch while seeding. */
const batchTasks = 1000;
/** A claim from the largest queue may take so many times as long. */
const growthMax = 1.3;
/** Longer than LevelDB goes on sorting its tables after a start. */
const settleMs = 5000;
/** Agents at work at once. */
const workers = 64;
/** Share of a processor that may go to claims that wait, in percent. */
const idlePercentMax = 1;
const idleClaims = 1000;
const idleMs = 10_000;

interface Claimed {
  readonly task: Task;
  readonly us: number;
}

interface SizeFound {
  readonly tasks: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** The server's main thread for a claim and its completion. */
  readonly mainUs: number;
  readonly loadBytes: number;
}

/** Claims at three sizes of a queue, beside each other. */
export async function measureClaim(stage: Stage): Promise<Row[]> {
  const { tasks, rounds } = stage.options;
  const count = Math.max(100, Math.ceil(stage.options.calls / 10));
  const sizes = [...new Set([100, 10, 1].map((part) => Math.ceil(tasks / part)))];
  const servers: ChildServer[] = [];
  try {
    for (const size of sizes) servers.push(await seeded(stage, size, count * (rounds + 1)));
    const queues = await Promise.all(
      servers.map(async (server, i) => new Queue(sizes[i]!, server, await agentOf(server, 'agent'))),
    );
    const found: SizeFound[][] = sizes.map(() => []);
    // The first round does not count: V8 compiles in it, and caches fill.
    for (let round = -1; round < rounds; round++) {
      for (const queue of queues) queue.begin();
      // One claim at each size in turn: what else the machine does meanwhile hits all of them.
      for (let i = 0; i < count; i++)
        for (let turn = 0; turn < queues.length; turn++) await queues[(i + turn) % queues.length]!.next();
      if (round >= 0) for (const [i, queue] of queues.entries()) found[i]!.push(queue.found());
    }
    for (const queue of queues) queue.agent.close();
    return [...growth(found), ...(await cycles(servers.at(-1)!, count)), await idle(servers[0]!)];
  } finally {
    for (const server of servers) await server.stop();
  }
}

function growth(found: readonly (readonly SizeFound[])[]): Row[] {
  const of = (i: number, value: (one: SizeFound) => number): number => median(found[i]!.map(value));
  const last = found.length - 1;
  const row = (what: string, unit: string, value: (one: SizeFound) => number, part = 1): Row => ({
    what,
    measured: figure(of(last, value) / part, unit),
    against: figure(of(0, value) / part, unit),
    score: of(last, value) / of(0, value),
    reach: { bound: 'most', value: growthMax },
    raw: found,
  });
  return [
    row('claim, large / small queue', 'µs', ({ p50Us }) => p50Us),
    { ...row('  p99', 'µs', ({ p99Us }) => p99Us), reach: undefined },
    row('  main thread, claim and complete', 'µs', ({ mainUs }) => mainUs),
    row('  memory loaded, large / small', 'MB', ({ loadBytes }) => loadBytes, 1e6),
  ];
}

/** A queue of which one task after another is claimed and completed. */
class Queue {
  private times: number[] = [];
  private beforeUs = 0;
  private last = 0;

  constructor(
    readonly tasks: number,
    private readonly server: ChildServer,
    readonly agent: RawClient,
  ) {}

  begin(): void {
    this.times = [];
    this.beforeUs = processorTime(this.server.pid).mainUs;
  }

  /** Fails unless tasks come in the order of their age. */
  async next(): Promise<void> {
    const { task, us } = await claimOne(this.agent);
    this.times.push(us);
    const number = Number(task.name.slice(task.name.lastIndexOf('/t') + 2));
    if (!(number > this.last)) throw new Error(`t${number} was claimed after t${this.last}`);
    this.last = number;
    await complete(this.agent, task);
  }

  found(): SizeFound {
    const { times, tasks } = this;
    const mainUs = (processorTime(this.server.pid).mainUs - this.beforeUs) / times.length;
    const loadBytes = anonymousBytes(this.server.pid);
    return { tasks, p50Us: median(times), p99Us: percentile(times, 0.99), mainUs, loadBytes };
  }
}

/** 64 agents that claim, tell once how far they are, and complete. */
async function cycles(server: ChildServer, count: number): Promise<Row[]> {
  const agents = await Promise.all(Array.from({ length: workers }, (_, i) => agentOf(server, `worker-${i}`)));
  const each = Math.ceil(count / workers);
  const times: number[] = [];
  const work = async (agent: RawClient): Promise<void> => {
    for (let i = 0; i < each; i++) {
      const { task, us } = await claimOne(agent);
      times.push(us);
      const held = { name: task.name, fencingToken: task.lease!.fencingToken };
      await agent.unary(
        'TaskService/HeartbeatTask',
        HeartbeatTaskRequest.encode(HeartbeatTaskRequest.create(held)).finish(),
      );
      await complete(agent, task);
    }
  };
  const before = processorTime(server.pid);
  const began = performance.now();
  await Promise.all(agents.map(work));
  const seconds = (performance.now() - began) / 1000;
  const done = each * workers;
  const mainUs = (processorTime(server.pid).mainUs - before.mainUs) / done;
  for (const agent of agents) agent.close();
  const raw = { done, seconds, mainUs, times };
  return [
    { what: 'claim, heartbeat, complete, 64 at once', measured: figure(done / seconds, '/s'), against: '', raw },
    { what: '  main thread a cycle', measured: figure(mainUs, 'µs'), against: '', raw: undefined },
    {
      what: '  claim p50/p99',
      measured: `${(median(times) / 1000).toFixed(2)}/${(percentile(times, 0.99) / 1000).toFixed(2)} ms`,
      against: '',
      raw: undefined,
    },
  ];
}

/** What a thousand claims cost that wait on a queue without tasks. */
async function idle(server: ChildServer): Promise<Row> {
  const agent = await agentOf(server, 'idler');
  const request = ClaimTaskRequest.create({ parent, queue: 'empty', wait: { seconds: 600, nanos: 0 } });
  const message = ClaimTaskRequest.encode(request).finish();
  // They end with the connection.
  const waiting = Array.from({ length: idleClaims }, () =>
    agent.unary('TaskService/ClaimTask', message).catch(() => undefined),
  );
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const before = processorTime(server.pid);
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const percent = ((processorTime(server.pid).allUs - before.allUs) / 1000 / idleMs) * 100;
  agent.close();
  await Promise.all(waiting);
  return {
    what: '1,000 claims that wait, of a processor',
    measured: figure(percent, '%'),
    against: '',
    score: percent,
    reach: { bound: 'most', value: idlePercentMax },
    raw: { percent },
  };
}

async function claimOne(agent: RawClient): Promise<Claimed> {
  const began = performance.now();
  const reply = await agent.unary('TaskService/ClaimTask', claimMessage);
  const us = (performance.now() - began) * 1000;
  const [task] = ClaimTaskResponse.decode(reply).tasks;
  if (!task) throw new Error('a claim got nothing, though tasks are ready');
  return { task, us };
}

const claimMessage = ClaimTaskRequest.encode(ClaimTaskRequest.create({ parent })).finish();

async function complete(agent: RawClient, { name, lease }: Task): Promise<void> {
  const request = CompleteTaskRequest.create({ name, fencingToken: lease!.fencingToken });
  await agent.unary('TaskService/CompleteTask', CompleteTaskRequest.encode(request).finish());
}

/** A connection of a new session. */
async function agentOf(server: ChildServer, agent: string): Promise<RawClient> {
  const request = StartSessionRequest.create({ parent, agent, labels: new Map() });
  const reply = await server.client.unary('SessionService/StartSession', StartSessionRequest.encode(request).finish());
  const { session, token } = StartSessionResponse.decode(reply);
  return connect(server.address, { 'holdfast-session': `${session!.name};${token}` });
}

/** A server whose queue has so many tasks, and some that the rounds use up. */
async function seeded(stage: Stage, tasks: number, more: number): Promise<ChildServer> {
  stage.say(`queue of ${tasks.toLocaleString('en-US')} tasks`);
  const dir = stage.folder();
  const server = await startHoldfast(dir);
  let left = tasks + more;
  const work = async (): Promise<void> => {
    while (left > 0) {
      const count = Math.min(left, batchTasks);
      left -= count;
      await server.client.unary('TaskService/BatchCreateTasks', batchRequest(count));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  // What was written last goes out of LevelDB's memory into its tables, at each size.
  await server.stop();
  const again = await startHoldfast(dir);
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return again;
}
