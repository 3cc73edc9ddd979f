import { Priority, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { act, begin } from '../support/agents';
import { World, createTask, on } from '../support/world';

function fieldsOf(world: World, task: Partial<Task>): string[] {
  const refusal = world.refusal({ kind: 'createTask', request: createTask(task) });
  expect(refusal.reason).toBe('FIELD_INVALID');
  return (refusal.details.fields ?? []).map(({ field }) => field);
}

function nested(depth: number): Record<string, unknown> {
  return depth === 1 ? {} : { deeper: nested(depth - 1) };
}

describe('a created task', () => {
  it('has its defaults and output fields', () => {
    const world = new World();
    act(world, begin(world, 'ada', 'ada-1'));
    const { decision, sequence } = world.run({ kind: 'createTask', request: createTask({}) });
    expect(decision.changes).toHaveLength(1);
    expect(decision.changes[0]).toMatchObject({
      ...{ kind: EntityKind.TASK, project: 'p', id: 't1', event: EventType.TASK_CREATED, removed: false },
      ...{ previousSequence: 0, previousCrc: 0, previousIndexed: undefined, changedPaths: [] },
    });
    const at = { seconds: world.nowMs / 1000 - 1, nanos: 0 };
    expect(world.task('t1')).toMatchObject({
      ...{ name: 'projects/p/tasks/t1', uid: 'uid-4', etag: String(sequence), revision: 1, state: TaskState.PENDING },
      ...{ priority: Priority.P2, queue: 'default', creator: 'local', originSession: 'projects/p/sessions/ada-1' },
      ...{ createTime: at, updateTime: at, deleteTime: undefined, endTime: undefined },
    });
  });

  it('is numbered per project, and numbers are not given twice', () => {
    const world = new World();
    world.run({
      kind: 'createProject',
      request: { project: undefined, projectId: 'q', requestId: '', validateOnly: false },
    });
    const ids = ['p', 'p', 'q', 'p'].map((project) =>
      world.taskOf({ kind: 'createTask', request: createTask({}, '', `projects/${project}`) }),
    );
    expect(ids.map(({ name }) => name)).toEqual(
      ['p/tasks/t1', 'p/tasks/t2', 'q/tasks/t1', 'p/tasks/t3'].map((name) => `projects/${name}`),
    );
    world.run({ kind: 'deleteTask', request: on('t3') });
    world.nowMs += 40 * 86_400_000;
    world.run({ kind: 'purgeTask', request: on('t3') });
    expect(world.create().name).toBe('projects/p/tasks/t4');
  });

  it('ignores output-only and unknown fields that the client set', () => {
    const world = new World();
    const task = { state: TaskState.SUCCEEDED, name: 'x', uid: 'mine', etag: '7', revision: 9, creator: 'root' };
    const request = createTask({ ...task, successor: 'y', stateReason: 'z' });
    request.task._unknownFields = { 802: [Buffer.from([1, 65])] };
    expect(world.taskOf({ kind: 'createTask', request })).toMatchObject({
      ...{ state: TaskState.PENDING, name: 'projects/p/tasks/t1', revision: 1, creator: 'local', successor: '' },
      ...{ stateReason: '', _unknownFields: {} },
    });
  });

  it('gives criteria the ids that are free', () => {
    const criteria = ['', 'c2', '', 'done'].map((id) => ({ id, text: 'It works', met: false, evidence: '' }));
    const { acceptanceCriteria } = new World().create({ acceptanceCriteria: criteria });
    expect(acceptanceCriteria.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'done']);
  });

  it('keeps entries whose key is __proto__', () => {
    const task = new World().create({ annotations: new Map([['__proto__', 'kept']]) });
    expect([...task.annotations]).toEqual([['__proto__', 'kept']]);
    expect(({} as Record<string, unknown>)['kept']).toBeUndefined();
  });
});

