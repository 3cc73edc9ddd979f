import { NOTES_MAX } from '../../src/domain/limits';
import { putNote, removeNotes } from '../../src/domain/note';
import { Draft } from '../../src/domain/draft';
import { EntityKind, EventType, TaskGraph } from '../../src/gen/holdfast/journal/v1/journal';
import { Note } from '../../src/gen/holdfast/v1/note';
import { AddNoteRequest } from '../../src/gen/holdfast/v1/task_service';
import { World, on } from '../support/world';

function add(task: string, text: string, author = '') {
  const parent = task.includes('/') ? task : `projects/p/tasks/${task}`;
  return { kind: 'addNote' as const, request: AddNoteRequest.fromPartial({ parent, note: { text, author } }) };
}

function noteOf(world: World, id: string): Note {
  return Note.decode(world.view.row(EntityKind.NOTE, 'p', id)!.image);
}

function notesOf(world: World, id: string): number {
  const row = world.view.row(EntityKind.TASK_GRAPH, 'p', id);
  return row ? TaskGraph.decode(row.image).notes : 0;
}

describe('a note', () => {
  it('is numbered per task, and says who added it and when', () => {
    const world = new World();
    world.create();
    world.create();
    const { replies } = world.run(add('t1', 'seen', 'ann'));
    world.run(add('t1', 'done'));
    world.run(add('t2', 'else'));
    expect(Note.decode(replies[0]!.image)).toMatchObject({
      name: 'projects/p/tasks/t1/notes/n1',
      text: 'seen',
      author: 'ann',
      creator: 'local',
      createTime: { seconds: Date.UTC(2026, 0, 1) / 1000 + 3, nanos: 0 },
    });
    expect(noteOf(world, 't1/2')).toMatchObject({ name: 'projects/p/tasks/t1/notes/n2', author: 'local' });
    expect(noteOf(world, 't2/1').name).toBe('projects/p/tasks/t2/notes/n1');
    expect([notesOf(world, 't1'), notesOf(world, 't2')]).toEqual([2, 1]);
  });

  it('is an event of its own, and does not touch its task', () => {
    const world = new World();
    const { etag } = world.create();
    const { decision } = world.run(add('t1', 'seen'));
    expect(decision.changes.map(({ kind, event }) => [kind, event])).toEqual([
      [EntityKind.NOTE, EventType.NOTE_ADDED],
      [EntityKind.TASK_GRAPH, EventType.UNSPECIFIED],
    ]);
    expect(world.task('t1').etag).toBe(etag);
  });

  it('can be added in any state, but not to a deleted task', () => {
    const world = new World();
    world.create({ externalId: 'X 1' });
    world.run({ kind: 'completeTask', request: { ...on('t1'), result: undefined } });
    expect(world.run(add('projects/p/tasks/external:X 1', 'late')).replies[0]!.id).toBe('t1/1');
    world.run({ kind: 'deleteTask', request: on('t1') });
    expect(world.refusal(add('t1', 'x'))).toMatchObject({ reason: 'NOT_FOUND' });
    expect(world.refusal(add('t9', 'x'))).toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('keeps the live children that the graph row counts', () => {
    const world = new World();
    world.create();
    world.create({ parent: 'projects/p/tasks/t1' });
    world.run(add('t1', 'x'));
    world.create({ parent: 'projects/p/tasks/t1' });
    expect([world.liveChildren('t1'), notesOf(world, 't1')]).toEqual([2, 1]);
  });

  it.each([
    ['no text', '', '', 'note.text'],
    ['blank text', ' \n', '', 'note.text'],
    ['more than 16 KiB', 'é'.repeat(8193), '', 'note.text'],
    ['a long author', 'x', 'a'.repeat(129), 'note.author'],
  ])('is refused with %s', (_what, text, author, field) => {
    const world = new World();
    world.create();
    const refusal = world.refusal(add('t1', text, author));
    expect(refusal.reason).toBe('FIELD_INVALID');
    expect(refusal.details.fields?.map((each) => each.field)).toEqual([field]);
  });

  it('is refused without a note, and for what is no task', () => {
    const world = new World();
    const request = AddNoteRequest.fromPartial({ parent: 'projects/p/tasks/t1' });
    expect(world.refusal({ kind: 'addNote', request }).details.fields?.[0]?.field).toBe('note');
    expect(world.refusal(add('projects/p', 'x')).details.fields?.[0]?.field).toBe('parent');
  });

  it(`is refused above ${NOTES_MAX} for one task, and all go together`, () => {
    const world = new World();
    world.create();
    const caller = { principal: 'local', session: '', sessionToken: '' };
    const draft = new Draft(world.view, caller, world.context());
    for (let i = 0; i < NOTES_MAX; i++) putNote(draft, 'p', 't1', { text: 'x', author: '' });
    world.view.apply(draft.finish([]), ++world.sequence);
    expect(world.refusal(add('t1', 'x'))).toMatchObject({
      reason: 'GRAPH_TOO_LARGE',
      details: { metadata: { limit: String(NOTES_MAX) } },
    });
    const purge = new Draft(world.view, caller, world.context());
    removeNotes(purge, 'p', 't1');
    world.view.apply(purge.finish([]), ++world.sequence);
    const left = [...world.view.rows.keys()].filter((key) => key.startsWith(`${EntityKind.NOTE}/`));
    expect([left, notesOf(world, 't1')]).toEqual([[], 0]);
  });

  it('is of the time that an import gives', () => {
    const world = new World();
    world.create();
    const draft = new Draft(world.view, { principal: 'local', session: '', sessionToken: '' }, world.context());
    const createTime = { seconds: 5, nanos: 0 };
    putNote(draft, 'p', 't1', { text: 'old', author: 'bob', createTime });
    world.view.apply(draft.finish([]), ++world.sequence);
    expect(noteOf(world, 't1/1')).toMatchObject({ author: 'bob', createTime, creator: 'local' });
  });
});
