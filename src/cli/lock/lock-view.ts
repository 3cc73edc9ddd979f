// Locks and what they cover, as people type and read them.

import type { Lock } from '../../gen/holdfast/v1/lock';
import { LockMode, LockTarget } from '../../gen/holdfast/v1/lock';
import { shortId } from '../resource-name';
import { tableLines } from '../table';
import { oneLine } from '../text-width';
import { atOf, relativeTime } from '../times';

/** A target that was typed: `key:WORD` is a key, `path:PATH` or anything else is a path. */
export function parseTarget(typed: string): LockTarget {
  const value = (prefix: string) => typed.slice(prefix.length);
  if (typed.startsWith('key:')) return LockTarget.fromPartial({ target: { $case: 'key', value: value('key:') } });
  const path = typed.startsWith('path:') ? value('path:') : typed;
  return LockTarget.fromPartial({ target: { $case: 'path', value: path } });
}

export function targetWord({ target }: LockTarget): string {
  return oneLine(target?.$case === 'key' ? `key:${target.value}` : (target?.value ?? ''));
}

export function modeWord(mode: LockMode): string {
  return mode === LockMode.SHARED ? 'SHARED' : 'EXCLUSIVE';
}

function lastsWords({ expireTime }: Lock, now: number): string {
  return expireTime ? relativeTime(atOf(expireTime), now) : 'with session';
}

/** One lock in one line: "l5 EXCLUSIVE src/** by alice (s1), ends in 14 min: refactoring". */
export function briefLock(lock: Lock, now: number): string {
  const why = lock.purpose ? `: ${oneLine(lock.purpose)}` : '';
  const targets = lock.targets.map(targetWord).join(' ');
  const ends = lock.expireTime ? `, ends ${relativeTime(atOf(lock.expireTime), now)}` : '';
  const who = `${shortId(lock.agent)} (${shortId(lock.session)})`;
  return `${shortId(lock.name)} ${modeWord(lock.mode)} ${targets} by ${who}${ends}, token ${lock.fencingToken}${why}`;
}

export function lockTable(locks: readonly Lock[], columns: number, now: number): string[] {
  const layout = [
    { title: 'ID' },
    { title: 'MODE' },
    { title: 'AGENT' },
    { title: 'SESSION' },
    { title: 'ENDS' },
    { title: 'TARGETS', flexible: true },
  ];
  const rows = locks.map((lock) => [
    shortId(lock.name),
    modeWord(lock.mode),
    shortId(lock.agent).slice(0, 14),
    shortId(lock.session).slice(0, 14),
    lastsWords(lock, now),
    lock.targets.map(targetWord).join(' '),
  ]);
  return tableLines(layout, rows, columns);
}
