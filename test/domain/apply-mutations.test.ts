import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { Note } from '../../src/gen/holdfast/v1/note';
import { DependencyKind, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { ApplyMutationsRequest } from '../../src/gen/holdfast/v1/task_service';
import type { DeepPartial, Mutation } from '../../src/gen/holdfast/v1/task_service';
import { begin, claimAs } from '../support/agents';
import { World } from '../support/world';

type OneMutation = NonNullable<Mutation['mutation']>;
type Given = { [Case in OneMutation['$case']]: { $case: Case; value: Part<Extract<OneMutation, { $case: Case }>> } };
type Part<M extends { value: unknown }> = DeepPartial<M['value']>;

/** One mutation with the fields that matter. */
function m<Case extends OneMutation['$case']>($case: Case, value: Given[Case]['value']): DeepPartial<Mutation> {
  return { mutation: { $case, value } };
}

function create(title: string, ref = '', task: DeepPartial<Task> = {}, more: object = {}): DeepPartial<Mutation> {
  return m('createTask', { task: { title, ...task }, ref, ...more });
}

function apply(...mutations: DeepPartial<Mutation>[]) {
  const request = ApplyMutationsRequest.fromPartial({ parent: 'projects/p', mutations });
  return { kind: 'applyMutations' as const, request };
}

const name = (id: string) => `projects/p/tasks/${id}`;

describe('an apply', () => {
  it('does each change on what those before it left, in one record', () => {
    const world = new World();
    world.create();
    const { decision, replies } = world.run(
      apply(
        create('Epic', 'epic'),
        create('Part', 'part', { parent: 'tasks/$epic' }),
        m('addDependency', { name: 'tasks/$part', dependency: { task: name('t1'), kind: DependencyKind.BLOCKS } }),
        m('updateTask', { task: { name: 'projects/p/tasks/$part', title: 'Renamed' } }),
        m('completeTask', { name: name('t1'), reason: 'done' }),
        m('pauseTask', { name: 'tasks/$part' }),
        m('addNote', { parent: 'tasks/$epic', note: { text: 'begun' } }),
        m('resumeTask', { name: 'tasks/$part' }),
        m('failTask', { name: 'tasks/$part' }),
        m('retryTask', { name: 'tasks/$part' }),
        m('reopenTask', { name: name('t1'), taskId: 'again' }),
      ),
    );
    expect(replies.map(({ kind, id }) => [kind, id])).toEqual([
      ...['t2', 't3', 't3', 't3', 't1', 't3'].map((id) => [EntityKind.TASK, id]),
      [EntityKind.NOTE, 't2/1'],
      ...['t3', 't3', 't3', 'again'].map((id) => [EntityKind.TASK, id]),
    ]);
    expect(new Set(decision.changes.map(({ kind, id }) => `${kind}/${id}`)).size).toBe(decision.changes.length);
    expect(Task.decode(replies[0]!.image).title).toBe('Epic');
    expect(Note.decode(replies[6]!.image)).toMatchObject({ name: `${name('t2')}/notes/n1`, text: 'begun' });
    expect(world.task('t3')).toMatchObject({ title: 'Renamed', parent: name('t2'), state: TaskState.PENDING });
    expect(world.task('t1').successor).toBe(name('again'));
    expect([...new Set(['t1', 't2', 't3'].map((id) => world.task(id).etag))]).toEqual([String(world.sequence)]);
  });

  it('answers each mutation of one task with what the whole commit left', () => {
    const world = new World();
    world.create();
    const { replies } = world.run(
      apply(m('updateTask', { task: { name: name('t1'), title: 'one' } }), m('completeTask', { name: name('t1') })),
    );
    expect(replies.map(({ image }) => Task.decode(image))).toEqual([world.task('t1'), world.task('t1')]);
    expect(world.task('t1')).toMatchObject({ title: 'one', state: TaskState.SUCCEEDED });
  });

  it('tells of a task that is created and ended in it that it was created', () => {
    const { decision } = new World().run(apply(create('x', 'a'), m('completeTask', { name: 'tasks/$a' })));
    expect(decision.changes.map(({ event }) => event)).toEqual([EventType.TASK_CREATED]);
  });

  it('gives edges by ref, also at creation, and by ids that come later', () => {
    const world = new World();
    world.run(
      apply(
        create('first', 'a'),
        create('second', 'b', { dependencies: [{ task: 'tasks/$a', kind: DependencyKind.BLOCKS }] }),
        create(
          'third',
          '',
          { dependencies: [{ task: name('late'), kind: DependencyKind.BLOCKS }] },
          { allowUnresolved: true },
        ),
        create('late', '', {}, { taskId: 'late' }),
        m('removeDependency', { name: 'tasks/$b', dependency: { task: 'tasks/$a' } }),
      ),
    );
    expect(world.task('t2').dependencies).toEqual([]);
    expect(world.task('t3')).toMatchObject({ unresolvedDependencies: [], dependencies: [{ task: name('late') }] });
  });

  it('gives a task back that waits for one of the same call', () => {
    const world = new World();
    world.create();
    const fencingToken = claimAs(world, begin(world, 'ada'), 't1');
    world.run(
      apply(
        create('First do this', 'first'),
        m('releaseTask', { name: name('t1'), fencingToken, blockedBy: ['tasks/$first'] }),
      ),
    );
    expect(world.task('t1')).toMatchObject({
      state: TaskState.PENDING,
      dependencies: [{ task: name('t2'), kind: DependencyKind.BLOCKS }],
    });
  });

  it('refuses a completion that claims the next task, which it would not do', () => {
    const world = new World();
    world.create();
    const { details } = world.refusal(apply(m('completeTask', { name: name('t1'), claimNext: {} })));
    expect(details.fields?.[0]?.field).toBe('mutations[0].complete_task.claim_next');
  });

  it('takes external ids, and etags of before the call alone', () => {
    const world = new World();
    const { etag } = world.create({ externalId: 'X-1' });
    const external = name('external:X-1');
    world.run(apply(m('pauseTask', { name: external, etag }), m('resumeTask', { name: external })));
    const stale = apply(m('pauseTask', { name: name('t1') }), m('resumeTask', { name: name('t1'), etag }));
    expect(world.refusal(stale)).toMatchObject({ reason: 'ETAG_MISMATCH' });
  });

  it.each<[string, DeepPartial<Mutation>[], string[]]>([
    ['nothing in it', [], ['mutations']],
    ['more than 1000', Array.from({ length: 1001 }, () => create('x')), ['mutations']],
    ['an empty mutation', [create('x'), {}], ['mutations[1]']],
    ['a malformed task', [create('x'), create('')], ['mutations[1].create_task.task.title']],
    ['no task', [m('createTask', {})], ['mutations[0].create_task.task']],
    [
      'a ref that comes later',
      [m('pauseTask', { name: 'tasks/$a' }), create('x', 'a')],
      ['mutations[0].pause_task.name'],
    ],
    [
      'a ref as a parent that comes later',
      [create('x', 'a', { parent: 'tasks/$a' })],
      ['mutations[0].create_task.task.parent'],
    ],
    ['a ref twice', [create('x', 'a'), create('x', 'a')], ['mutations[1].create_task.ref']],
    ['a malformed ref', [create('x', 'a b')], ['mutations[0].create_task.ref']],
    [
      'an unknown ref in an edge',
      [create('x', '', { dependencies: [{ task: 'tasks/$no', kind: DependencyKind.BLOCKS }] })],
      ['mutations[0].create_task.task.dependencies[0].task'],
    ],
    ['another parent', [create('x', '', {}, { parent: 'projects/q' })], ['mutations[0].create_task.parent']],
    [
      'a task of another project',
      [m('deleteTask', { name: 'projects/q/tasks/t1' })],
      ['mutations[0].delete_task.name'],
    ],
    [
      'a note of another project',
      [m('addNote', { parent: 'projects/q/tasks/t1', note: { text: 'x' } })],
      ['mutations[0].add_note.parent'],
    ],
    ['a cascade', [m('cancelTask', { name: name('t1'), cascade: true })], ['mutations[0].cancel_task.cascade']],
    [
      'a request id and a dry run inside',
      [m('undeleteTask', { name: name('t1'), requestId: 'x', validateOnly: true })],
      ['mutations[0].undelete_task.request_id', 'mutations[0].undelete_task.validate_only'],
    ],
  ])('is refused for %s', (_what, mutations, fields) => {
    const refusal = new World().refusal(apply(...mutations));
    expect(refusal.reason).toBe('FIELD_INVALID');
    expect(refusal.details.fields?.map(({ field }) => field)).toEqual(fields);
    expect(refusal.message.startsWith(`${fields[0]!}: `)).toBe(true);
  });

  it('is refused whole, naming the mutation and keeping the reason', () => {
    const world = new World();
    world.create();
    const late = apply(create('x'), m('completeTask', { name: name('t1') }), m('completeTask', { name: name('t1') }));
    expect(world.refusal(late)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      message: expect.stringMatching(/^mutations\[2\]\.complete_task: projects\/p\/tasks\/t1 is SUCCEEDED/) as string,
      details: { metadata: { name: name('t1'), state: 'SUCCEEDED' } },
    });
    const children = apply(
      create('x', 'a'),
      create('y', '', { parent: 'tasks/$a' }),
      m('cancelTask', { name: 'tasks/$a' }),
    );
    expect(world.refusal(children)).toMatchObject({ reason: 'HAS_CHILDREN' });
    const cycle = apply(
      create('x', 'a'),
      create('y', 'b', { dependencies: [{ task: 'tasks/$a', kind: DependencyKind.BLOCKS }] }),
      m('addDependency', { name: 'tasks/$a', dependency: { task: 'tasks/$b', kind: DependencyKind.BLOCKS } }),
    );
    expect(world.refusal(cycle)).toMatchObject({ reason: 'DEPENDENCY_CYCLE' });
  });

  it('is too large if it names one large task often', () => {
    const world = new World();
    world.create({ description: 'x'.repeat(65_000) });
    const touch = m('updateTask', { task: { name: name('t1'), title: 'y' } });
    expect(world.run(apply(...Array.from({ length: 48 }, () => touch))).replies).toHaveLength(48);
    expect(world.refusal(apply(...Array.from({ length: 49 }, () => touch)))).toMatchObject({
      reason: 'TOO_LARGE',
      details: { metadata: { limit_bytes: '3145728' } },
    });
  });
});
