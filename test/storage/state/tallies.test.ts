import { derive } from '../../../src/domain/derive';
import fc from 'fast-check';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import type { Change } from '../../../src/gen/holdfast/journal/v1/journal';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { ProjectTallies } from '../../../src/storage/state/tallies';
import type { Step } from '../../support/task-history';
import { TaskHistory } from '../../support/task-history';

const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ what: fc.nat(7), which: fc.nat(6), value: fc.nat(200) }));

test('folded counts are those of a count of all rows', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const history = new TaskHistory();
      const tallies = new ProjectTallies();
      for (const step of all) history.step(step)?.changes.forEach((change) => tallies.add(change, derive(change)));
      for (const project of ['default', 'zeta']) {
        const tasks = [...history.rows.values()].filter(
          (row) => row.kind === EntityKind.TASK && row.project === project,
        );
        const decoded = tasks.map(({ image }) => Task.decode(image));
        const live = decoded.filter(({ state, deleteTime }) => !deleteTime && [1, 2, 3, 4, 5].includes(state));
        const { tasks: count, liveTasks } = tallies.project(project);
        expect({ count, liveTasks }).toEqual({ count: tasks.length, liveTasks: live.length });
      }
      expect(Buffer.from(ProjectTallies.decode(tallies.encode()).encode())).toEqual(tallies.encode());
    }),
  );
});

test('the next task number is above every number given, purged ones too, and chosen ids do not count', () => {
  const history = new TaskHistory();
  const tallies = new ProjectTallies();
  const fold = (record: { changes: Change[] }) => record.changes.forEach((c) => tallies.add(c, derive(c)));
  expect(tallies.project('default').nextTaskNumber).toBe(1);
  fold(history.task('t7'));
  fold(history.task('alpha'));
  expect(tallies.project('default').nextTaskNumber).toBe(8);
  fold(history.purge(EntityKind.TASK, 'default', 't7'));
  expect(tallies.project('default')).toMatchObject({ nextTaskNumber: 8, tasks: 1 });
});

test('projects count from their creation to their purge, and keep their counts when changed', () => {
  const history = new TaskHistory();
  const tallies = new ProjectTallies();
  const fold = (record: { changes: Change[] }) => record.changes.forEach((c) => tallies.add(c, derive(c)));
  fold(history.project('default'));
  fold(history.project('other'));
  fold(history.task('t1'));
  fold(history.project('default', { deleteTime: { seconds: 1, nanos: 0 } }));
  expect(tallies.projectCount()).toBe(2);
  expect(tallies.project('default').tasks).toBe(1);
  fold(history.purge(EntityKind.PROJECT, 'other', ''));
  expect(tallies.projectCount()).toBe(1);
  const copy = ProjectTallies.decode(tallies.clone().encode());
  expect(copy.projectCount()).toBe(1);
  expect(copy.project('default')).toEqual(tallies.project('default'));
});

test('bytes that are no tallies are refused', () => {
  const bytes = Buffer.from(new ProjectTallies().encode());
  expect(() => ProjectTallies.decode(bytes.subarray(1))).toThrow(RangeError);
  expect(() => ProjectTallies.decode(Buffer.concat([bytes, Buffer.from([0])]))).toThrow(RangeError);
});
