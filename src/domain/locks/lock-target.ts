// What a lock covers: keys, and paths that may stand for more than one. Two locks are in each other's way if any of their targets overlap.

import type { LockTarget } from '../../gen/holdfast/v1/lock';
import { LOCK_KEY_LENGTH_MAX, LOCK_PATH_LENGTH_MAX, LOCK_PATH_PARTS_MAX } from '../limits';
import { characters, isPrintable } from '../names';
import { quote } from '../quote';
import type { Report } from '../violations';

/** What of a path is covered: the place itself, what is directly below it, or itself and all below. */
export type Reach = 'place' | 'children' | 'tree';

/** A target, normalised. */
export type Cover =
  | { readonly kind: 'key'; readonly key: string }
  | {
      readonly kind: 'path';
      /** The parts of the place, without the pattern at its end; none is the root. */
      readonly parts: readonly string[];
      readonly reach: Reach;
    };
export type PathCover = Extract<Cover, { kind: 'path' }>;

const REACHES: ReadonlyMap<string | undefined, Reach> = new Map([
  ['*', 'children'],
  ['**', 'tree'],
]);

/** A target, normalised; undefined after a report of what is wrong with it. */
export function coverOf({ target }: LockTarget, field: string, report: Report): Cover | undefined {
  if (target?.$case === 'path') return pathCoverOf(target.value, `${field}.path`, report);
  if (target === undefined) {
    report(field, 'needs a key or a path');
    return undefined;
  }
  const key = target.value;
  if (isPrintable(key) && characters(key) <= LOCK_KEY_LENGTH_MAX) return { kind: 'key', key };
  report(`${field}.key`, `${quote(key)} is not 1 to ${LOCK_KEY_LENGTH_MAX} printable characters`);
  return undefined;
}

/** A path, normalised; undefined after a report of what is wrong with it. */
export function pathCoverOf(path: string, field: string, report: Report): PathCover | undefined {
  const problem = pathProblem(path);
  if (problem === undefined) return parsePath(path);
  report(field, problem);
  return undefined;
}

/** A path that is known to be one, as a stored lock has it. */
export function parsePath(path: string): PathCover {
  const parts = partsOf(path);
  const reach = REACHES.get(parts.at(-1));
  return reach ? { kind: 'path', parts: parts.slice(0, -1), reach } : { kind: 'path', parts, reach: 'place' };
}

/** A target of a stored lock. */
export function storedCover({ target }: LockTarget): Cover {
  return target?.$case === 'path' ? parsePath(target.value) : { kind: 'key', key: target?.value ?? '' };
}

/** A path as it is stored and shown. */
export function formatPath({ parts, reach }: PathCover): string {
  const shown = reach === 'place' ? parts : [...parts, reach === 'tree' ? '**' : '*'];
  return shown.join('/');
}

/** A target as it is stored. */
export function targetOf(cover: Cover): LockTarget {
  return cover.kind === 'key'
    ? { target: { $case: 'key', value: cover.key } }
    : { target: { $case: 'path', value: formatPath(cover) } };
}

/** A target in words. */
export function describeCover(cover: Cover): string {
  return cover.kind === 'key' ? `key ${quote(cover.key)}` : `path ${quote(formatPath(cover))}`;
}

/** Whether two targets have anything in common. Keys and paths never have. */
export function overlap(a: Cover, b: Cover): boolean {
  if (a.kind === 'key' || b.kind === 'key') return a.kind === 'key' && b.kind === 'key' && a.key === b.key;
  if (a.reach === 'tree') return meetsTree(b, a.parts);
  if (b.reach === 'tree') return meetsTree(a, b.parts);
  if (a.reach === b.reach) return a.parts.length === b.parts.length && begins(a.parts, b.parts);
  const [place, above] = a.reach === 'place' ? [a, b] : [b, a];
  return place.parts.length === above.parts.length + 1 && begins(place.parts, above.parts);
}

/** Whether all of `inner` is in `outer`. */
export function covers(outer: Cover, inner: Cover): boolean {
  if (outer.kind === 'key' || inner.kind === 'key') return overlap(outer, inner);
  if (outer.reach === 'tree') return begins(inner.parts, outer.parts);
  return inner.reach !== 'tree' && (outer.reach === inner.reach || outer.reach === 'children') && overlap(outer, inner);
}

/** Whether a path has anything in common with a place and all below it. */
function meetsTree({ parts, reach }: PathCover, root: readonly string[]): boolean {
  if (begins(parts, root)) return true;
  // A pattern meets a tree that grows from what it stands for.
  if (reach === 'place' || !begins(root, parts)) return false;
  return reach === 'tree' || root.length === parts.length + 1;
}

function begins(parts: readonly string[], start: readonly string[]): boolean {
  return parts.length >= start.length && start.every((part, i) => part === parts[i]);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function pathProblem(path: string): string | undefined {
  if (!isPrintable(path) || characters(path) > LOCK_PATH_LENGTH_MAX) {
    return `${quote(path)} is not 1 to ${LOCK_PATH_LENGTH_MAX} printable characters`;
  }
  const parts = partsOf(path);
  if (parts.length === 0) return `${quote(path)} names nothing; "**" is everything`;
  if (parts.length > LOCK_PATH_PARTS_MAX)
    return `${quote(path)} has ${parts.length} parts, at most ${LOCK_PATH_PARTS_MAX} are allowed`;
  if (parts.includes('..')) return `${quote(path)} has a "..": give the path that it leads to`;
  const starred = parts.findIndex((part) => part.includes('*'));
  if (starred < 0 || (starred === parts.length - 1 && REACHES.has(parts[starred]))) return undefined;
  return `${quote(path)} has a "*" elsewhere than in "/*" or "/**" at its end`;
}
