import { taskFields } from '../../src/domain/update-task';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { World, on } from '../support/world';

function update(id: string, task: Partial<Task>, updateMask?: string[], etag = '') {
  const name = id.includes('/') ? id : `projects/p/tasks/${id}`;
  const request = { task: Task.fromPartial({ ...task, name }), updateMask, etag, requestId: '', validateOnly: false };
  return { kind: 'updateTask' as const, request };
}

const full: Partial<Task> = {
  title: 'Old',
  description: 'At length',
  priority: 1,
  queue: 'build',
  labels: new Map([
    ['area', 'core'],
    ['app.kubernetes.io/name', 'x'],
  ]),
  annotations: new Map([['note', 'old']]),
  assignee: 'ada',
  kind: 'bug',
  payload: { a: 1 },
  requiredCapabilities: ['gpu'],
  notBefore: { seconds: 5, nanos: 0 },
};

function world(): World {
  const made = new World();
  made.create(full);
  return made;
}

describe('the update mask', () => {
  it('absent, means the fields that are set', () => {
    const w = world();
    const { decision } = w.run(update('t1', { title: 'New', labels: new Map([['size', 's']]) }));
    expect(decision.changes[0]!.changedPaths).toEqual(['title', 'labels']);
    const task = w.task('t1');
    expect([...task.labels]).toEqual([['size', 's']]);
    expect(task).toMatchObject({
      title: 'New',
      description: 'At length',
      priority: 1,
      assignee: 'ada',
      payload: { a: 1 },
    });
  });

  it('*, replaces everything that a client writes', () => {
    const w = world();
    w.run(update('t1', { title: 'New' }, ['*']));
    const { name, uid, createTime } = w.task('t1');
    const fresh = new World();
    fresh.create({ title: 'New' });
    expect(w.task('t1')).toMatchObject({
      ...fresh.task('t1'),
      name,
      uid,
      createTime,
      etag: '3',
      revision: 2,
      updateTime: {},
    });
  });

  it('with paths, changes these alone, and unset ones become empty', () => {
    const w = world();
    const paths = [
      'description',
      'priority',
      'queue',
      'payload',
      'not_before',
      'required_capabilities',
      'name',
      'state',
    ];
    w.run(update('t1', { title: 'ignored', state: TaskState.FAILED }, paths));
    expect(w.task('t1')).toMatchObject({
      ...{ title: 'Old', description: '', priority: 3, queue: 'default', payload: undefined, notBefore: undefined },
      ...{ requiredCapabilities: [], state: TaskState.PENDING, kind: 'bug' },
    });
  });

  it('changes single labels and annotations', () => {
    const w = world();
    const labels = new Map([['size', 's']]);
    w.run(update('t1', { labels }, ['labels.size', 'labels.app.kubernetes.io/name', 'annotations.note']));
    expect([...w.task('t1').labels]).toEqual([
      ['area', 'core'],
      ['size', 's'],
    ]);
    expect(w.task('t1').annotations.size).toBe(0);
  });

  it.each(['titel', 'labels.', 'payload.a', 'title.x', '', 'updateTime', '*.title'])(
    'refuses the path "%s"',
    (path) => {
      const { reason, details } = world().refusal(update('t1', { title: 'New' }, ['title', path]));
      expect([reason, details.fields?.[0]?.field]).toEqual(['FIELD_INVALID', 'update_mask']);
    },
  );

  it('refuses * beside another path, and more than 256 paths', () => {
    expect(world().refusal(update('t1', { title: 'x' }, ['*', 'title'])).message).toContain('stands alone');
    const many = Array.from({ length: 257 }, (_, i) => `labels.l${i}`);
    expect(world().refusal(update('t1', {}, many)).message).toContain('257 paths');
  });

  it('checks only the fields that it names, by their path', () => {
    const w = world();
    w.plant('t1', { kind: 'x'.repeat(100) });
    w.run(update('t1', { title: 'New' }));
    const fields = w.refusal(update('t1', { title: '', queue: 'No' }, ['title', 'queue'])).details.fields;
    expect(fields?.map(({ field }) => field)).toEqual(['task.title', 'task.queue']);
  });

  it('counts the labels that come out of it', () => {
    const w = world();
    w.run(update('t1', { labels: new Map(Array.from({ length: 64 }, (_, i) => [`l${i}`, ''])) }));
    const refusal = w.refusal(update('t1', { labels: new Map([['more', '']]) }, ['labels.more']));
    expect(refusal.details.fields?.[0]?.field).toBe('task.labels');
  });
});

