// Sessions that keep themselves alive, against a real server.

import { isHoldfastError, SessionState, TaskState } from '@holdfast/client';
import { refusal, served } from './connected';
import { step } from './conformance-step';

/** The shortest ttl that there is, in milliseconds. */
const TTL_MS = 1000;

step('session', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada', id: 'day-1', labels: { shift: 'early' } });
  expect(session.name).toBe('projects/default/sessions/day-1');
  const task = await session.tasks.create({ title: 'Of a session' });
  expect(task.originSession).toBe(session.name);
  expect((await holdfast.sessions.list({ agent: 'ada' }).toArray()).map(({ name }) => name)).toEqual([session.name]);
  expect((await holdfast.agents.get('ada')).latestSession).toBe(session.name);
  await session.end({ summary: 'went home' });
  expect(await holdfast.sessions.get('day-1')).toMatchObject({ state: SessionState.ENDED, summary: 'went home' });
  expect(await refusal(session.tasks.create({ title: 'Late' }))).toMatchObject({ reason: 'SESSION_ENDED' });
});

step('claim', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  await holdfast.tasks.create({ title: 'Work' });
  const task = await session.tasks.claim('t1');
  expect(task).toMatchObject({ state: TaskState.RUNNING, lease: { session: session.name } });
  const other = await holdfast.sessions.start({ agent: 'bob' });
  const error = await refusal(other.tasks.claim('t1'));
  expect(error).toMatchObject({ reason: 'ALREADY_CLAIMED', metadata: { holder: session.name } });
  await session.tasks.heartbeat(task, { progress: { percent: 50, message: 'half way' } });
  expect((await holdfast.tasks.get('t1')).progress).toMatchObject({ percent: 50, message: 'half way' });
  const { task: done, followUps } = await session.tasks.completeHeld(task, {
    result: { words: 3 },
    artifacts: [{ name: 'draft.txt', mediaType: 'text/plain', data: Buffer.from('all done') }],
    followUps: [{ fields: { title: 'Review it' } }],
  });
  expect([done?.state, followUps.map(({ title }) => title)]).toEqual([TaskState.SUCCEEDED, ['Review it']]);
  expect((await holdfast.tasks.artifact('t1', 'draft.txt')).data.toString()).toBe('all done');
  await session.end();
  await other.end();
});

step('claim-next', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  const none = await session.tasks.claimNext();
  expect([none.tasks, none.empty?.counts?.pending]).toEqual([[], 0]);
  const waiting = session.tasks.claimNext({ waitMs: 20_000, leaseTtlMs: 60_000 });
  await holdfast.tasks.create({ title: 'At last' });
  const { tasks } = await waiting;
  expect(tasks).toMatchObject([{ title: 'At last', lease: { ttl: { seconds: 60 } } }]);
  await session.end();
});

step('fenced', async () => {
  const { holdfast } = await served();
  const late = await holdfast.sessions.start({ agent: 'ada' });
  await holdfast.tasks.create({ title: 'Contended' });
  const stale = await late.tasks.claim('t1');
  await late.tasks.release(stale, { reason: 'lunch' });
  const next = await holdfast.sessions.start({ agent: 'bob' });
  const held = await next.tasks.claim('t1');
  const error = await refusal(late.tasks.completeHeld(stale));
  expect(error).toMatchObject({ reason: 'FENCED', metadata: { holder: next.name } });
  expect((await next.tasks.completeHeld(held)).task?.state).toBe(TaskState.SUCCEEDED);
  await Promise.all([late.end(), next.end()]);
});

