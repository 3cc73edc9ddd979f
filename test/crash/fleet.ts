// A fleet of agent processes at work on one store, and what is done to it: agents are killed and frozen, the wall clock jumps, the server is killed
// and stopped. Only processes that the fleet started are signalled.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import { QueueServiceClient } from '../../src/gen/holdfast/v1/queue_service';
import type { QueueCounts } from '../../src/gen/holdfast/v1/queue';
import { DependencyKind, Priority } from '../../src/gen/holdfast/v1/task';
import { BatchCreateTasksRequest, CreateTaskRequest, TaskServiceClient } from '../../src/gen/holdfast/v1/task_service';
import type { Random } from '../support/seed';
import { builtProgram, startServer } from './server-process';
import type { ServerProcess } from './server-process';

/** What a fleet is asked to live through. */
export interface Trials {
  readonly workers: number;
  readonly tasks: number;
  readonly kills: number;
  readonly freezes: number;
  readonly jumps: number;
  readonly restarts: number;
  /** Between two trials, on average, in milliseconds: so that there is work until the last. */
  readonly gapMs: number;
}

/** What was done to it. */
export interface Done {
  kills: number;
  freezes: number;
  jumps: number;
  restarts: number;
}

/** The ttl of the agents' sessions, in milliseconds. */
export const TTL_MS = 1500;
/** How long an agent is frozen: beyond its ttl and its grace. */
const FREEZE_MS = 3 * TTL_MS + 1000;
/** The most that the wall clock jumps, either way: two hours. */
const JUMP_MS = 2 * 60 * 60 * 1000;

interface Worker {
  readonly agent: string;
  child: ChildProcess;
  lives: number;
  frozen: boolean;
}

export class Fleet {
  readonly done: Done = { kills: 0, freezes: 0, jumps: 0, restarts: 0 };
  private server: ServerProcess | undefined;
  private readonly workers: Worker[] = [];
  private readonly socket: string;
  private readonly clock: string;
  /** `performance.now()` of the server's last start. */
  private servingSince = 0;
  readonly logs: string;

  constructor(
    readonly dir: string,
    private readonly trials: Trials,
    private readonly random: Random,
  ) {
    this.socket = join(dir, 'fleet.sock');
    this.clock = join(dir, 'clock');
    this.logs = join(dir, 'logs');
    mkdirSync(this.logs);
    writeFileSync(this.clock, '0');
  }

  get store(): string {
    return join(this.dir, 'store');
  }

  async start(): Promise<void> {
    this.server = await startServer(this.store, {
      args: ['--socket', this.socket],
      preload: [join(__dirname, 'fixtures/shifted-clock.js')],
      // A frozen agent keeps its connection open: a stop would wait for it.
      env: { HOLDFAST_TEST_CLOCK: this.clock, PERSISTENCE_DRAIN_TIMEOUT: '1s' },
    });
    this.servingSince = performance.now();
  }

  /** Creates the tasks: of five priorities, one in four waiting for an earlier one. */
  async fill(): Promise<void> {
    const client = new TaskServiceClient(`unix:${this.socket}`, credentials.createInsecure());
    const batch = 500;
    for (let from = 0; from < this.trials.tasks; from += batch) {
      const count = Math.min(batch, this.trials.tasks - from);
      const requests = Array.from({ length: count }, (_, i) => this.newTask(from + i + 1));
      const request = BatchCreateTasksRequest.fromPartial({ parent: 'projects/default', requests });
      await new Promise<void>((resolve, reject) =>
        client.batchCreateTasks(request, (error) => (error ? reject(error) : resolve())),
      );
    }
    client.close();
  }

  /** Sets the agents to work, and lets the trials happen at random moments until they are over and all tasks have succeeded. */
  async run(withinMs: number): Promise<void> {
    for (let i = 0; i < this.trials.workers; i++) this.workers.push(this.hire(`agent-${i}`));
    const deadline = performance.now() + withinMs;
    const queues = new QueueServiceClient(`unix:${this.socket}`, credentials.createInsecure());
    try {
      for (;;) {
        const over = await this.trial();
        const counts = await countsOf(queues).catch((fault: Error) => fault.message);
        if (performance.now() > deadline) {
          throw new Error(`not done in time: ${JSON.stringify({ done: this.done, counts })}`);
        }
        if (over && typeof counts === 'object' && isDone(counts)) return;
        await delay(over ? 200 : this.random.below(2 * this.trials.gapMs));
      }
    } finally {
      queues.close();
    }
  }

  /** Stops all agents, then the server. */
  async end(): Promise<void> {
    for (const worker of this.workers) {
      worker.child.kill('SIGCONT');
      worker.child.kill('SIGKILL');
    }
    await this.server?.stop();
  }

