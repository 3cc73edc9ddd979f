// One task that a worker holds: kept alive, worked on, and settled.
//
// H1. The lease is renewed at a third of its ttl until the handler has settled.
// H2. The outcome is told once, with the fencing token of the claim. Where that is refused as stale, the work counts for nothing.
// H3. Of a lease that has run out, or a session that is LOST, the token is good while nobody else has claimed the task: the
//     handler goes on until then.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff';
import { msOf } from './durations';
import { isHoldfastError } from './error';
import type { Task } from './gen/holdfast/v1/task';
import type { DeepPartial } from './gen/holdfast/v1/task_service';
import type { Directive, TaskProgress } from './gen/holdfast/v1/work';
import { periodOf, Pulse } from './pulse';
import type { Session } from './session';
import { TaskContext } from './task-context';
import { AnswerPending, Directed, HandBack, NonRetryable, taskErrorOf } from './task-outcome';
import type { Outcome, TaskHandler } from './worker-options';

/** Reasons by which a hold is lost. */
const LOST = ['FENCED', 'NOT_FOUND', 'ILLEGAL_TRANSITION'] as const;

export class HeldTask {
  private readonly stop = new AbortController();
  private readonly pulse: Pulse;
  private settled = false;
  private tell!: (outcome: Outcome) => void;
  /** What came of the hold, once that is settled. Never rejects. */
  readonly outcome = new Promise<Outcome>((resolve) => (this.tell = resolve));

  constructor(
    private readonly session: Session,
    readonly task: Task,
  ) {
    const ttlMs = msOf(task.lease?.ttl) ?? session.ttlMs;
    this.pulse = new Pulse({
      periodMs: () => periodOf(ttlMs),
      beat: () => this.beat(),
      onEnd: (error) => this.abort(error),
    });
    if (task.directive) this.direct(task.directive);
  }

  /** Asks the handler to stop. The first reason counts. */
  abort(reason: unknown): void {
    this.stop.abort(reason);
  }

  /** Tells the handler what somebody wants of the holder. */
  direct(directive: Directive): void {
    if (!this.stop.signal.aborted) this.abort(new Directed(directive));
  }

  /** Runs the handler and tells the server what came of it. Never rejects. */
  async run(handler: TaskHandler): Promise<void> {
    const { session, task } = this;
    const { signal } = this.stop;
    const context = new TaskContext({ session, task, signal, beat: (progress) => this.beat(progress) });
    let settle: () => Promise<Outcome['kind']>;
    let thrown: unknown;
    try {
      const result = await handler(task, context);
      settle = () => this.complete(context, result ?? undefined);
    } catch (error) {
      thrown = error;
      settle = () => this.giveUp(error);
    }
    await this.settle(settle, thrown);
  }

  /** Gives the task back without waiting for the handler, whose outcome counts for nothing then. */
  handBack(reason: string): Promise<void> {
    return this.settle(() => this.release({ reason }), undefined);
  }

  private async settle(how: () => Promise<Outcome['kind']>, thrown: unknown): Promise<void> {
    if (this.settled) return;
    this.settled = true;
    const { task } = this;
    let outcome: Outcome;
    try {
      outcome = { task, kind: await how(), ...(thrown === undefined ? {} : { error: thrown }) };
    } catch (refused) {
      outcome = { task, kind: 'dropped', error: refused };
    }
    await this.pulse.stop();
    this.tell(outcome);
  }

  private async complete(context: TaskContext, result: object | undefined): Promise<Outcome['kind']> {
    const { tasks } = this.session;
    const done = { ...context.made, ...(result && { result: { ...result } }) };
    try {
      await persist(this.session, (requestId) => tasks.completeHeld(this.task, { ...done, requestId }));
      return 'completed';
    } catch (error) {
      if (!isHoldfastError(error) || error.is(...LOST)) throw error;
      // Live children hold it back: it is done when they are, or worked on again.
      if (error.is('HAS_CHILDREN')) return this.release({ reason: error.description });
      // What it made cannot be taken. Another try may make something else.
      return this.fail({ code: (error.reason ?? error.code).toLowerCase(), message: error.description }, false);
    }
  }

  private async giveUp(thrown: unknown): Promise<Outcome['kind']> {
    const { tasks } = this.session;
    const { reason } = this.stop.signal as { reason: unknown };
    if (thrown instanceof AnswerPending) return 'asked';
    // What the handler threw after its hold was lost says nothing of the task.
    if (isHoldfastError(reason)) throw reason;
    if (reason instanceof Directed) {
      try {
        await persist(this.session, (requestId) => tasks.acknowledgeDirective(this.task, { requestId }));
        return 'directed';
      } catch (error) {
        // Whoever wanted it has taken it back.
        if (isHoldfastError(error, 'ILLEGAL_TRANSITION')) return this.release({ reason: reason.message });
        throw error;
      }
    }
    if (reason !== undefined) return this.release({ reason: 'the worker was stopped' });
    if (thrown instanceof HandBack) return this.release(thrown.options);
    return this.fail(taskErrorOf(thrown), thrown instanceof NonRetryable);
  }

  private async fail(error: ReturnType<typeof taskErrorOf>, final: boolean): Promise<Outcome['kind']> {
    await persist(this.session, (requestId) => this.session.tasks.failHeld(this.task, { error, final, requestId }));
    return 'failed';
  }

  private async release(options: HandBack['options']): Promise<Outcome['kind']> {
    await persist(this.session, (requestId) => this.session.tasks.release(this.task, { ...options, requestId }));
    return 'released';
  }

  private async beat(progress?: DeepPartial<TaskProgress>): Promise<void> {
    try {
      const { directive } = await this.session.tasks.heartbeat(this.task, progress ? { progress } : {});
      if (directive) this.direct(directive);
    } catch (error) {
      if (!isHoldfastError(error, 'SESSION_LOST', 'FENCED', 'ILLEGAL_TRANSITION')) throw error;
      // The lease may have run out, and the token be good all the same while nobody else has claimed the task (H3).
      const { lease } = await this.session.tasks.get(this.task.name);
      if (lease?.fencingToken !== this.task.lease!.fencingToken) throw error;
    }
  }
}

/** Calls until a server answers, however long that takes, with one request id. The session's own end ends it. */
async function persist(session: Session, call: (requestId: string) => Promise<unknown>): Promise<void> {
  const requestId = randomUUID();
  const backoff = new Backoff(Infinity);
  for (;;) {
    try {
      await call(requestId);
      return;
    } catch (error) {
      const waitMs = backoff.waitAfterSilence(error);
      if (waitMs === undefined || session.lost.aborted) throw error;
      await delay(waitMs);
    }
  }
}