describe('malformed content', () => {
  it('is reported whole, each field by its path', () => {
    const fields = fieldsOf(new World(), {
      title: '',
      description: 'é'.repeat(32_769),
      priority: 9 as Priority,
      queue: 'Not An Id',
      parent: 'tasks/t1',
      labels: new Map([
        ['__proto__', 'x'],
        ['long', 'x'.repeat(64)],
      ]),
      assignee: 'x'.repeat(129),
      annotations: new Map([['', 'x']]),
      externalId: 'two\nlines',
      acceptanceCriteria: [{ id: 'c1', text: '', met: false, evidence: 'x'.repeat(4097) }],
      kind: 'x'.repeat(64),
      payload: nested(17),
      dependencies: [{ task: 'tasks/t1', kind: 0 }],
      notBefore: { seconds: 1, nanos: -1 },
      dueTime: { seconds: 253_402_300_800, nanos: 0 },
      requiredCapabilities: ['gpu', 'gpu', 'No'],
    });
    expect(fields.sort()).toEqual(
      [
        ...['title', 'description', 'priority', 'queue', 'parent', 'labels', 'labels.long', 'assignee', 'annotations'],
        ...['external_id', 'acceptance_criteria[0].text', 'acceptance_criteria[0].evidence', 'kind', 'payload'],
        ...[
          'dependencies[0].kind',
          'dependencies[0].task',
          'not_before',
          'due_time',
          'required_capabilities[1]',
          'required_capabilities[2]',
        ],
      ]
        .map((field) => `task.${field}`)
        .sort(),
    );
  });

  const criterion = { text: 'x', met: false, evidence: '' };
  it.each<[string, Partial<Task>, Partial<Task>]>([
    ['title', { title: '😀'.repeat(500) }, { title: '😀'.repeat(501) }],
    ['title', { title: ' x ' }, { title: ' ' }],
    ['title', { title: 'one line' }, { title: 'two\nlines' }],
    ['description', { description: 'x'.repeat(65_536) }, { description: 'x'.repeat(65_537) }],
    ['labels', { labels: labels(64) }, { labels: labels(65) }],
    [
      'annotations',
      { annotations: new Map([['k', 'x'.repeat(65_535)]]) },
      { annotations: new Map([['k', 'x'.repeat(65_536)]]) },
    ],
    ['external_id', { externalId: 'é'.repeat(256) }, { externalId: 'é'.repeat(257) }],
    ['external_id', { externalId: 'https://tracker/browse/X-1?a=b c' }, { externalId: 'zero​width' }],
    ['payload', { payload: nested(16) }, { payload: nested(17) }],
    ['payload', { payload: { list: [[[]]] } }, { payload: { number: NaN } }],
    ['payload', { payload: { text: 'x'.repeat(65_500) } }, { payload: { text: 'x'.repeat(65_536) } }],
    ['kind', { kind: 'k'.repeat(63) }, { kind: 'k'.repeat(64) }],
    ['queue', { queue: 'a'.repeat(63) }, { queue: 'a'.repeat(64) }],
    [
      'acceptance_criteria',
      { acceptanceCriteria: Array.from({ length: 100 }, () => ({ ...criterion, id: '' })) },
      { acceptanceCriteria: Array.from({ length: 101 }, () => ({ ...criterion, id: '' })) },
    ],
    [
      'acceptance_criteria[1].id',
      {
        acceptanceCriteria: [
          { ...criterion, id: 'a' },
          { ...criterion, id: 'b' },
        ],
      },
      {
        acceptanceCriteria: [
          { ...criterion, id: 'a' },
          { ...criterion, id: 'a' },
        ],
      },
    ],
    [
      'required_capabilities',
      { requiredCapabilities: Array.from({ length: 32 }, (_, i) => `c${i}`) },
      { requiredCapabilities: Array.from({ length: 33 }, (_, i) => `c${i}`) },
    ],
  ])('the bound of %s lies between the two', (field, within, beyond) => {
    const world = new World();
    world.create(within);
    expect(fieldsOf(world, beyond)).toEqual([`task.${field}`]);
  });

  it('a payload with the key __proto__ is refused, also when the decoder has swallowed it', () => {
    const payload = { a: { ['__proto__']: { polluted: true } } };
    const decoded = Task.decode(Task.encode(Task.fromPartial({ payload })).finish()).payload;
    expect(fieldsOf(new World(), { payload })).toEqual(['task.payload']);
    expect(fieldsOf(new World(), { payload: decoded })).toEqual(['task.payload']);
  });

  it('what the caller wrote is cut and escaped in the message', () => {
    const { message } = new World().refusal({
      kind: 'createTask',
      request: createTask({ queue: '\ud800\n' + 'x'.repeat(9000) }),
    });
    expect(message.length).toBeLessThan(400);
    expect(message).toContain('"\\ud800\\nxxx');
  });

  it('a task above 256 KiB is too large', () => {
    const text = 'x'.repeat(2000);
    const evidence = 'y'.repeat(4096);
    const acceptanceCriteria = Array.from({ length: 44 }, () => ({ id: '', text, met: false, evidence }));
    const refusal = new World().refusal({ kind: 'createTask', request: createTask({ acceptanceCriteria }) });
    expect(refusal).toMatchObject({ reason: 'TOO_LARGE', details: { metadata: { limit_bytes: '262144' } } });
  });
});

function labels(count: number): Map<string, string> {
  return new Map(Array.from({ length: count }, (_, i) => [`label${i}`, '']));
}

