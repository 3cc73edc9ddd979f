// A worker: claims tasks for a session, hands them to a handler, and tells what came of them.
//
// K1. It holds at most `concurrency` tasks.
// K2. A worker that is stopped holds nothing: what is not finished in time is given back.
// K3. When the session is over it claims nothing more; what it is working on ends by the rules of HeldTask.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff';
import { isHoldfastError } from './error';
import type { Task } from './gen/holdfast/v1/task';
import { HeldTask } from './held-task';
import { mustBeTime } from './options';
import type { Session } from './session';
import { WorkerStopped } from './task-outcome';
import type { ClaimOptions } from './task-options';
import type { TaskHandler, WorkerOptions } from './worker-options';

const WAIT_DEFAULT_MS = 30_000;
const CONCURRENCY_MAX = 100;
/** How long a handler may take to end when it is told that the worker stops, in milliseconds. */
const UNWIND_MS = 2000;
/** How long a claim that was broken off is asked after, in milliseconds. What it has claimed goes back with its session in any case. */
const ASK_AFTER_MS = 2000;
/** How long `stop` waits for handlers, in milliseconds. */
const STOP_DEFAULT_MS = 30_000;

export class Worker {
  private readonly held = new Map<HeldTask, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly concurrency: number;
  private readonly waitMs: number;
  private ended: Promise<void> | undefined;
  /** Wakes the loop when a task is settled. */
  private wake: () => void = () => undefined;

  /** Throws RangeError for options that cannot be meant. It works when `run` is called. */
  constructor(
    private readonly session: Session,
    private readonly options: WorkerOptions,
    private readonly handler: TaskHandler,
  ) {
    const { concurrency = 1, waitMs = WAIT_DEFAULT_MS } = options;
    mustBeTime('waitMs', waitMs, 0);
    if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= CONCURRENCY_MAX)) {
      throw new RangeError(`concurrency is ${concurrency}: give a whole number from 1 to ${CONCURRENCY_MAX}`);
    }
    this.concurrency = concurrency;
    this.waitMs = waitMs;
  }

  /**
   * Works on tasks that the session holds already, such as those that a resume brought, and then on what it claims. Resolves when
   * it was stopped. Rejects with a HoldfastError when the session is over, or a claim is refused for good; what it was working on
   * has ended by then.
   */
  run(held: readonly Task[] = []): Promise<void> {
    return (this.ended ??= this.work(held));
  }

  /**
   * Stops: claims nothing more, gives the handlers time to finish, then aborts their signals, then gives back what they hold.
   * Resolves when nothing is held any more.
   */
  async stop({ timeoutMs = STOP_DEFAULT_MS }: { readonly timeoutMs?: number } = {}): Promise<void> {
    mustBeTime('timeoutMs', timeoutMs, 0);
    this.stopping.abort();
    this.wake();
    // What the loop ends with is for whoever called `run`.
    const ended = this.ended?.catch(() => undefined) ?? Promise.resolve();
    if (await within(timeoutMs, ended)) return;
    for (const held of this.held.keys()) held.abort(new WorkerStopped('the worker is stopped'));
    if (await within(UNWIND_MS, ended)) return;
    await Promise.all([...this.held.keys()].map((held) => held.handBack('the worker was stopped')));
    await ended;
  }

  private async work(held: readonly Task[]): Promise<void> {
    const { lost } = this.session;
    const over = AbortSignal.any([this.stopping.signal, lost]);
    over.addEventListener('abort', () => this.wake());
    const onLost = (): void => this.leave(lost.reason);
    lost.addEventListener('abort', onLost);
    const off = this.session.on('directive', ({ task, directive }) => {
      for (const one of this.held.keys()) if (one.task.name === task && directive) one.direct(directive);
    });
    try {
      for (const task of held) {
        await this.room(over);
        if (over.aborted) await new HeldTask(this.session, task).handBack('the worker was stopped');
        else this.begin(task);
      }
      while (!over.aborted) {
        await this.room(over);
        if (over.aborted) break;
        for (const task of await this.claimed(over)) this.begin(task);
      }
    } finally {
      await Promise.all(this.held.values());
      off();
      lost.removeEventListener('abort', onLost);
    }
    if (!this.stopping.signal.aborted) throw lost.reason;
  }

  /** Ends the work of a session that another has taken over; that of one that is LOST may still count (H3). */
  private leave(reason: unknown): void {
    if (isHoldfastError(reason, 'SESSION_LOST')) return;
    for (const held of this.held.keys()) held.abort(reason);
  }

  /** Claims what there is room for; nothing when `over` aborts. */
  private async claimed(over: AbortSignal): Promise<readonly Task[]> {
    const { queue, capabilities, filter, leaseTtlMs } = this.options;
    const { waitMs } = this;
    const maxTasks = this.concurrency - this.held.size;
    const requestId = randomUUID();
    const claim = { queue, capabilities, filter, leaseTtlMs, maxTasks, waitMs, requestId };
    const backoff = new Backoff(Infinity);
    for (;;) {
      try {
        return (await this.session.tasks.claimNext({ ...claim, signal: over })).tasks;
      } catch (error) {
        if (this.session.lost.aborted) return [];
        if (over.aborted) return this.brokenOff(claim);
        // A claim that nobody answered may have been decided: the same one again gives its tasks.
        const waitMs = backoff.waitAfterSilence(error);
        if (waitMs === undefined) throw error;
        await delay(waitMs, undefined, { signal: over }).catch(() => undefined);
      }
    }
  }

  /**
   * Asks after a claim that was broken off: its answer may have been on the way, and its tasks are given back. A dry run of another
   * claim under its request id is refused if that id was used.
   */
  private async brokenOff(claim: ClaimOptions): Promise<readonly Task[]> {
    const { tasks } = this.session;
    const bounds = { signal: AbortSignal.timeout(ASK_AFTER_MS) };
    const other = { ...claim, waitMs: claim.waitMs === 0 ? 1 : 0, validateOnly: true };
    const unused = await tasks.claimNext({ ...other, ...bounds }).catch((error: unknown) => error);
    if (!isHoldfastError(unused, 'REQUEST_ID_REUSED')) return [];
    try {
      const claimed = (await tasks.claimNext({ ...claim, ...bounds })).tasks;
      await Promise.all(claimed.map((task) => tasks.release(task, { reason: 'the worker was stopped' })));
    } catch {
      // Nobody answers in time. The tasks go back with the session, or with their leases.
    }
    return [];
  }

  private begin(task: Task): void {
    const held = new HeldTask(this.session, task);
    const settled = held.outcome.then((outcome) => {
      this.held.delete(held);
      this.wake();
      this.options.onOutcome?.(outcome);
    });
    this.held.set(held, settled);
    void held.run(this.handler);
  }

  /** Resolves when there is room for another task, or `over` aborts. */
  private async room(over: AbortSignal): Promise<void> {
    while (this.held.size >= this.concurrency && !over.aborted) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** Whether a promise settles in time. */
async function within(ms: number, promise: Promise<void>): Promise<boolean> {
  const timer = new AbortController();
  const timeout = delay(ms, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([promise.then(() => true), timeout]);
  timer.abort();
  return settled;
}
