// Lines of events about more than tasks.

import { briefEventLine, eventLine } from '../../src/cli/event-view';
import { Event } from '../../src/gen/holdfast/v1/event';
import { Note } from '../../src/gen/holdfast/v1/note';
import { Operation } from '../../src/gen/holdfast/v1/operation';

const position = { history: '', sequence: 12 };

test('a note is shown by its task and number, with who said what', () => {
  const note = Note.fromPartial({ name: 'projects/p/tasks/t1/notes/n3', author: 'ann', text: 'look\nhere' });
  const after = { resource: { $case: 'note' as const, value: note } };
  const event = Event.fromPartial({ position, type: 'note.added', name: note.name, after });
  expect(briefEventLine(event)).toBe('12 note.added t1/n3 ann: look here');
});

test('a task that became ready is named alone', () => {
  const event = Event.fromPartial({ position, type: 'task.ready', name: 'projects/p/tasks/t2' });
  expect(briefEventLine(event)).toBe('12 task.ready t2');
});

test('an operation says how far it is, and its long type keeps the columns', () => {
  const progress = { phase: 'canceling', done: 20, total: 300, unit: 'tasks' };
  const operation = Operation.fromPartial({ name: 'operations/o1', progress });
  const after = { resource: { $case: 'operation' as const, value: operation } };
  const event = Event.fromPartial({ position, type: 'operation.progressed', name: operation.name, after });
  expect(briefEventLine(event)).toBe('12 operation.progressed o1 canceling  20/300 tasks');
  const other = Event.fromPartial({ position, type: 'task.ready', name: 'projects/p/tasks/t2' });
  const column = (line: string, id: string) => line.indexOf(id);
  expect(column(eventLine(event, 120, 0), 'o1')).toBe(column(eventLine(other, 120, 0), 't2'));
});

test.each([
  [
    'task.claimed',
    'tasks/t1',
    'task',
    { state: 2, title: 'Fix', lease: { agent: 'projects/p/agents/ann' } },
    't1 RUNNING by ann  Fix',
  ],
  ['session.lost', 'sessions/s1', 'session', { state: 3, agent: 'projects/p/agents/ann' }, 's1 LOST  ann'],
  ['checkpoint.saved', 'sessions/s1/checkpoints/c4', 'checkpoint', { sizeBytes: 2048 }, 's1/c4 2 KiB'],
  ['memory.put', 'memories/users/ada/editor', 'memory', { value: { name: 'vim' } }, 'users/ada/editor {"name":"vim"}'],
  ['message.sent', 'messages/m3', 'message', { recipient: 'projects/p/agents/bob', text: 'a\nb' }, 'm3 for bob: a b'],
  [
    'lock.acquired',
    'locks/l5',
    'lock',
    { agent: 'projects/p/agents/ann', targets: [{ target: { $case: 'path', value: 'src/**' } }] },
    'l5 ann  src/**',
  ],
])('%s says who and what', (type, path, kind, value, words) => {
  const name = `projects/p/${path}`;
  const after = { resource: { $case: kind, value: { name, ...value } } } as never;
  expect(briefEventLine(Event.fromPartial({ position, type, name, after }))).toBe(`12 ${type} ${words}`);
});
