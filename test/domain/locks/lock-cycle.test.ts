import * as fc from 'fast-check';
import { findLockCycle } from '../../../src/domain/locks/lock-cycle';
import type { LockWaits } from '../../../src/domain/locks/lock-cycle';

/** What is known before `session` waits, from who waits for whom. */
function waits(session: string, edges: Record<string, readonly string[]>): LockWaits {
  const behind = Object.keys(edges).filter((from) => edges[from]!.includes(session));
  return { behind: new Set(behind), waitsFor: (from) => edges[from] ?? [] };
}

/** Whether `to` can be reached, written plainly. */
function reaches(
  from: string,
  to: string,
  edges: Record<string, readonly string[]>,
  seen = new Set<string>(),
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (edges[from] ?? []).some((next) => reaches(next, to, edges, seen));
}

describe('circles of waits', () => {
  it('two sessions that wait for each other are one', () => {
    expect(findLockCycle('a', ['b'], waits('a', { b: ['a'] }))).toEqual(['a', 'b']);
  });

  it('the shortest is given', () => {
    const edges = { b: ['c'], c: ['d'], d: ['a'], e: ['a'] };
    expect(findLockCycle('a', ['b', 'e'], waits('a', edges))).toEqual(['a', 'e']);
    expect(findLockCycle('a', ['b'], waits('a', edges))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('a circle of others is none of ours', () => {
    expect(findLockCycle('a', ['b'], waits('a', { b: ['c'], c: ['b'] }))).toBeUndefined();
  });

  it('is found exactly where following the waits leads back', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const lists = fc.array(fc.subarray(names), { minLength: names.length, maxLength: names.length });
    fc.assert(
      fc.property(lists, fc.subarray(names.slice(1)), (list, blockers) => {
        const edges = Object.fromEntries(names.map((name, i) => [name, list[i]!]));
        const path = findLockCycle('a', blockers, waits('a', edges));
        expect(path !== undefined).toBe(blockers.some((blocker) => reaches(blocker, 'a', edges)));
        if (!path) return;
        expect(blockers).toContain(path[1]);
        path.slice(1).forEach((session, i) => expect(edges[session]).toContain(path[i + 2] ?? 'a'));
      }),
      { numRuns: 2000 },
    );
  });

  it('a search that would look at more than 200,000 waits is refused', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `s${i}`);
    expect(() => findLockCycle('a', many, { behind: new Set(['z']), waitsFor: () => many })).toThrow(
      /too many sessions/,
    );
    expect(findLockCycle('a', many, { behind: new Set(), waitsFor: () => many })).toBeUndefined();
  });
});