describe('an update', () => {
  it('makes a revision even if nothing differs', () => {
    const w = world();
    const { decision, sequence } = w.run(update('t1', {}));
    expect(decision.changes[0]).toMatchObject({ changedPaths: [], previousSequence: sequence - 1 });
    expect(w.task('t1')).toMatchObject({ revision: 2, etag: String(sequence) });
  });

  it('takes every field of a task, and ignores those that are output only', () => {
    const paths = Object.keys(Task.create())
      .filter((key) => key !== '_unknownFields')
      .map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    expect(paths).toEqual(expect.arrayContaining(['unresolved_dependencies', 'import_id', 'readiness']));
    const known = new Set([...taskFields.settable.map(({ path }) => path), ...taskFields.outputOnly]);
    expect(paths.filter((path) => !known.has(path))).toEqual([]);
  });

  it('accepts back what was read', () => {
    const w = new World();
    w.create({}, 'epic');
    w.create({ ...full, externalId: 'X-1', parent: 'projects/p/tasks/epic' });
    w.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false } });
    const { name } = w.taskOf({ kind: 'reopenTask', request: { ...on('t1'), taskId: '' } });
    for (const mask of [undefined, ['*'], ['external_id', 'dependencies', 'parent']]) {
      const { decision } = w.run(update(name, w.task('t2'), mask));
      expect(decision.changes.map(({ changedPaths }) => changedPaths)).toEqual([[]]);
    }
  });

  it('changes neither external id nor dependencies', () => {
    const w = new World();
    w.create({ externalId: 'X-1' });
    w.create();
    const dependencies = [{ task: 'projects/p/tasks/t1', kind: 1 as const }];
    const cases: [string, Partial<Task>, string[] | undefined, string][] = [
      ['t1', { externalId: 'X-2' }, undefined, 'task.external_id'],
      ['t1', {}, ['external_id'], 'task.external_id'],
      ['t2', { externalId: 'X-3', title: 'x' }, ['*'], 'task.external_id'],
      ['t2', { dependencies }, ['dependencies'], 'task.dependencies'],
    ];
    for (const [id, task, mask, field] of cases) {
      const { reason, details } = w.refusal(update(id, task, mask));
      expect([reason, details.fields?.map((violation) => violation.field)]).toEqual(['FIELD_INVALID', [field]]);
    }
    w.run(update('t1', { title: 'New' }, ['*']));
    expect(w.task('t1').externalId).toBe('X-1');
  });

  it('with a stale etag is refused with the present one', () => {
    const w = world();
    w.run(update('t1', { title: 'New' }, undefined, w.task('t1').etag));
    expect(w.refusal(update('t1', { title: 'x' }, undefined, '2'))).toMatchObject({
      reason: 'ETAG_MISMATCH',
      details: { metadata: { name: 'projects/p/tasks/t1', etag: '3' } },
    });
  });

  it('of a task that is deleted or was never there is refused', () => {
    const w = world();
    w.run({ kind: 'deleteTask', request: on('t1') });
    expect(w.refusal(update('t1', { title: 'x' }, undefined, '1')).message).toContain('is deleted; UndeleteTask');
    expect(w.refusal(update('t2', { title: 'x' })).reason).toBe('NOT_FOUND');
    expect(w.refusal(update('projects/p/tasks/T', {})).details.fields?.[0]?.field).toBe('task.name');
  });

  it('keeps fields of a later version that it does not know', () => {
    const w = world();
    const unknown = Buffer.from([0xf2, 0x3f, 1, 65]);
    w.view.plant(2, 'p', 't1', Buffer.concat([Task.encode(w.task('t1')).finish(), unknown]), ++w.sequence);
    w.run(update('t1', { title: 'New' }));
    expect(Buffer.from(w.view.row(2, 'p', 't1')!.image).includes(unknown)).toBe(true);
  });
});

describe('a move to another parent', () => {
  it('counts the child at the new parent and no longer at the old', () => {
    const w = new World();
    for (const id of ['a', 'b']) w.create({}, id);
    w.create({ parent: 'projects/p/tasks/a' });
    w.run(update('t1', { parent: 'projects/p/tasks/b' }));
    expect([w.liveChildren('a'), w.liveChildren('b')]).toEqual([0, 1]);
    w.run(update('t1', {}, ['parent']));
    expect([w.liveChildren('b'), w.task('t1').parent]).toEqual([0, '']);
  });

  it('below itself is refused with the cycle', () => {
    const w = new World();
    w.create({}, 'a');
    w.create({ parent: 'projects/p/tasks/a' }, 'b');
    w.create({ parent: 'projects/p/tasks/b' }, 'c');
    for (const [parent, path] of [
      ['a', 'a -> a'],
      ['c', 'a -> c -> b -> a'],
    ] as const) {
      expect(w.refusal(update('a', { parent: `projects/p/tasks/${parent}` }))).toMatchObject({
        reason: 'DEPENDENCY_CYCLE',
        details: { metadata: { path } },
      });
    }
  });

  it('names a long cycle in part', () => {
    const w = new World();
    let parent = '';
    for (let i = 0; i < 60; i++) parent = w.create({ parent }).name;
    const { details } = w.refusal(update('t1', { parent }));
    expect(details.metadata?.['path']).toBe('t1 -> t60 -> t59 -> t58 -> t57 -> … -> t5 -> t4 -> t3 -> t2 -> t1');
  });

  it('deeper than 64 levels is refused, and so is any walk that long', () => {
    const w = new World();
    let parent = '';
    for (let i = 0; i < 64; i++) parent = w.create({ parent }).name;
    w.create({}, 'loose');
    expect(w.refusal(update('loose', { parent })).reason).toBe('GRAPH_TOO_LARGE');
    w.run(update('loose', { parent: 'projects/p/tasks/t63' }));
  });
});
