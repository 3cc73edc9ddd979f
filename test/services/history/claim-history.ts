// Claims of one task: who holds it, under which token.

import { idIn } from '../../../src/domain/sessions/agent-names';
import { durationOf } from '../../../src/domain/duration';
import {
  ClaimTaskRequest,
  GetTaskRequest,
  HeartbeatTaskRequest,
  ReleaseTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { call } from '../../support/boot';
import type { Model, Seen } from '../../support/linearisable';
import { reasonOf } from '../../support/refusals';
import { PARENT } from './crowd';
import type { Crowd, Member } from './crowd';

export type ClaimOp =
  | { readonly kind: 'claimed'; readonly task: string; readonly session: string; readonly token: number }
  | { readonly kind: 'refused'; readonly task: string; readonly holder: string }
  /** A heartbeat or a release under a token, and whether it was taken. */
  | { readonly kind: 'renewed' | 'released'; readonly task: string; readonly token: number; readonly taken: boolean }
  /** Token 0: nobody holds it. */
  | { readonly kind: 'read'; readonly task: string; readonly token: number };

interface ClaimState {
  readonly session: string;
  /** 0: nobody holds it. */
  readonly token: number;
  readonly lastToken: number;
}

export const claimModel: Model<ClaimOp, ClaimState> = {
  initial: { session: '', token: 0, lastToken: 0 },
  step: (state, op) => {
    const { token, lastToken } = state;
    switch (op.kind) {
      case 'claimed':
        if (token !== 0 || op.token <= lastToken) return undefined;
        return { session: op.session, token: op.token, lastToken: op.token };
      case 'refused':
        return token !== 0 && op.holder === state.session ? state : undefined;
      case 'renewed':
        return op.taken === (op.token === token) ? state : undefined;
      case 'released':
        if (op.taken !== (op.token === token)) return undefined;
        return op.taken ? { session: '', token: 0, lastToken } : state;
      case 'read':
        return op.token === token ? state : undefined;
    }
  },
  key: ({ token, lastToken }) => `${token} ${lastToken}`,
};

/** Random claims, by name and of the next ready task, and what holders and late holders do. */
export function claimCalls(
  { server }: Crowd,
  tasks: readonly string[],
): (member: Member) => Promise<ClaimOp | undefined> {
  const held = new Map<number, Map<string, number>>();
  const late = new Map<number, Map<string, number>>();
  const of = (map: Map<number, Map<string, number>>, client: number): Map<string, number> => {
    const own = map.get(client) ?? new Map<string, number>();
    map.set(client, own);
    return own;
  };
  return async ({ client, session, as, random }) => {
    const [mine, stale] = [of(held, client), of(late, client)];
    const draw = random.below(10);
    if (draw < 2) {
      const task = random.pick(tasks);
      const { task: read } = await call(server.tasks, 'getTask', GetTaskRequest.fromPartial({ name: task }));
      return { kind: 'read', task, token: read!.lease?.fencingToken ?? 0 };
    }
    const known = draw < 7 ? mine : stale;
    if (draw < 8 && known.size > 0) {
      const [task, fencingToken] = random.pick([...known]);
      const renew = random.chance(0.3);
      const kind = renew ? 'renewed' : 'released';
      const asked = { name: task, fencingToken };
      try {
        if (renew) await call(server.tasks, 'heartbeatTask', HeartbeatTaskRequest.fromPartial(asked), as);
        else await call(server.tasks, 'releaseTask', ReleaseTaskRequest.fromPartial(asked), as);
      } catch (fault) {
        if (!['FENCED', 'ILLEGAL_TRANSITION'].includes(reasonOf(fault)?.reason ?? '')) throw fault;
        return { kind, task, token: fencingToken, taken: false };
      }
      if (!renew) {
        mine.delete(task);
        stale.set(task, fencingToken);
      }
      return { kind, task, token: fencingToken, taken: true };
    }
    const free = tasks.filter((task) => !mine.has(task));
    const byName = free.length > 0 && random.chance(0.7);
    const asked = byName ? { name: random.pick(free) } : { parent: PARENT, wait: durationOf(random.below(10)) };
    try {
      const { tasks: claimed } = await call(server.tasks, 'claimTask', ClaimTaskRequest.fromPartial(asked), as);
      const task = claimed[0];
      if (!task) return undefined;
      mine.set(task.name, task.lease!.fencingToken);
      return { kind: 'claimed', task: task.name, session, token: task.lease!.fencingToken };
    } catch (fault) {
      const refusal = reasonOf(fault);
      if (refusal?.reason !== 'ALREADY_CLAIMED') throw fault;
      return { kind: 'refused', task: refusal.metadata['name']!, holder: idIn(refusal.metadata['holder']!) };
    }
  };
}

/** Turns one refused claim into a second holder. Undefined if no claim was refused while another certainly held the task. */
export function plantDoubleClaim(seen: readonly Seen<ClaimOp>[]): Seen<ClaimOp>[] | undefined {
  for (const each of seen) {
    const { op, calledAt, returnedAt, client } = each;
    if (op.kind !== 'refused') continue;
    const holding = seen.find(({ op: held, returnedAt: since }) => {
      if (held.kind !== 'claimed' || held.session !== op.holder || since > calledAt) return false;
      const released = seen.find(
        ({ op: other }) => other.kind === 'released' && other.taken && other.token === held.token,
      );
      return !released || released.calledAt > returnedAt;
    });
    if (holding?.op.kind !== 'claimed') continue;
    const planted: ClaimOp = {
      kind: 'claimed',
      task: op.task,
      session: `client ${client}`,
      token: holding.op.token + 0.5,
    };
    return seen.map((other) => (other === each ? { ...each, op: planted } : other));
  }
  return undefined;
}