  /** Ends everything at once, whatever state it is in. */
  async abandon(): Promise<void> {
    for (const worker of this.workers) worker.child.kill('SIGKILL');
    await this.server?.kill();
  }

  private newTask(number: number): CreateTaskRequest {
    const { random } = this;
    const waits = number > 10 && random.chance(0.25);
    const dependencies = waits
      ? [{ task: `projects/default/tasks/t${Math.max(1, number - 1 - random.below(50))}`, kind: DependencyKind.BLOCKS }]
      : [];
    const priority = random.pick([Priority.P0, Priority.P1, Priority.P2, Priority.P3, Priority.P4]);
    const retryPolicy = {
      maxAttempts: 100,
      initialBackoff: { seconds: 0, nanos: 50_000_000 },
      maxBackoff: { seconds: 1, nanos: 0 },
    };
    return CreateTaskRequest.fromPartial({ task: { title: `Task ${number}`, dependencies, priority, retryPolicy } });
  }

  /** Lets one trial happen that is still due. True: none is left. */
  private async trial(): Promise<boolean> {
    const { trials, done } = this;
    const due = (['kills', 'freezes', 'jumps', 'restarts'] as const).flatMap((kind) =>
      Array.from({ length: trials[kind] - done[kind] }, () => kind),
    );
    if (due.length === 0) return !this.workers.some(({ frozen }) => frozen);
    const kind = this.random.pick(due);
    if (kind === 'kills') await this.killWorker();
    else if (kind === 'freezes') await this.freezeWorker();
    else if (kind === 'jumps') writeFileSync(this.clock, String(this.random.below(2 * JUMP_MS) - JUMP_MS));
    else await this.restartServer();
    done[kind]++;
    return false;
  }

  private hire(agent: string): Worker {
    return { agent, child: this.spawn(agent, 1), lives: 1, frozen: false };
  }

  private spawn(agent: string, life: number): ChildProcess {
    const generated = join(dirname(builtProgram()), 'gen');
    const log = join(this.logs, `${agent}.${life}`);
    const script = join(__dirname, 'fixtures/agent-worker.js');
    const seed = String(this.random.below(1 << 30));
    const args = [script, generated, `unix:${this.socket}`, agent, log, String(TTL_MS), seed];
    return spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
  }

  /** kill -9; the agent's next life begins after a moment. */
  private async killWorker(): Promise<void> {
    const worker = this.random.pick(this.workers.filter(({ frozen }) => !frozen));
    const gone = new Promise((resolve) => worker.child.once('exit', resolve));
    worker.child.kill('SIGKILL');
    await gone;
    worker.child = this.spawn(worker.agent, ++worker.lives);
  }

  /** Freezes an agent that holds a task: one that holds nothing, or has not begun yet, loses nothing by it. */
  private async freezeWorker(): Promise<void> {
    let holders: Worker[] = [];
    while (holders.length === 0) {
      await delay(10);
      holders = this.workers.filter((worker) => !worker.frozen && this.holdsTask(worker));
    }
    const worker = this.random.pick(holders);
    worker.frozen = true;
    worker.child.kill('SIGSTOP');
    this.thawLater(worker, performance.now());
  }

  /** A start of the server gives every lease a full ttl: a freeze past the ttl and its grace counts from there. */
  private thawLater(worker: Worker, frozenAt: number): void {
    const left = Math.max(frozenAt, this.servingSince) + FREEZE_MS - performance.now();
    if (left > 0) {
      setTimeout(() => this.thawLater(worker, frozenAt), Math.min(left, FREEZE_MS));
      return;
    }
    worker.child.kill('SIGCONT');
    worker.frozen = false;
  }

  /** Whether the last that this life of the agent wrote down is a claim. */
  private holdsTask({ agent, lives }: Worker): boolean {
    const log = join(this.logs, `${agent}.${lives}`);
    const last = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').at(-1)! : '';
    return last.includes('"fact":"claimed"');
  }

  private async restartServer(): Promise<void> {
    this.servingSince = Infinity;
    if (this.random.chance(0.5)) await this.server!.kill();
    else await this.server!.stop();
    await this.start();
  }
}

function countsOf(client: QueueServiceClient): Promise<QueueCounts> {
  const request = { name: 'projects/default/queues/default', atLeast: undefined };
  return new Promise((resolve, reject) =>
    client.getQueue(
      request,
      { deadline: Date.now() + 5000 } as never,
      ((error: Error | null, reply: { queue?: { counts?: QueueCounts } }) =>
        error ? reject(error) : resolve(reply.queue!.counts!)) as never,
    ),
  );
}

function isDone({ pending, blocked, running, verifying, inputRequired, paused }: QueueCounts): boolean {
  return pending + blocked + running + verifying + inputRequired + paused === 0;
}