step('apply-work', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  for (const title of ['Held', 'Next']) await holdfast.tasks.create({ title });
  const held = await session.tasks.claim('t1');
  const applied = await session.tasks.apply((changes) => {
    changes.putStep(held, 'draft', { words: 120 });
    changes.saveCheckpoint(session.name, { chapter: 4 }, { tasks: [held], facts: { step: 1 } });
    changes.putMemory('project', 'style', { tabs: false });
    changes.complete('t1', { fencingToken: held.lease!.fencingToken, result: { words: 120 } });
    changes.claim('t2', { leaseTtlMs: 60_000 });
  });
  expect(applied.results.map(({ result }) => result?.$case)).toEqual(['step', 'checkpoint', 'memory', 'task', 'task']);
  const [done, next] = await Promise.all([holdfast.tasks.get('t1'), holdfast.tasks.get('t2')]);
  expect([done.state, next.state]).toEqual([TaskState.SUCCEEDED, TaskState.RUNNING]);
  expect(done.latestCheckpoint).toContain(`${session.name}/checkpoints/`);
  expect(next.lease).toMatchObject({ session: session.name, ttl: { seconds: 60 } });
  await session.tasks.apply((changes) => {
    changes.requestInput(next, { question: 'Which one?' }, { keepLease: true });
  });
  await holdfast.tasks.provideInput('t2', { text: 'the blue one' });
  await session.tasks.apply((changes) => changes.release(next, { reason: 'lunch' }));
  expect(await holdfast.tasks.get('t2')).toMatchObject({ state: TaskState.PENDING, stateReason: 'lunch' });
  await session.end();
});

step('session-alive', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada', ttlMs: TTL_MS });
  const { lastSeenTime } = session.info;
  // Two renewals past the first ttl, as the session itself sees them.
  while (session.info.lastSeenTime!.getTime() - lastSeenTime!.getTime() < 2 * TTL_MS) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await holdfast.sessions.get(session.name)).state).toBe(SessionState.ACTIVE);
  expect(session.lost.aborted).toBe(false);
  await session.end();
});

step('session-lost', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada', ttlMs: TTL_MS });
  await session.close();
  const events = holdfast.events.watch({ start: 'earliest', types: ['session.lost'] });
  for await (const { kind } of events) if (kind === 'events') break;
  const again = await refusal(session.tasks.create({ title: 'Unheard' }));
  expect(again).toMatchObject({ reason: 'SESSION_LOST', metadata: { name: session.name } });
  expect(session.lost.aborted).toBe(true);
  expect(isHoldfastError(session.lost.reason, 'SESSION_LOST')).toBe(true);
});

step('session-resume', async () => {
  const { holdfast } = await served();
  const first = await holdfast.sessions.start({ agent: 'ada' });
  await holdfast.tasks.create({ title: 'Half done' });
  const held = await first.tasks.claim('t1');
  await first.tasks.putStep(held, 'draft', { words: 120 });
  expect(await refusal(holdfast.sessions.resume({ agent: 'ada' }))).toMatchObject({ reason: 'SESSION_ACTIVE' });
  const second = await holdfast.sessions.resume({ agent: 'ada' }, { takeOver: true });
  expect(second.resumption?.resumed?.name).toBe(first.name);
  const [briefed] = second.resumption!.briefing.tasks;
  expect(briefed).toMatchObject({ held: true, task: { title: 'Half done' }, steps: [{ key: 'draft' }] });
  expect(await refusal(first.tasks.completeHeld(held))).toMatchObject({ code: expect.any(String) as string });
  expect(first.lost.aborted).toBe(true);
  const done = await second.tasks.completeHeld(briefed!.task!);
  expect(done.task?.state).toBe(TaskState.SUCCEEDED);
  await second.end();
});

step('attach', async () => {
  const { holdfast, server } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada', ttlMs: 5000 });
  await session.close();
  const elsewhere = await holdfast.sessions.attach({ name: session.name, token: session.token });
  expect((await elsewhere.tasks.create({ title: 'Handed on' })).originSession).toBe(session.name);
  const wrong = await refusal(holdfast.sessions.attach({ name: session.name, token: 'guessed' }));
  expect(wrong).toMatchObject({ reason: 'FENCED' });
  await elsewhere[Symbol.asyncDispose]();
  expect((await holdfast.sessions.get(session.name)).state).toBe(SessionState.ENDED);
  await elsewhere[Symbol.asyncDispose]();
  void server;
});
