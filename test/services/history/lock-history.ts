// Locks as a list: what is held, by whom, over what.

import { durationOf } from '../../../src/domain/duration';
import { overlap, storedCover } from '../../../src/domain/locks/lock-target';
import { LockMode } from '../../../src/gen/holdfast/v1/lock';
import type { Lock } from '../../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest } from '../../../src/gen/holdfast/v1/lock_service';
import { call } from '../../support/boot';
import type { Model, Seen } from '../../support/linearisable';
import { targetsOf } from '../../support/lock-world';
import { reasonOf } from '../../support/refusals';
import { PARENT } from './crowd';
import type { Crowd, Member } from './crowd';

export interface Wanted {
  readonly session: string;
  readonly targets: readonly string[];
  readonly exclusive: boolean;
}

export type LockOp =
  | { readonly kind: 'granted'; readonly wanted: Wanted; readonly lock: string; readonly token: number }
  /** `lock`: what stood in the way; undefined: an earlier request. */
  | { readonly kind: 'refused'; readonly wanted: Wanted; readonly lock: string | undefined }
  | { readonly kind: 'released'; readonly lock: string }
  /** The locks over a path. */
  | { readonly kind: 'checked'; readonly path: string; readonly locks: readonly string[] };

interface LockState {
  readonly held: ReadonlyMap<string, Wanted>;
  readonly lastToken: number;
}

export const lockModel: Model<LockOp, LockState> = {
  initial: { held: new Map(), lastToken: 0 },
  step: (state, op) => {
    const { held, lastToken } = state;
    switch (op.kind) {
      case 'granted':
        if (op.token <= lastToken || [...held.values()].some((other) => conflict(other, op.wanted))) return undefined;
        return { held: new Map(held).set(op.lock, op.wanted), lastToken: op.token };
      case 'refused': {
        const inTheWay = op.lock === undefined ? undefined : held.get(op.lock);
        return op.lock === undefined || (inTheWay && conflict(inTheWay, op.wanted)) ? state : undefined;
      }
      case 'released': {
        const left = new Map(held);
        return left.delete(op.lock) ? { held: left, lastToken } : undefined;
      }
      case 'checked': {
        const over = [...held].filter(([, { targets }]) => meet(targets, [op.path])).map(([name]) => name);
        return over.sort().join() === [...op.locks].sort().join() ? state : undefined;
      }
    }
  },
  key: ({ held, lastToken }) => `${lastToken} ${[...held.keys()].sort().join()}`,
};

const TARGETS = ['a', 'a/b', 'a/*', 'a/**', 'b', 'b/c', 'key:k'];

/** Random requests, releases and looks of a crowd. Each member holds at most two locks. */
export function lockCalls({ locks }: Crowd): (member: Member) => Promise<LockOp | undefined> {
  const own = new Map<number, Lock[]>();
  return async ({ client, session, as, random }) => {
    const held = own.get(client) ?? [];
    own.set(client, held);
    if (random.chance(0.2)) {
      const path = random.pick(TARGETS.slice(0, -1));
      const { paths } = await call(locks, 'checkLocks', { parent: PARENT, paths: [path], atLeast: undefined });
      return { kind: 'checked', path, locks: paths[0]!.locks.map(({ name }) => name) };
    }
    if (held.length > 0 && (held.length === 2 || random.chance(0.6))) {
      const { name, fencingToken } = held.shift()!;
      await call(locks, 'releaseLock', { name, fencingToken, requestId: '', validateOnly: false }, as);
      return { kind: 'released', lock: name };
    }
    const targets = Array.from({ length: 1 + random.below(2) }, () => random.pick(TARGETS));
    const wanted = { session, targets, exclusive: random.chance(0.6) };
    const request = {
      ...AcquireLockRequest.fromPartial({ parent: PARENT }),
      targets: targetsOf(targets),
      mode: wanted.exclusive ? LockMode.EXCLUSIVE : LockMode.SHARED,
      wait: random.chance(0.5) ? durationOf(random.below(20)) : undefined,
    };
    try {
      const { lock } = await call(locks, 'acquireLock', request, as);
      held.push(lock!);
      return { kind: 'granted', wanted, lock: lock!.name, token: lock!.fencingToken };
    } catch (fault) {
      const refusal = reasonOf(fault);
      // A circle says nothing of the moment: it is made of what is held and what is waited for.
      if (refusal?.reason === 'DEADLOCK') return undefined;
      if (refusal?.reason !== 'LOCK_HELD') throw fault;
      return { kind: 'refused', wanted, lock: refusal.metadata['lock'] };
    }
  };
}

/** Turns one refusal into a grant, where the lock in the way was held all the while. Undefined if there is none. */
export function plantDoubleGrant(seen: readonly Seen<LockOp>[]): Seen<LockOp>[] | undefined {
  const at = (lock: string, kind: LockOp['kind']) =>
    seen.find(({ op }) => op.kind === kind && 'lock' in op && op.lock === lock);
  for (const each of seen) {
    const { op, calledAt, returnedAt } = each;
    if (op.kind !== 'refused' || op.lock === undefined) continue;
    const [granted, released] = [at(op.lock, 'granted'), at(op.lock, 'released')];
    if (!granted || granted.returnedAt > calledAt || (released && released.calledAt < returnedAt)) continue;
    const token = granted.op.kind === 'granted' ? granted.op.token + 0.5 : 0;
    const planted: LockOp = { kind: 'granted', wanted: op.wanted, lock: 'planted', token };
    return seen.map((other) => (other === each ? { ...each, op: planted } : other));
  }
  return undefined;
}

function conflict(a: Wanted, b: Wanted): boolean {
  return a.session !== b.session && (a.exclusive || b.exclusive) && meet(a.targets, b.targets);
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  const others = targetsOf(b).map(storedCover);
  return targetsOf(a).some((target) => others.some((other) => overlap(storedCover(target), other)));
}
