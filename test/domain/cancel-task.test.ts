import { CascadeChanged } from '../../src/domain/cancel-task';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { World, on } from '../support/world';

const { PENDING, SUCCEEDED, CANCELED } = TaskState;

function cancel(id: string, descendants?: string[], cascade = true) {
  const names = descendants?.map((task) => `projects/p/tasks/${task}`);
  return { kind: 'cancelTask' as const, request: { ...on(id, '', 'no longer needed'), cascade }, descendants: names };
}

/** root > (a > (a1, a2), b > b1), and loose. */
function family(): World {
  const world = new World();
  for (const [id, parent] of [
    ['root', ''],
    ['a', 'root'],
    ['b', 'root'],
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
    ['loose', ''],
  ] as const) {
    world.create({ parent: parent && `projects/p/tasks/${parent}` }, id);
  }
  return world;
}

function states(world: World): Record<string, TaskState> {
  const ids = ['root', 'a', 'b', 'a1', 'a2', 'b1', 'loose'];
  return Object.fromEntries(ids.map((id) => [id, world.task(id).state]));
}

describe('a cascade', () => {
  it('cancels the task and all live tasks below it, in any order of listing, in one record', () => {
    const world = family();
    world.run({ kind: 'pauseTask', request: on('a2') });
    const { replies, sequence } = world.run(cancel('root', ['b1', 'a1', 'a', 'a2', 'b']));
    expect(replies.map(({ id }) => id)).toEqual(['root', 'b1', 'a1', 'a', 'a2', 'b']);
    const { loose, ...others } = states(world);
    expect(loose).toBe(PENDING);
    expect(new Set(Object.values(others))).toEqual(new Set([CANCELED]));
    expect(world.task('b1')).toMatchObject({ stateReason: 'no longer needed', etag: String(sequence), pausedFrom: 0 });
    expect(['root', 'a', 'b'].map((id) => world.liveChildren(id))).toEqual([0, 0, 0]);
  });

  it('takes nothing that is not below it, not live, deleted, unknown, or named twice', () => {
    const world = family();
    world.run({ kind: 'completeTask', request: { ...on('a1'), result: undefined } });
    world.run({ kind: 'deleteTask', request: on('a2') });
    const listed = ['a1', 'a2', 'loose', 'none', 'b1', 'a', 'a', 'root'];
    const { replies } = world.run(cancel('a', listed));
    expect(replies.map(({ id }) => id)).toEqual(['a']);
    expect(states(world)).toMatchObject({ root: PENDING, a1: SUCCEEDED, a2: PENDING, b1: PENDING, loose: PENDING });
  });

  it.each([[[]], [['a', 'b', 'a1', 'a2']], [['a1', 'a2', 'b1']]])(
    'asks for a new listing if %j leaves out a live child',
    (listed) => {
      const world = family();
      expect(() => world.decide(cancel('root', listed))).toThrow(CascadeChanged);
      expect(() => world.decide(cancel('root'))).toThrow(CascadeChanged);
    },
  );

  it('does not reach through tasks that have ended', () => {
    const world = family();
    world.plant('a', { state: SUCCEEDED });
    world.view.plant(3, 'p', 'root', Buffer.from([8, 1]), ++world.sequence);
    world.run(cancel('root', ['a', 'a1', 'a2', 'b', 'b1']));
    expect(states(world)).toMatchObject({ root: CANCELED, b1: CANCELED, a1: PENDING, a2: PENDING });
  });

  it('cancels at most 1000 tasks', () => {
    const world = new World();
    world.create({}, 'root');
    const ids = Array.from({ length: 1000 }, () => world.create({ parent: 'projects/p/tasks/root' }).name.slice(17));
    expect(world.refusal(cancel('root', ids))).toMatchObject({
      reason: 'GRAPH_TOO_LARGE',
      details: { metadata: { limit: '1000' } },
    });
    world.run(cancel('t1000'));
    expect(world.run(cancel('root', ids)).replies).toHaveLength(1000);
  });
});

describe('without cascade', () => {
  it('live children hold the task', () => {
    const world = family();
    const refusal = world.refusal(cancel('a', [], false));
    expect(refusal).toMatchObject({
      reason: 'HAS_CHILDREN',
      details: { metadata: { name: 'projects/p/tasks/a', live_children: '2' } },
    });
    expect(refusal.message).toContain('cascade');
    expect(world.refusal({ kind: 'completeTask', request: { ...on('a'), result: undefined } }).reason).toBe(
      'HAS_CHILDREN',
    );
    expect(world.refusal({ kind: 'deleteTask', request: on('a') }).reason).toBe('HAS_CHILDREN');
  });

  it('children that ended do not', () => {
    const world = family();
    for (const id of ['a1', 'a2', 'a']) world.run(cancel(id, [], false));
    expect(world.task('a').state).toBe(CANCELED);
  });
});
