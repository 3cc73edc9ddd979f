// The worker, against a real server.

import { setTimeout as delay } from 'node:timers/promises';
import {
  Directed,
  DirectiveKind,
  HandBack,
  NonRetryable,
  TaskState,
  View,
  Worker,
  WorkerStopped,
  HoldfastError,
} from '@holdfast/client';
import type { Holdfast, Outcome, Session, TaskHandler, WorkerOptions } from '@holdfast/client';
import { noDetails } from '../src/status-details';
import { refusal, served } from './connected';
import { step } from './conformance-step';

interface Working {
  readonly holdfast: Holdfast;
  readonly session: Session;
  readonly worker: Worker;
  readonly outcomes: Outcome[];
  /** Resolves when this many tasks are settled. */
  settled(count: number): Promise<void>;
  readonly ended: Promise<void>;
}

/** A server with tasks, and a worker at them. */
async function working(titles: readonly string[], handler: TaskHandler, options: WorkerOptions = {}): Promise<Working> {
  const { holdfast } = await served();
  for (const title of titles) await holdfast.tasks.create({ title });
  const session = await holdfast.sessions.start({ agent: 'ada', ttlMs: 10_000 });
  const outcomes: Outcome[] = [];
  let heard: () => void = () => undefined;
  const worker = new Worker(
    session,
    {
      ...options,
      onOutcome: (outcome) => {
        outcomes.push(outcome);
        heard();
      },
    },
    handler,
  );
  const ended = worker.run();
  ended.catch(() => undefined);
  const settled = async (count: number): Promise<void> => {
    while (outcomes.length < count) await new Promise<void>((resolve) => (heard = resolve));
  };
  return { holdfast, session, worker, outcomes, settled, ended };
}

async function end({ worker, session, ended }: Working): Promise<void> {
  await worker.stop();
  await ended;
  await session.end();
}

