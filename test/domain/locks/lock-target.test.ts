// Goal: two targets overlap exactly if some path is in both. Method: a tree so small that every path of it can be named, and the meaning of a
// pattern written down as plainly as the contract says it.

import * as fc from 'fast-check';
import { coverOf, covers, formatPath, overlap, parsePath, pathCoverOf } from '../../../src/domain/locks/lock-target';
import type { Cover } from '../../../src/domain/locks/lock-target';
import { Violations } from '../../../src/domain/violations';

function problemOf(path: string): string | undefined {
  let problem: string | undefined;
  pathCoverOf(path, 'path', (_, description) => (problem = description));
  return problem;
}

/** Every path of up to four parts of three names, the root included. "c" stands for all names that no pattern names. */
const tree: string[][] = [[]];
for (let i = 0; i < tree.length; i++) {
  if (tree[i]!.length < 4) for (const name of ['a', 'b', 'c']) tree.push([...tree[i]!, name]);
}

/** The paths that a pattern covers, by the words of the contract. */
function naive(pattern: string): Set<string> {
  const parts = pattern.split('/');
  const last = parts.at(-1);
  const above = parts.slice(0, -1).join('/');
  const isBelow = (path: string): boolean => above === '' || path === above || path.startsWith(`${above}/`);
  const covered = tree.filter((path) => {
    const text = path.join('/');
    if (last === '**') return isBelow(text);
    if (last === '*') return path.length === parts.length && isBelow(text) && text !== above;
    return text === pattern;
  });
  return new Set(covered.map((path) => path.join('/')));
}

const patterns = fc
  .tuple(fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }), fc.constantFrom('', '*', '**'))
  .map(([parts, end]) => [...parts, end].filter(Boolean).join('/'))
  .filter((pattern) => pattern !== '');

describe('targets of locks', () => {
  it.each([
    ['src/api', 'src/api'],
    ['/src//api/', 'src/api'],
    ['./src/./api', 'src/api'],
    ['src/*', 'src/*'],
    ['src/**/', 'src/**'],
    ['**', '**'],
    ['/*', '*'],
    ['a b/ü', 'a b/ü'],
    ['...', '...'],
  ])('the path %j is %j', (given, normal) => {
    expect(problemOf(given)).toBeUndefined();
    expect(formatPath(parsePath(given))).toBe(normal);
    expect(formatPath(parsePath(normal))).toBe(normal);
  });

  it.each([
    ['', 'printable'],
    ['.', 'names nothing'],
    ['//', 'names nothing'],
    ['src/../etc', '".."'],
    ['src/*.ts', 'elsewhere'],
    ['*/src', 'elsewhere'],
    ['src/**/x', 'elsewhere'],
    ['src/***', 'elsewhere'],
    ['a\nb', 'printable'],
    ['x'.repeat(1025), '1024'],
    [Array(65).fill('x').join('/'), '65 parts'],
  ])('the path %j is refused', (path, why) => {
    expect(problemOf(path)).toContain(why);
  });

  it('paths of 1024 characters and of 64 parts are taken', () => {
    expect(problemOf('x'.repeat(1024))).toBeUndefined();
    expect(problemOf(`${Array(63).fill('x').join('/')}/**`)).toBeUndefined();
  });

  it('keys are 1 to 256 printable characters, and a target is one of the two', () => {
    const violations = new Violations();
    const read = (key: string) => coverOf({ target: { $case: 'key', value: key } }, 'targets[0]', violations.report);
    expect(read('deploy')).toEqual({ kind: 'key', key: 'deploy' });
    expect(read('k'.repeat(256))).toBeDefined();
    expect(() => violations.throwIfAny()).not.toThrow();
    expect(read('')).toBeUndefined();
    expect(read('k'.repeat(257))).toBeUndefined();
    expect(read('a\u0000b')).toBeUndefined();
    expect(coverOf({ target: undefined }, 'targets[3]', violations.report)).toBeUndefined();
    expect(() => violations.throwIfAny()).toThrow(/targets\[0\]\.key.*\n?.*1 more/s);
  });

  it('two paths overlap exactly if some path is in both, and one covers the other if all of it is', () => {
    fc.assert(
      fc.property(patterns, patterns, (a, b) => {
        const [left, right] = [naive(a), naive(b)];
        expect(overlap(parsePath(a), parsePath(b))).toBe([...left].some((path) => right.has(path)));
        expect(covers(parsePath(a), parsePath(b))).toBe([...right].every((path) => left.has(path)));
      }),
      { numRuns: 5000 },
    );
  });

  it('keys overlap themselves alone, and never a path', () => {
    const key = (text: string): Cover => ({ kind: 'key', key: text });
    expect(overlap(key('a'), key('a'))).toBe(true);
    expect(overlap(key('a'), key('b'))).toBe(false);
    expect(overlap(key('a'), parsePath('a'))).toBe(false);
    expect(overlap(parsePath('**'), key('a'))).toBe(false);
    expect(covers(parsePath('**'), key('a'))).toBe(false);
    expect(covers(key('a'), key('a'))).toBe(true);
  });
});
