import { entityName, eventName, selectEventTypes } from '../../src/domain/event';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';

it.each([
  [EventType.TASK_READY, 'task.ready'],
  [EventType.NOTE_ADDED, 'note.added'],
  [EventType.OPERATION_PROGRESSED, 'operation.progressed'],
  [EventType.PROJECT_UNDELETED, 'project.undeleted'],
])('event type %d is %s', (type, name) => {
  expect(eventName(type)).toBe(name);
});

it('a change that is nobody’s event has no type', () => {
  expect(eventName(EventType.UNSPECIFIED)).toBeUndefined();
});

it.each([
  ['project', EntityKind.PROJECT, 'p', '', 'projects/p'],
  ['task', EntityKind.TASK, 'p', 't1', 'projects/p/tasks/t1'],
  ['graph row: its task', EntityKind.TASK_GRAPH, 'p', 't1', 'projects/p/tasks/t1'],
  ['note', EntityKind.NOTE, 'p', 't1/12', 'projects/p/tasks/t1/notes/n12'],
  ['operation', EntityKind.OPERATION, '', 'o1', 'operations/o1'],
])('an event about a %s names it', (_what, kind, project, id, name) => {
  expect(entityName({ kind, project, id })).toBe(name);
});

it('a pattern selects all types of one entity', () => {
  expect(selectEventTypes(['note.*'], 'types')).toEqual(new Set([EventType.NOTE_ADDED]));
  const operations = selectEventTypes(['operation.*', 'task.ready'], 'types');
  const { OPERATION_STARTED, OPERATION_PROGRESSED, OPERATION_ENDED, TASK_READY } = EventType;
  expect(operations).toEqual(new Set([OPERATION_STARTED, OPERATION_PROGRESSED, OPERATION_ENDED, TASK_READY]));
});
