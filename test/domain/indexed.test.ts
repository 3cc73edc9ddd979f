import fc from 'fast-check';
import { emptyIndexed, indexedOf } from '../../src/domain/indexed';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { Project } from '../../src/gen/holdfast/v1/project';
import { Task } from '../../src/gen/holdfast/v1/task';

const timestamp = fc.record({ seconds: fc.nat(), nanos: fc.integer({ min: 0, max: 999_999_999 }) });
const ms = (time: { seconds: number; nanos: number }): number => time.seconds * 1000 + Math.floor(time.nanos / 1e6);

test('the indexed fields of a task are those that a full decode gives', () => {
  fc.assert(
    fc.property(
      fc.record({
        title: fc.string({ unit: 'binary' }),
        description: fc.string({ maxLength: 200 }),
        state: fc.integer({ min: 0, max: 8 }),
        priority: fc.integer({ min: 0, max: 5 }),
        queue: fc.string(),
        parent: fc.constantFrom('', 'projects/p/tasks/t7', 'projects/p/tasks/some-id'),
        assignee: fc.string({ unit: 'grapheme', maxLength: 80 }),
        externalId: fc.string({ unit: 'grapheme' }),
        createTime: timestamp,
        notBefore: fc.option(timestamp, { nil: undefined }),
        deleteTime: fc.option(timestamp, { nil: undefined }),
        purgeTime: fc.option(timestamp, { nil: undefined }),
      }),
      (task) => {
        const image = Task.encode(Task.fromPartial(task as Partial<Task>)).finish();
        expect(indexedOf(image)).toEqual({
          state: task.state,
          priority: task.priority,
          createTimeMs: ms(task.createTime),
          queue: task.queue,
          parent: task.parent.slice(task.parent.lastIndexOf('/') + 1),
          assignee: task.assignee,
          externalId: task.externalId,
          notBeforeMs: task.notBefore ? ms(task.notBefore) : 0,
          held: false,
          deleted: task.deleteTime !== undefined,
          dueMs: task.purgeTime ? ms(task.purgeTime) : 0,
        });
      },
    ),
  );
});

test('a later fragment of the same task wins, as it does in a decode', () => {
  const first = Task.encode(Task.fromPartial({ state: 1, queue: 'a', title: 'kept' })).finish();
  const second = Task.encode(Task.fromPartial({ state: 7, assignee: 'ada' })).finish();
  expect(indexedOf(Buffer.concat([first, second]))).toMatchObject({ state: 7, queue: 'a', assignee: 'ada' });
});

test('the indexed fields of a project are its times, not the task fields of the same numbers', () => {
  const project = Project.fromPartial({
    displayName: 'five',
    createTime: { seconds: 3, nanos: 0 },
    deleteTime: { seconds: 4, nanos: 0 },
    purgeTime: { seconds: 5, nanos: 6_000_000 },
  });
  const indexed = indexedOf(Project.encode(project).finish(), EntityKind.PROJECT);
  expect(indexed).toEqual({ ...emptyIndexed(), createTimeMs: 3000, deleted: true, dueMs: 5006 });
});

test('a task cut short is refused, never read in part', () => {
  const image = Task.encode(Task.fromPartial({ title: 'abc', queue: 'default' })).finish();
  // A cut between two fields leaves a valid message; every other cut does not.
  expect(() => indexedOf(image.subarray(0, image.length - 1))).toThrow(RangeError);
  expect(() => indexedOf(Buffer.from([0x2a]))).toThrow(RangeError);
  expect(() => indexedOf(Buffer.from([0x2f]))).toThrow(RangeError);
});