/** Never resolves before the signal aborts; then it throws the reason. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

step('worker', async () => {
  let atOnce = 0;
  let most = 0;
  const titles = Array.from({ length: 8 }, (_, n) => `Task ${n}`);
  const handler: TaskHandler = async ({ title }, { progress, artifact, followUp }) => {
    most = Math.max(most, ++atOnce);
    await progress(50, 'half way');
    artifact({ name: 'log', data: Buffer.from(title) });
    if (title === 'Task 0') followUp({ fields: { title: 'Found on the way' } });
    await delay(20);
    atOnce--;
    return { title };
  };
  const working_ = await working(titles, handler, { concurrency: 3 });
  await working_.settled(9);
  await end(working_);
  const tasks = await working_.holdfast.tasks.list({ view: View.FULL }).toArray();
  expect(tasks.map(({ state, result }) => [state, result])).toEqual(
    tasks.map(({ title }) => [TaskState.SUCCEEDED, { title }]),
  );
  expect(most).toBe(3);
  expect((await working_.holdfast.tasks.artifact('t3', 'log')).data.toString()).toBe('Task 2');
});

step('worker-fails', async () => {
  const handler: TaskHandler = ({ title }) => {
    if (title === 'Hopeless') return Promise.reject(new NonRetryable('no such customer', 'no_customer'));
    if (title === 'Blocked') return Promise.reject(new HandBack({ reason: 'not yet', blockedBy: ['t1'] }));
    return Promise.reject(Object.assign(new Error('the disk is full'), { code: 'ENOSPC' }));
  };
  const run = await working(['Hopeless', 'Blocked', 'Unlucky'], handler, { concurrency: 3 });
  await run.settled(3);
  await run.worker.stop();
  const [hopeless, blocked, unlucky] = await Promise.all(['t1', 't2', 't3'].map((id) => run.holdfast.tasks.get(id)));
  expect(hopeless).toMatchObject({
    state: TaskState.FAILED,
    error: { code: 'no_customer', message: 'no such customer' },
  });
  expect(blocked).toMatchObject({ state: TaskState.PENDING, failureCount: 0, stateReason: 'not yet' });
  expect(blocked!.dependencies).toMatchObject([{ task: hopeless!.name }]);
  expect(unlucky!.attempts[0]).toMatchObject({ error: { code: 'ENOSPC', message: 'the disk is full' } });
  await end(run);
});

step('worker-directive', async () => {
  const reasons: unknown[] = [];
  const run = await working(
    ['Paused', 'Canceled'],
    async (_task, { signal }) => {
      try {
        return await untilAborted(signal);
      } catch (reason) {
        reasons.push(reason);
        throw reason;
      }
    },
    { concurrency: 2, leaseTtlMs: 1000 },
  );
  while ((await run.holdfast.tasks.list({ states: [TaskState.RUNNING] }).toArray()).length < 2) await delay(20);
  await run.holdfast.tasks.pause('t1', { reason: 'wait for the lawyers', graceMs: 20_000 });
  await run.holdfast.tasks.cancel('t2', { graceMs: 20_000 });
  await run.settled(2);
  expect(reasons).toEqual([expect.any(Directed), expect.any(Directed)]);
  const kinds = (reasons as Directed[]).map(({ kind, message }) => [kind, message]);
  expect(kinds).toContainEqual([DirectiveKind.PAUSE, 'wait for the lawyers']);
  expect(run.outcomes.map(({ kind }) => kind)).toEqual(['directed', 'directed']);
  expect((await run.holdfast.tasks.get('t1')).state).toBe(TaskState.PAUSED);
  expect((await run.holdfast.tasks.get('t2')).state).toBe(TaskState.CANCELED);
  await end(run);
});

step('worker-stop', async () => {
  const stubborn = new AbortController();
  const handler: TaskHandler = async ({ title }, { signal }) => {
    if (title === 'Quick') return delay(300, { quick: true });
    return untilAborted(title === 'Deaf' ? stubborn.signal : signal);
  };
  const run = await working(['Quick', 'Long', 'Deaf'], handler, { concurrency: 3 });
  while ((await run.holdfast.tasks.list({ states: [TaskState.RUNNING] }).toArray()).length < 3) await delay(20);
  await run.worker.stop({ timeoutMs: 500 });
  await run.ended;
  const states = await Promise.all(['t1', 't2', 't3'].map(async (id) => (await run.holdfast.tasks.get(id)).state));
  expect(states).toEqual([TaskState.SUCCEEDED, TaskState.PENDING, TaskState.PENDING]);
  expect(run.outcomes.map(({ kind }) => kind).sort()).toEqual(['completed', 'released', 'released']);
  expect(run.outcomes.find(({ task }) => task.title === 'Long')?.error).toBeInstanceOf(WorkerStopped);
  stubborn.abort();
  await run.session.end();
});

test('a worker that is stopped gives back what a claim brought that it has broken off', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada', ttlMs: 10_000 });
  const worker = new Worker(session, {}, () => Promise.reject(new Error('nothing is begun')));
  const claimNext = session.tasks.claimNext.bind(session.tasks);
  let stopped: Promise<void> | undefined;
  session.tasks.claimNext = async (options = {}) => {
    if (stopped) return claimNext(options);
    // The server has decided the claim, and its answer is lost on the way.
    await claimNext({ ...options, signal: undefined });
    stopped = worker.stop();
    throw new HoldfastError('CANCELLED', noDetails);
  };
  const ended = worker.run();
  await holdfast.tasks.create({ title: 'Claimed, unheard' });
  await ended;
  await stopped;
  const task = await holdfast.tasks.get('t1');
  expect([task.state, task.attemptCount, task.stateReason]).toEqual([TaskState.PENDING, 1, 'the worker was stopped']);
  await session.end();
});

step('worker-fenced', async () => {
  let reason: unknown;
  const run = await working(
    ['Contended'],
    async (_task, { signal }) => {
      try {
        return await untilAborted(signal);
      } catch (error) {
        reason = error;
        return { late: true };
      }
    },
    { leaseTtlMs: 1000 },
  );
  while ((await run.holdfast.tasks.get('t1')).state !== TaskState.RUNNING) await delay(20);
  const successor = await run.holdfast.sessions.resume({ session: run.session.name }, { takeOver: true });
  expect(await refusal(run.ended)).toMatchObject({ code: expect.any(String) as string });
  expect(run.session.lost.aborted).toBe(true);
  expect(reason).toMatchObject({ name: 'HoldfastError' });
  expect(run.outcomes).toMatchObject([{ kind: 'dropped', error: { reason: expect.any(String) as string } }]);
  const [briefed] = successor.resumption!.briefing.tasks;
  expect((await successor.tasks.completeHeld(briefed!.task!)).task?.result).toBeUndefined();
  await successor.end();
});

step('step-once', async () => {
  const effects: string[] = [];
  let attempts = 0;
  const handler: TaskHandler = async (task, { step: once }) => {
    attempts++;
    const { id } = await once('charge', (key) => {
      effects.push(key);
      return Promise.resolve({ id: `charge-${attempts}` });
    });
    await once('mail', () => Promise.resolve());
    if (attempts < 3) throw new Error('cut off');
    return { id, uid: task.uid };
  };
  const run = await working(['Pay'], handler);
  await run.settled(3);
  await end(run);
  const task = await run.holdfast.tasks.get('t1');
  expect(effects).toEqual([`${task.uid}/charge`]);
  expect(task.result).toEqual({ id: 'charge-1', uid: task.uid });
  expect((await run.holdfast.tasks.steps('t1').toArray()).map(({ key }) => key)).toEqual(['charge', 'mail']);
});

step('ask', async () => {
  const begun: string[] = [];
  const handler: TaskHandler = async ({ title }, { ask }) => {
    begun.push(title);
    const { text } = await ask(
      { question: 'Which colour?', options: ['red', 'blue'] },
      { keepLease: title === 'Waits' },
    );
    return { text };
  };
  const run = await working(['Begins anew', 'Waits'], handler, { concurrency: 2 });
  const states = [TaskState.INPUT_REQUIRED];
  while ((await run.holdfast.tasks.list({ states }).toArray()).length < 2) await delay(20);
  expect(await refusal(run.holdfast.tasks.provideInput('t1', { text: 'green' }))).toMatchObject({
    reason: 'FIELD_INVALID',
  });
  await run.holdfast.tasks.provideInput('t1', { text: 'red' });
  await run.holdfast.tasks.provideInput('t2', { text: 'blue' });
  await run.settled(3);
  await end(run);
  expect([(await run.holdfast.tasks.get('t1')).result, (await run.holdfast.tasks.get('t2')).result]).toEqual([
    { text: 'red' },
    { text: 'blue' },
  ]);
  expect(begun.sort()).toEqual(['Begins anew', 'Begins anew', 'Waits']);
});