describe('names', () => {
  it('a chosen id is taken once, and stays taken while its task is deleted', () => {
    const world = new World();
    world.create({}, 'fix-login');
    const request = createTask({}, 'fix-login');
    expect(world.refusal({ kind: 'createTask', request })).toMatchObject({
      reason: 'ALREADY_EXISTS',
      details: { metadata: { name: 'projects/p/tasks/fix-login' } },
    });
    world.run({ kind: 'deleteTask', request: on('fix-login') });
    expect(world.refusal({ kind: 'createTask', request }).reason).toBe('ALREADY_EXISTS');
  });

  it.each(['t1', 't007', 'Upper', '-a', 'a-', 'a'.repeat(64), 'a/b', 'ä'])('the id %s cannot be chosen', (id) => {
    const { reason, details } = new World().refusal({ kind: 'createTask', request: createTask({}, id) });
    expect([reason, details.fields?.[0]?.field]).toEqual(['FIELD_INVALID', 'task_id']);
  });

  it('an external id is unique in its project and names the task', () => {
    const world = new World();
    world.create({ externalId: 'JIRA/1: x' });
    const request = createTask({ externalId: 'JIRA/1: x' });
    expect(world.refusal({ kind: 'createTask', request })).toMatchObject({
      reason: 'ALREADY_EXISTS',
      details: { metadata: { name: 'projects/p/tasks/t1' } },
    });
    world.run({ kind: 'pauseTask', request: on('projects/p/tasks/external:JIRA/1: x') });
    expect(world.task('t1').state).toBe(TaskState.PAUSED);
    expect(world.create({ parent: 'projects/p/tasks/external:JIRA/1: x' }).parent).toBe('projects/p/tasks/t1');
  });

  it.each(['', 'p', 'projects/', 'projects/P', 'projects/p/tasks/t1', 'projects/-'])('"%s" is no project', (parent) => {
    const { details } = new World().refusal({ kind: 'createTask', request: createTask({}, '', parent) });
    expect(details.fields?.[0]?.field).toBe('parent');
  });

  it('an unknown project is not found, a deleted one says how it comes back', () => {
    const world = new World();
    expect(world.refusal({ kind: 'createTask', request: createTask({}, '', 'projects/q') })).toMatchObject({
      reason: 'NOT_FOUND',
      details: { metadata: { name: 'projects/q' }, resource: { type: 'project' } },
    });
    world.run({ kind: 'deleteProject', request: on('projects/p') });
    const { reason, message } = world.refusal({ kind: 'createTask', request: createTask({}) });
    expect([reason, message]).toEqual(['NOT_FOUND', 'projects/p is deleted; UndeleteProject brings it back']);
  });

  it('a principal that is not known may do nothing', () => {
    const world = new World();
    world.principal = 'mallory';
    expect(world.refusal({ kind: 'createTask', request: createTask({}) })).toMatchObject({
      reason: 'PERMISSION_DENIED',
      details: { metadata: { principal: 'mallory', verb: 'CreateTask', name: 'projects/p' } },
    });
  });
});

describe('parents', () => {
  it('must be there, and not deleted', () => {
    const world = new World();
    world.create({}, 'epic');
    const request = createTask({ parent: 'projects/p/tasks/epic' });
    expect(world.refusal({ kind: 'createTask', request: createTask({ parent: 'projects/p/tasks/none' }) }).reason).toBe(
      'NOT_FOUND',
    );
    world.run({ kind: 'deleteTask', request: on('epic') });
    expect(world.refusal({ kind: 'createTask', request }).message).toContain('UndeleteTask');
  });

  it('may have ended: trackers hold open children of closed parents', () => {
    const world = new World();
    world.create({}, 'epic');
    world.run({ kind: 'completeTask', request: { ...on('epic'), result: undefined } });
    world.create({ parent: 'projects/p/tasks/epic' });
    expect(world.liveChildren('epic')).toBe(1);
  });

  it('go 64 levels deep', () => {
    const world = new World();
    let parent = '';
    for (let level = 1; level <= 64; level++) parent = world.create({ parent }).name;
    expect(world.refusal({ kind: 'createTask', request: createTask({ parent }) })).toMatchObject({
      reason: 'GRAPH_TOO_LARGE',
      details: { metadata: { limit: '64' } },
    });
  });

  it('cannot be an orphan of an earlier task of the same id', () => {
    const world = new World();
    world.create({}, 'epic');
    world.create({ parent: 'projects/p/tasks/epic' }, 'part');
    world.run({ kind: 'cancelTask', request: { ...on('part'), cascade: false } });
    world.run({ kind: 'deleteTask', request: on('epic') });
    world.nowMs += 31 * 86_400_000;
    world.run({ kind: 'purgeTask', request: on('epic') });
    const request = createTask({ parent: 'projects/p/tasks/part' }, 'epic');
    expect(world.refusal({ kind: 'createTask', request })).toMatchObject({
      reason: 'DEPENDENCY_CYCLE',
      details: { metadata: { path: 'epic -> part -> epic' } },
    });
  });
});
