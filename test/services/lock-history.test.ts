// Goal: what concurrent clients see of locks, claims, sessions and etags has one order that agrees with real time: nobody holds what another
// holds, nobody succeeds whom another succeeded. Method: eight clients call at random, the moments of all calls and returns are kept, and
// a search looks for an order that a small model accepts. A history with a double grant planted must be rejected, and so must one of
// a server that has forgotten what is held.

import { HeldLocks } from '../../src/domain/locks/held-locks';
import { LockTrie } from '../../src/domain/locks/lock-trie';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { Task } from '../../src/gen/holdfast/v1/task';
import { StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { idIn } from '../../src/domain/sessions/agent-names';
import { durationOf } from '../../src/domain/duration';
import { LockWaiters } from '../../src/engine/locks/lock-waiters';
import { call } from '../support/boot';
import { check } from '../support/linearisable';
import type { Model, Seen } from '../support/linearisable';
import { chosenSeed, countFromEnvironment } from '../support/seed';
import { claimCalls, claimModel, plantDoubleClaim } from './history/claim-history';
import { Crowd, PARENT } from './history/crowd';
import { etagCalls, etagModel } from './history/etag-history';
import type { EtagOp } from './history/etag-history';
import { lockCalls, lockModel, plantDoubleGrant } from './history/lock-history';
import type { LockOp } from './history/lock-history';
import { sessionCalls, sessionModel } from './history/session-history';
import type { SessionOp } from './history/session-history';

const CLIENTS = 8;
/** Calls of each client: with eight of them, 480 in a history. */
const CALLS = countFromEnvironment('HOLDFAST_HISTORY_CALLS', 60);
const TIMEOUT_MS = 600_000;

/** Fails with the place where no order goes on. */
function mustBeInOrder<Op, State>(seen: readonly Seen<Op>[], model: Model<Op, State>): void {
  const verdict = check(seen, model);
  if (verdict.linearisable) return;
  const last = verdict.longest.slice(-10);
  throw new Error(`no order goes on after ${JSON.stringify(last)} with any of ${JSON.stringify(verdict.stuck)}`);
}

function isRejected<Op, State>(seen: readonly Seen<Op>[] | undefined, model: Model<Op, State>): boolean {
  if (!seen) throw new Error('the history has no place for the plant');
  return !check(seen, model).linearisable;
}

function count<Op extends { readonly kind: string }>(seen: readonly Seen<Op>[], kind: Op['kind']): number {
  return seen.filter(({ op }) => op.kind === kind).length;
}

async function createTask(crowd: Crowd, title: string): Promise<Task> {
  const request = CreateTaskRequest.fromPartial({ parent: PARENT, task: Task.fromPartial({ title }) });
  return (await call(crowd.server.tasks, 'createTask', request)).task!;
}

describe('histories of concurrent clients', () => {
  it(
    'locks: one order, and a double grant in it is noticed',
    async () => {
      const crowd = await Crowd.gather(chosenSeed(), CLIENTS);
      const seen = await crowd.run<LockOp>(CALLS, lockCalls(crowd));
      mustBeInOrder(seen, lockModel);
      expect(Math.min(count(seen, 'granted'), count(seen, 'refused'), count(seen, 'checked'))).toBeGreaterThan(
        CALLS / 4,
      );
      expect(isRejected(plantDoubleGrant(seen), lockModel)).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'locks: a server that grants what is held is noticed',
    async () => {
      const forgets = [
        jest.spyOn(HeldLocks.prototype, 'of').mockReturnValue(new LockTrie()),
        jest.spyOn(LockWaiters.prototype, 'ahead').mockReturnValue([]),
      ];
      try {
        const crowd = await Crowd.gather(chosenSeed(), CLIENTS);
        const seen = await crowd.run<LockOp>(CALLS, lockCalls(crowd));
        const grants = seen.filter(({ op }) => op.kind === 'granted' || op.kind === 'released');
        expect(isRejected(grants, lockModel)).toBe(true);
      } finally {
        for (const each of forgets) each.mockRestore();
      }
    },
    TIMEOUT_MS,
  );

  it(
    'claims: one order for each task, and a double claim in it is noticed',
    async () => {
      const crowd = await Crowd.gather(chosenSeed(), CLIENTS);
      const tasks: string[] = [];
      for (const title of ['one', 'two', 'three']) tasks.push((await createTask(crowd, title)).name);
      const seen = await crowd.run(CALLS * 2, claimCalls(crowd, tasks));
      for (const task of tasks) {
        const own = seen.filter(({ op }) => op.task === task);
        mustBeInOrder(own, claimModel);
        expect(isRejected(plantDoubleClaim(own), claimModel)).toBe(true);
      }
      for (const kind of ['claimed', 'refused', 'released', 'renewed', 'read'] as const) {
        expect(count(seen, kind)).toBeGreaterThan(10);
      }
      // Late holders were there, and were refused.
      expect(seen.filter(({ op }) => op.kind === 'released' && !op.taken).length).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );

  it(
    'sessions: one line of successors, and a second successor in it is noticed',
    async () => {
      const crowd = await Crowd.gather(chosenSeed(), CLIENTS);
      const asked = StartSessionRequest.fromPartial({ parent: PARENT, agent: 'heir', ttl: durationOf(0) });
      const { session, token } = await call(crowd.sessions, 'startSession', asked);
      const first = idIn(session!.name);
      const seen = await crowd.run<SessionOp>(CALLS, sessionCalls(crowd, { session: first, token }));
      mustBeInOrder(seen, sessionModel(first));
      for (const kind of ['resumed', 'ended', 'renewed', 'read'] as const) expect(count(seen, kind)).toBeGreaterThan(5);
      const late = seen.find(({ op }) => op.kind === 'ended')!;
      const second: SessionOp = { kind: 'resumed', session: late.op.session, successor: 'planted' };
      const planted = seen.map((each) => (each === late ? { ...each, op: second } : each));
      expect(isRejected(planted, sessionModel(first))).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'etags: one order of a task’s versions, and a lost update in it is noticed',
    async () => {
      const crowd = await Crowd.gather(chosenSeed(), CLIENTS);
      const { name, etag, title } = await createTask(crowd, 'versions');
      const model = etagModel({ etag, title });
      const seen = await crowd.run<EtagOp>(CALLS, etagCalls(crowd, name));
      mustBeInOrder(seen, model);
      for (const kind of ['read', 'updated', 'mismatch'] as const) expect(count(seen, kind)).toBeGreaterThan(20);
      const late = seen.find(({ op }) => op.kind === 'mismatch')!;
      const { given, etag: present } = late.op as Extract<EtagOp, { kind: 'mismatch' }>;
      const lost: EtagOp = { kind: 'updated', given, etag: String(Number(present) + 0.5), title: 'planted' };
      const planted = seen.map((each) => (each === late ? { ...each, op: lost } : each));
      expect(isRejected(planted, model)).toBe(true);
    },
    TIMEOUT_MS,
  );
});
