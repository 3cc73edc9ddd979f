import * as fc from 'fast-check';
import { entityName, eventName, selectEventTypes } from '../../src/domain/event';
import {
  characters,
  formatTask,
  isExternalId,
  isId,
  parseProject,
  parseTask,
  taskNameOf,
} from '../../src/domain/names';
import { quote } from '../../src/domain/quote';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';

const id = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);

describe('names', () => {
  it('come back as they were formatted', () => {
    fc.assert(
      fc.property(id, id, (project, task) => {
        expect(parseTask(formatTask(project, task), 'name')).toEqual({ project, id: task });
        expect(parseProject(`projects/${project}`, 'name')).toBe(project);
      }),
    );
  });

  it('carry any external id', () => {
    fc.assert(
      fc.property(id, fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (project, externalId) => {
        const parsed = taskNameOf(`projects/${project}/tasks/external:${externalId}`);
        expect(parsed).toEqual(isExternalId(externalId) ? { project, externalId } : undefined);
      }),
    );
  });

  it.each([
    ...[
      '',
      '/',
      'projects',
      'projects/',
      'projects/p/tasks',
      'projects/p/tasks/',
      'projects//tasks/a',
      'projects/p/task/a',
    ],
    ...[
      'projects/P/tasks/a',
      'projects/p/tasks/A',
      'projects/p/tasks/a/b',
      'projects/p/tasks/external:',
      'projects/-/tasks/a',
    ],
    ...['xprojects/p/tasks/a', 'projects/p/tasks/external:a\u0000', 'projects/p/tasks/$ref', 'projects/p/tasks/a\n'],
  ])('%j names no task', (name) => {
    expect(taskNameOf(name)).toBeUndefined();
    expect(() => parseTask(name, 'name')).toThrow('is not the name of a task');
  });

  it('have ids of 1 to 63', () => {
    expect(['a', 'a-b', 'a1', `a${'-'.repeat(61)}b`].every(isId)).toBe(true);
    expect(['', '1', 'a-', 'A', 'a_b', 'a'.repeat(64), 'a\n'].some(isId)).toBe(false);
  });

  it('count characters, not UTF-16 units', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(characters(text)).toBe([...text].length)));
    expect(characters('\ud800a\udc00')).toBe(3);
  });

  it('are quoted in messages cut and well formed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const quoted = quote(String.fromCharCode(...units));
        expect(quoted.isWellFormed()).toBe(true);
        expect(quoted.length).toBeLessThanOrEqual(6 * 65 + 2);
        expect(quoted).not.toMatch(/[\u0000-\u001f]/);
      }),
    );
  });
});

describe('event types', () => {
  it('are named after what happened', () => {
    const names = Object.values(EventType).map((type) => eventName(type));
    expect(names.filter(Boolean)).toEqual([
      ...['created', 'updated', 'deleted', 'undeleted', 'purged', 'completed', 'failed', 'canceled'].map(
        (what) => `task.${what}`,
      ),
      ...['paused', 'resumed', 'retried', 'reopened', 'ready'].map((what) => `task.${what}`),
      ...['claimed', 'released', 'attempt_failed', 'lease_expired', 'input_requested'].map((what) => `task.${what}`),
      ...['input_provided', 'rejected', 'directed', 'progressed', 'handed_over'].map((what) => `task.${what}`),
      'task.offer_ended',
      ...['note.added', 'operation.started', 'operation.progressed', 'operation.ended'],
      ...['created', 'updated', 'deleted', 'undeleted', 'purged'].map((what) => `project.${what}`),
      ...['started', 'ended', 'lost', 'purged'].map((what) => `session.${what}`),
      ...['agent.appeared', 'queue.updated', 'checkpoint.saved', 'checkpoint.deleted'],
      ...['transcript.appended', 'transcript.cleared', 'step.kept', 'artifact.stored'],
      ...['acquired', 'renewed', 'released', 'expired'].map((what) => `lock.${what}`),
      ...['memory.put', 'memory.deleted', 'message.sent', 'message.acknowledged'],
      'health.changed',
      'integrity.repaired',
      'recovery.completed',
    ]);
    expect(eventName(EventType.UNSPECIFIED)).toBeUndefined();
  });

  it('are selected by name or by entity', () => {
    expect(selectEventTypes([], 'types')).toBeUndefined();
    expect(selectEventTypes(['task.created', 'project.purged'], 'types')).toEqual(
      new Set([EventType.TASK_CREATED, EventType.PROJECT_PURGED]),
    );
    expect(selectEventTypes(['project.*', 'project.updated'], 'types')?.size).toBe(5);
  });

  it.each(['', '*', '.*', 'task', 'task.', 'task.c*', 'TASK.CREATED', 'claim.*'])(
    '"%s" selects nothing and is refused',
    (pattern) => {
      expect(() => selectEventTypes(['task.created', pattern], 'types')).toThrow('types[1]');
    },
  );

  it('at most 64 are named', () => {
    expect(() =>
      selectEventTypes(
        Array.from({ length: 65 }, () => 'task.*'),
        'types',
      ),
    ).toThrow('at most 64');
  });

  it('tell which entity it is', () => {
    expect(entityName({ kind: EntityKind.PROJECT, project: 'p', id: '' })).toBe('projects/p');
    expect(entityName({ kind: EntityKind.TASK, project: 'p', id: 't1' })).toBe('projects/p/tasks/t1');
  });
});
