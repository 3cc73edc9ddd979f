import { Draft } from '../../src/domain/draft';
import { formatTask } from '../../src/domain/names';
import { replyChanges } from '../../src/domain/reply';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { World } from '../support/world';

const { TASK } = EntityKind;

function draftOf(world: World): Draft {
  return new Draft(world.view, { principal: 'local', session: '', sessionToken: '' }, world.context());
}

describe('a draft', () => {
  it('makes one change of several of the same row, which remembers the row as the view has it', () => {
    const world = new World();
    world.create({ externalId: 'X-1' });
    const row = world.view.row(TASK, 'p', 't1')!;
    const draft = draftOf(world);
    const first = world.task('t1');
    const second = { ...first, title: 'Second' };
    draft.putTask('p', 't1', first, second, EventType.TASK_UPDATED);
    draft.putTask('p', 't1', second, { ...second, kind: 'bug' }, EventType.TASK_PAUSED);
    expect(draft.task('p', 't1')).toMatchObject({ title: 'Second', kind: 'bug' });
    const { changes } = draft.finish([0]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      ...{ previousSequence: row.sequence, previousCrc: row.crc, event: EventType.TASK_PAUSED },
      ...{ changedPaths: ['title', 'kind'], previousIndexed: { externalId: 'X-1', state: 1 } },
    });
  });

  it('a created row stays created, whatever follows', () => {
    const world = new World();
    const draft = draftOf(world);
    const task = { ...world.create({}, 'other'), name: formatTask('p', 'new') };
    draft.putTask('p', 'new', undefined, task, EventType.TASK_CREATED);
    draft.putTask('p', 'new', task, { ...task, title: 'Later' }, EventType.TASK_UPDATED);
    const { changes } = draft.finish([0]);
    expect(changes).toMatchObject([{ event: EventType.TASK_CREATED, changedPaths: [], previousSequence: 0 }]);
  });

  it('sees its own removals and its own external ids', () => {
    const world = new World();
    const task = world.create({}, 'old');
    const draft = draftOf(world);
    draft.removeTask('p', 'old', task);
    expect(draft.task('p', 'old')).toBeUndefined();
    draft.putTask('p', 'new', undefined, { ...task, externalId: 'X-1' }, EventType.TASK_CREATED);
    expect(draft.taskIdByExternalId('p', 'X-1')).toBe('new');
    expect(world.view.taskIdByExternalId('p', 'X-1')).toBeUndefined();
  });

  it('writes no count for a child that came and went', () => {
    const world = new World();
    const draft = draftOf(world);
    const task = { ...world.create({}, 'a'), parent: formatTask('p', 'epic') };
    draft.putTask('p', 'new', undefined, task, EventType.TASK_CREATED);
    expect(draft.liveChildren('p', 'epic')).toBe(1);
    draft.putTask('p', 'new', task, { ...task, parent: '' }, EventType.TASK_UPDATED);
    expect(draft.finish([0]).changes.map(({ kind }) => kind)).toEqual([TASK]);
  });

  it('refuses to count below zero', () => {
    const world = new World();
    const task = world.create({}, 'a');
    const draft = draftOf(world);
    draft.putTask('p', 'a', { ...task, parent: formatTask('p', 'epic') }, task, EventType.TASK_UPDATED);
    expect(() => draft.finish([0])).toThrow('broken invariant');
  });

  it('leaves the bytes of the view alone, and gives each row bytes of its own', () => {
    const world = new World();
    const first = world.create();
    const image = world.view.row(TASK, 'p', 't1')!.image;
    const copy = Buffer.from(image);
    const draft = draftOf(world);
    draft.putTask('p', 't1', first, { ...first, title: 'Other' }, EventType.TASK_UPDATED);
    draft.putTask('p', 't9', undefined, { ...first, title: 'Third' }, EventType.TASK_CREATED);
    expect(Buffer.from(image).equals(copy)).toBe(true);
    const { changes } = draft.finish([1, 0]);
    expect(replyChanges({ changes, reply: [1, 0] }).map(({ id }) => id)).toEqual(['t9', 't1']);
    expect(changes[0]!.image.includes('Other')).toBe(true);
    expect(changes[0]!.image.includes('Third')).toBe(false);
  });
});
