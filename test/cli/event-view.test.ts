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
