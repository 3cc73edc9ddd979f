// Goal: the settings of queues are checked, kept, and count for the tasks that say nothing themselves.

import { effectivePolicy } from '../../src/domain/work/policy';
import type { Action } from '../../src/domain/command';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { Queue } from '../../src/gen/holdfast/v1/queue';
import { Task } from '../../src/gen/holdfast/v1/task';
import { createTask, on, World } from '../support/world';

const NAME = 'projects/p/queues/build';
const seconds = (count: number) => ({ seconds: count, nanos: 0 });

function update(queue: Partial<Queue>, updateMask?: string[], etag = ''): Action {
  const given = Queue.fromPartial({ name: NAME, ...queue });
  return { kind: 'updateQueue', request: { queue: given, updateMask, etag, requestId: '', validateOnly: false } };
}

function settings(world: World, action: Action): Queue {
  return Queue.decode(world.run(action).replies[0]!.image);
}

describe('UpdateQueue', () => {
  it('keeps what is set, by the mask, and says who may go on from which etag', () => {
    const world = new World();
    const first = settings(world, update({ paused: true, concurrencyLimit: 3 }));
    expect(first).toMatchObject({ name: NAME, paused: true, concurrencyLimit: 3, etag: '2', counts: undefined });
    const second = settings(world, update({ concurrencyLimit: 5 }, undefined, '2'));
    expect(second).toMatchObject({ paused: true, concurrencyLimit: 5, etag: '3' });
    const third = settings(world, update({}, ['paused']));
    expect(third).toMatchObject({ paused: false, concurrencyLimit: 5 });
    const all = settings(world, update({ timeouts: { lease: seconds(60), run: undefined, total: undefined } }, ['*']));
    expect(all).toMatchObject({ concurrencyLimit: 0, timeouts: { lease: seconds(60) } });
    expect(world.refusal(update({ paused: true }, undefined, '2'))).toMatchObject({
      reason: 'ETAG_MISMATCH',
      details: { metadata: { name: NAME, etag: '5' } },
    });
  });

  it('is an event that names what changed', () => {
    const world = new World();
    const { changes } = world.run(update({ paused: true })).decision;
    expect(changes).toMatchObject([
      { kind: EntityKind.QUEUE, id: 'build', event: EventType.QUEUE_UPDATED, changedPaths: ['paused'] },
    ]);
  });

  it.each<[string, Partial<Queue>, string]>([
    ['a limit below 0', { concurrencyLimit: -1 }, 'queue.concurrency_limit'],
    ['a limit above the most', { concurrencyLimit: 1_000_001 }, 'queue.concurrency_limit'],
    ['too many attempts', { retryPolicy: policy({ maxAttempts: 101 }) }, 'queue.retry_policy.max_attempts'],
    ['a multiplier below 1', { retryPolicy: policy({ multiplier: 0.5 }) }, 'queue.retry_policy.multiplier'],
    ['a multiplier that is no number', { retryPolicy: policy({ multiplier: NaN }) }, 'queue.retry_policy.multiplier'],
    ['a wait above a day', { retryPolicy: policy({ maxBackoff: seconds(86_401) }) }, 'queue.retry_policy.max_backoff'],
    [
      'a wait backwards',
      { retryPolicy: policy({ initialBackoff: seconds(-1) }) },
      'queue.retry_policy.initial_backoff',
    ],
    [
      'a longest wait below the first',
      { retryPolicy: policy({ initialBackoff: seconds(10), maxBackoff: seconds(5) }) },
      'queue.retry_policy.max_backoff',
    ],
    ['a code twice', { retryPolicy: policy({ nonRetryable: ['a', 'a'] }) }, 'queue.retry_policy.non_retryable[1]'],
    ['an empty code', { retryPolicy: policy({ nonRetryable: [''] }) }, 'queue.retry_policy.non_retryable[0]'],
    [
      'a lease below a second',
      { timeouts: { lease: { seconds: 0, nanos: 5 }, run: undefined, total: undefined } },
      'queue.timeouts.lease',
    ],
    [
      'a run above 30 days',
      { timeouts: { lease: undefined, run: seconds(31 * 86_400), total: undefined } },
      'queue.timeouts.run',
    ],
  ])('refuses %s, and names the field', (_, queue, field) => {
    const { reason, details } = new World().refusal(update(queue));
    expect([reason, details.fields?.map((each) => each.field)]).toEqual(['FIELD_INVALID', [field]]);
  });

  it('refuses what is no queue, and projects that are not there', () => {
    const world = new World();
    expect(world.refusal(update({ name: 'projects/p/tasks/build' })).details.fields?.[0]?.field).toBe('queue.name');
    expect(world.refusal(update({ name: 'projects/p/queues/Build' })).reason).toBe('FIELD_INVALID');
    expect(world.refusal(update({ name: 'projects/q/queues/build' })).reason).toBe('NOT_FOUND');
    expect(world.refusal(update({}, ['labels'])).message).not.toContain('labels.KEY');
  });
});

