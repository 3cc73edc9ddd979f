// The order in which tasks are sent: parents first always, targets first where that is possible.

import fc from 'fast-check';
import { importOrder } from '../../../src/cli/import/levels';
import type { SourceTask } from '../../../src/cli/import/source-task';
import { DependencyKind, Task } from '../../../src/gen/holdfast/v1/task';

function task(key: string, parentKey?: string, ...targets: string[]): SourceTask {
  return {
    ...{ place: key, key, parentKey, task: Task.create(), notes: [], keptLabels: 0, warnings: [] },
    edges: targets.map((target) => ({ key: target, kind: DependencyKind.BLOCKS })),
    lostParent: 'import.edge.',
  };
}

const keys = (tasks: readonly SourceTask[]) => tasks.map(({ key }) => key).join(' ');

test('a task comes after its parent and after the tasks that it waits for', () => {
  expect(keys(importOrder([task('a', undefined, 'b'), task('b', 'c'), task('c', undefined, 'd'), task('d')]))).toBe(
    'd c b a',
  );
});

test('a parent that waits for its child comes before it all the same', () => {
  expect(keys(importOrder([task('p', undefined, 'c'), task('c', 'p'), task('q', undefined, 'c')]))).toBe('p c q');
});

test('a chain of a hundred thousand waits does not overflow', () => {
  const chain = Array.from({ length: 100_000 }, (_, n) => task(`${n}`, undefined, `${n + 1}`));
  expect(importOrder(chain)[0]!.key).toBe('99999');
});

test('whatever the edges, each task comes once, and after its parent', () => {
  const graphs = fc.array(fc.record({ parent: fc.nat(12), edges: fc.array(fc.nat(12), { maxLength: 4 }) }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(graphs, (graph) => {
      const tasks = graph.map(({ parent, edges }, n) =>
        task(`${n}`, parent === 12 ? undefined : `${parent}`, ...edges.filter((to) => to !== n).map(String)),
      );
      const ordered = importOrder(tasks);
      expect(ordered.map(({ key }) => key).sort()).toEqual(tasks.map(({ key }) => key).sort());
      const seen = new Set<string>();
      for (const { key, parentKey } of ordered) {
        if (parentKey !== undefined) expect(seen.has(parentKey)).toBe(true);
        seen.add(key);
      }
    }),
  );
});

test('without cycles every target comes first', () => {
  const edges = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(edges, fc.boolean(), (lists, reversed) => {
      const tasks = lists.map((list, n) => task(`${n}`, undefined, ...list.filter((to) => to < n).map(String)));
      const seen = new Set<string>();
      for (const { key, edges: own } of importOrder(reversed ? tasks.reverse() : tasks)) {
        for (const { key: target } of own) expect(seen.has(target)).toBe(true);
        seen.add(key);
      }
    }),
  );
});

test('a parent 64 levels deep cannot have one more', () => {
  const deep = Array.from({ length: 66 }, (_, n) => task(`${n}`, n === 0 ? undefined : `${n - 1}`));
  const ordered = importOrder(deep);
  expect(ordered.filter(({ parentKey }) => parentKey === undefined)).toHaveLength(2);
  expect(ordered.find(({ key }) => key === '64')).toMatchObject({
    parentKey: undefined,
    edges: [{ key: '63', kind: DependencyKind.RELATED }],
    warnings: [expect.stringContaining('64 levels deep')],
  });
});
