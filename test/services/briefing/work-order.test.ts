import fc from 'fast-check';
import { workOrder } from '../../../src/services/briefing/work-order';
import type { Orderable } from '../../../src/services/briefing/work-order';
import { compareClaims } from '../../../src/engine/query/order';

const task = (id: string, priority: number, ...after: string[]): Orderable => ({
  id,
  key: { priority, notBeforeMs: 0, createTimeMs: 0, id },
  after,
});
const ids = (all: readonly Orderable[]) => all.map(({ id }) => id);

test('what others wait for comes first, else the order of claiming decides', () => {
  const all = [task('t1', 3, 't4'), task('t2', 2), task('t3', 1, 't1'), task('t4', 5)];
  expect(ids(workOrder(all))).toEqual(['t2', 't4', 't1', 't3']);
});

test('tasks that are not in the list hold nothing back, and what waits in a circle comes last', () => {
  const all = [task('t1', 1, 't2'), task('t2', 2, 't1'), task('t3', 3, 't9', 't3')];
  expect(ids(workOrder(all))).toEqual(['t3', 't1', 't2']);
});

test('of every graph without circles: each task comes once, after all before it, and first among those that could come', () => {
  // Edges lead to smaller numbers, so that there is no circle.
  const graph = fc
    .integer({ min: 0, max: 40 })
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, i) =>
          fc.tuple(fc.integer({ min: 1, max: 5 }), fc.subarray(Array.from({ length: i }, (__, at) => `t${at + 1}`))),
        ),
      ),
    );
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.nat()), (rows, shuffle) => {
      const all = rows.map(([priority, after], i) => task(`t${i + 1}`, priority, ...after));
      const mixed = all
        .map((each) => ({ each, place: shuffle.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ each }) => each);
      const ordered = workOrder(mixed);
      expect(new Set(ordered)).toEqual(new Set(all));
      expect(ordered).toHaveLength(all.length);
      const done = new Set<string>();
      for (const each of ordered) {
        const could = all.filter(({ id, after }) => !done.has(id) && after.every((before) => done.has(before)));
        could.sort((a, b) => compareClaims(a.key, b.key));
        expect(each.id).toBe(could[0]!.id);
        done.add(each.id);
      }
    }),
  );
});
