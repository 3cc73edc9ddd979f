import { DependencyKind } from '../../src/gen/holdfast/v1/task';
import type { Task } from '../../src/gen/holdfast/v1/task';
import type { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { World, createTask } from '../support/world';

function batch(...requests: Partial<CreateTaskRequest>[]) {
  const whole = requests.map((request) => ({ ...createTask({}, '', ''), ...request }));
  return {
    kind: 'batchCreateTasks' as const,
    request: { parent: 'projects/p', requests: whole, requestId: '', validateOnly: false },
  };
}

function one(task: Partial<Task>, ref = ''): Partial<CreateTaskRequest> {
  return { ...createTask(task, '', ''), ref };
}

describe('a batch', () => {
  it('creates all its tasks in order, in one record', () => {
    const world = new World();
    world.create();
    const { decision, replies } = world.run(batch(one({}), { taskId: 'chosen' }, one({})));
    expect(replies.map(({ id }) => id)).toEqual(['t2', 'chosen', 't3']);
    expect(decision.changes).toHaveLength(3);
    expect(new Set(replies.map(({ id }) => world.task(id).etag))).toEqual(new Set([String(world.sequence)]));
  });

  it('names earlier tasks of the call by their ref, and counts them as children once', () => {
    const world = new World();
    const { decision } = world.run(
      batch(
        one({}, 'Epic.1'),
        one({ parent: 'tasks/$Epic.1' }, 'b'),
        one({ parent: 'projects/p/tasks/$Epic.1' }),
        one({ parent: 'tasks/$b' }),
      ),
    );
    expect(['t1', 't2', 't3', 't4'].map((id) => world.task(id).parent.slice(-2))).toEqual(['', 't1', 't1', 't2']);
    expect([world.liveChildren('t1'), world.liveChildren('t2')]).toEqual([2, 1]);
    expect(decision.changes).toHaveLength(6);
  });

  it('gives edges to earlier tasks by ref, by id or by external id', () => {
    const world = new World();
    const edge = (task: string) => ({ task, kind: DependencyKind.BLOCKS });
    world.run(
      batch(
        one({ externalId: 'X/1' }, 'a'),
        { ...one({ dependencies: [edge('tasks/$a')] }, 'b'), taskId: 'chosen' },
        one({ dependencies: [edge('projects/p/tasks/$b'), edge('projects/p/tasks/external:X/1')] }),
        { ...one({ dependencies: [edge('projects/p/tasks/none')] }), allowUnresolved: true },
      ),
    );
    const targets = (id: string) => world.task(id).dependencies.map(({ task }) => task);
    expect(targets('chosen')).toEqual(['projects/p/tasks/t1']);
    expect(targets('t2')).toEqual(['projects/p/tasks/chosen', 'projects/p/tasks/t1']);
    expect(world.task('t3').unresolvedDependencies).toMatchObject([edge('projects/p/tasks/none')]);
    expect(world.task('t2').revision).toBe(1);
  });

  it('may bring more edges than a search for cycles visits tasks: nobody waits for a new task', () => {
    const world = new World();
    const edge = (to: number) => ({ task: `tasks/$r${to}`, kind: DependencyKind.BLOCKS });
    const tasks = Array.from({ length: 1000 }, (_, i) =>
      one({ dependencies: Array.from({ length: Math.min(i, 12) }, (_each, k) => edge(i - k - 1)) }, `r${i}`),
    );
    world.run(batch(...tasks));
    expect(world.task('t1000').dependencies).toHaveLength(12);
  });

  it('may name earlier tasks by id, too', () => {
    const world = new World();
    world.run(batch({ taskId: 'epic' }, one({ parent: 'projects/p/tasks/epic' })));
    expect(world.task('t1').parent).toBe('projects/p/tasks/epic');
  });

  it.each<[string, Partial<CreateTaskRequest>[], string[]]>([
    ['a ref that comes later', [one({ parent: 'tasks/$b' }), one({}, 'b')], ['requests[0].task.parent']],
    ['a ref of its own', [one({ parent: 'tasks/$a' }, 'a')], ['requests[0].task.parent']],
    [
      'an edge to a ref that comes later, and one of no kind',
      [
        one({
          dependencies: [
            { task: 'tasks/$b', kind: 1 },
            { task: 'projects/p/tasks/x', kind: 0 },
          ],
        }),
        one({}, 'b'),
      ],
      ['requests[0].task.dependencies[0].task', 'requests[0].task.dependencies[1].kind'],
    ],
    ['a ref used twice', [one({}, 'a'), one({}, 'a')], ['requests[1].ref']],
    ['a malformed ref', [one({}, 'a b')], ['requests[0].ref']],
    ['another parent', [{ parent: 'projects/q' }], ['requests[0].parent']],
    [
      'request ids inside',
      [{ requestId: 'x', validateOnly: true }],
      ['requests[0].request_id', 'requests[0].validate_only'],
    ],
    ['nothing inside', [{ task: undefined }], ['requests[0].task']],
    [
      'faults in several',
      [{}, one({ title: '' }), { taskId: 't9' }],
      ['requests[1].task.title', 'requests[2].task_id'],
    ],
  ])('is refused for %s', (_what, requests, fields) => {
    const refusal = new World().refusal(batch(...requests));
    expect(refusal.reason).toBe('FIELD_INVALID');
    expect(refusal.details.fields?.map(({ field }) => field)).toEqual(fields);
  });

  it('is refused whole, naming the request', () => {
    const world = new World();
    expect(world.refusal(batch({}, { taskId: 'a' }, { taskId: 'a' }))).toMatchObject({
      reason: 'ALREADY_EXISTS',
      message: 'requests[2]: projects/p/tasks/a exists already',
    });
    const twice = batch(one({ externalId: 'X-1' }), one({ externalId: 'X-1' }));
    expect(world.refusal(twice).message).toBe('requests[1]: projects/p/tasks/t1 has this external id already');
    expect(world.refusal(batch({}, one({ parent: 'projects/p/tasks/none' }))).message).toMatch(
      /^requests\[1\]: .* does not exist/,
    );
  });

  it('holds 1 to 1000 tasks', () => {
    const world = new World();
    expect(world.refusal(batch()).details.fields?.[0]?.field).toBe('requests');
    expect(world.refusal(batch(...Array.from({ length: 1001 }, () => ({})))).details.fields?.[0]?.field).toBe(
      'requests',
    );
    expect(world.run(batch(...Array.from({ length: 1000 }, () => ({})))).replies).toHaveLength(1000);
  });

  it('is too large above 3 MiB', () => {
    const big = one({ description: 'x'.repeat(65_000) });
    const world = new World();
    world.run(batch(...Array.from({ length: 48 }, () => big)));
    expect(world.refusal(batch(...Array.from({ length: 49 }, () => big)))).toMatchObject({
      reason: 'TOO_LARGE',
      details: { metadata: { limit_bytes: '3145728' } },
    });
  });

  it('lists at most 20 malformed fields and counts the rest', () => {
    const { message, details } = new World().refusal(batch(...Array.from({ length: 500 }, () => one({ title: '' }))));
    expect(details.fields).toHaveLength(20);
    expect(message).toContain('and 497 more');
  });

  it('a single creation has no ref', () => {
    const request = { ...createTask({}), ref: 'a' };
    expect(new World().refusal({ kind: 'createTask', request }).details.fields?.[0]?.field).toBe('ref');
  });
});