describe('the policy of a task', () => {
  const policyOf = (world: World, task: Partial<Task>) => {
    const rows = {
      image: (kind: EntityKind, project: string, id: string) => world.view.row(kind, project, id)?.image,
    };
    return effectivePolicy(rows, 'p', 'build', Task.fromPartial(task));
  };

  it('is its own, field by field, then its queue’s, then the default', () => {
    const world = new World();
    expect(policyOf(world, {})).toEqual({
      ...{ maxAttempts: 5, initialBackoffMs: 1000, maxBackoffMs: 600_000, multiplier: 2, nonRetryable: new Set() },
      ...{ leaseMs: undefined, runMs: undefined, totalMs: undefined },
    });
    world.run(
      update({
        retryPolicy: policy({ maxAttempts: 3, initialBackoff: seconds(7), nonRetryable: ['fatal'] }),
        timeouts: { lease: seconds(60), run: seconds(90), total: undefined },
      }),
    );
    expect(policyOf(world, {})).toMatchObject({
      ...{ maxAttempts: 3, initialBackoffMs: 7000, multiplier: 2, nonRetryable: new Set(['fatal']) },
      ...{ leaseMs: 60_000, runMs: 90_000, totalMs: undefined },
    });
    const own = {
      retryPolicy: policy({ maxAttempts: 1, initialBackoff: seconds(0), nonRetryable: ['x'] }),
      timeouts: { lease: undefined, run: seconds(5), total: seconds(100) },
    };
    expect(policyOf(world, own)).toMatchObject({
      ...{ maxAttempts: 1, initialBackoffMs: 0, nonRetryable: new Set(['x']) },
      ...{ leaseMs: 60_000, runMs: 5000, totalMs: 100_000 },
    });
  });

  it('is checked and kept with the task', () => {
    const world = new World();
    const bad = { retryPolicy: policy({ maxAttempts: -1 }) };
    const refused = world.refusal({ kind: 'createTask', request: createTask(bad) });
    expect(refused.details.fields?.[0]?.field).toBe('task.retry_policy.max_attempts');
    const retryPolicy = policy({ maxAttempts: 2, initialBackoff: { seconds: 1, nanos: 500_000_000 } });
    const task = world.create({ retryPolicy });
    expect(task.retryPolicy).toMatchObject({ maxAttempts: 2, initialBackoff: { seconds: 1, nanos: 500_000_000 } });
    const given = Task.fromPartial({ name: task.name });
    const request = { task: given, updateMask: ['retry_policy'], etag: '', requestId: '', validateOnly: false };
    expect(world.taskOf({ kind: 'updateTask', request }).retryPolicy).toBeUndefined();
  });
});

describe('the number of queues', () => {
  const quota = { reason: 'QUOTA', details: { metadata: { limit: '1000' } } };

  it('is bounded by 1,000 that have settings, or tasks that are live or FAILED', () => {
    const world = new World();
    for (let i = 0; i < 999; i++) world.create({ queue: `q${i}` });
    world.run(update({ paused: true }));
    expect(world.refusal({ kind: 'createTask', request: createTask({ queue: 'more' }) })).toMatchObject(quota);
    expect(world.refusal(update({ name: 'projects/p/queues/more', paused: true }))).toMatchObject(quota);
    const moved = Task.fromPartial({ name: 'projects/p/tasks/t1', queue: 'more' });
    const move = { task: moved, updateMask: ['queue'], etag: '', requestId: '', validateOnly: false };
    expect(world.refusal({ kind: 'updateTask', request: move })).toMatchObject(quota);
    world.create({ queue: 'q7' });
    world.create({ queue: 'build' });
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false } });
    world.create({ queue: 'more' });
    const reopen = { ...on('t1'), title: '' };
    expect(world.refusal({ kind: 'reopenTask', request: reopen as never })).toMatchObject(quota);
  });

  it('counts those of one batch together', () => {
    const world = new World();
    for (let i = 0; i < 998; i++) world.create({ queue: `q${i}` });
    const batch = (queues: string[]): Action => ({
      kind: 'batchCreateTasks',
      request: {
        parent: 'projects/p',
        requests: queues.map((queue) => createTask({ queue })),
        requestId: '',
        validateOnly: false,
      },
    });
    expect(world.refusal(batch(['a', 'b', 'c']))).toMatchObject(quota);
    world.run(batch(['a', 'b', 'a', 'q5']));
    expect(world.view.queueCount('p')).toBe(1000);
  });
});

function policy(fields: Partial<NonNullable<Queue['retryPolicy']>>): NonNullable<Queue['retryPolicy']> {
  return {
    ...{ maxAttempts: 0, initialBackoff: undefined, maxBackoff: undefined, multiplier: 0, nonRetryable: [] },
    ...fields,
  };
}
