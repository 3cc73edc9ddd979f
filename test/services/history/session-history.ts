// A line of sessions: each but the last was taken over by the next.

import { idIn } from '../../../src/domain/sessions/agent-names';
import { HeartbeatSessionRequest, ResumeSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { SessionState } from '../../../src/gen/holdfast/v1/session';
import { call } from '../../support/boot';
import type { Model } from '../../support/linearisable';
import { reasonOf } from '../../support/refusals';
import { PARENT, sessionMetadata } from './crowd';
import type { Crowd, Member } from './crowd';

export type SessionOp =
  | { readonly kind: 'resumed'; readonly session: string; readonly successor: string }
  /** By a resume or a heartbeat that came too late. */
  | { readonly kind: 'ended'; readonly session: string; readonly successor: string }
  | { readonly kind: 'renewed'; readonly session: string }
  /** Successor empty: it is ACTIVE. */
  | { readonly kind: 'read'; readonly session: string; readonly successor: string };

/** The sessions of the line, in order. */
type SessionLine = readonly string[];

/** The line begins with the session `first`. */
export function sessionModel(first: string): Model<SessionOp, SessionLine> {
  return {
    initial: [first],
    step: (line, op) => {
      const at = line.indexOf(op.session);
      const next = at < 0 ? undefined : (line[at + 1] ?? '');
      if (op.kind === 'resumed') return next === '' ? [...line, op.successor] : undefined;
      const successor = op.kind === 'renewed' ? '' : op.successor;
      return next === successor && (op.kind !== 'ended' || successor !== '') ? line : undefined;
    },
    key: (line) => line.join(),
  };
}

/** Resumes, heartbeats and looks at the newest session that a member has heard of, or one before. */
export function sessionCalls(
  { sessions }: Crowd,
  first: { readonly session: string; readonly token: string },
): (member: Member) => Promise<SessionOp | undefined> {
  const line = [first];
  const nameOf = (session: string): string => `${PARENT}/sessions/${session}`;
  return async ({ random }) => {
    const { session, token } = random.chance(0.7) ? line.at(-1)! : random.pick(line);
    const name = nameOf(session);
    const draw = random.below(10);
    if (draw < 3) {
      const { session: read } = await call(sessions, 'getSession', { name, atLeast: undefined });
      const { state, successor } = read!;
      return { kind: 'read', session, successor: state === SessionState.ACTIVE ? '' : idIn(successor) };
    }
    try {
      if (draw < 6) {
        const request = HeartbeatSessionRequest.fromPartial({ name });
        await call(sessions, 'heartbeatSession', request, sessionMetadata(name, token));
        return { kind: 'renewed', session };
      }
      const from = { $case: 'session' as const, value: name };
      const request = ResumeSessionRequest.fromPartial({ parent: PARENT, from, takeOver: true });
      const begun = await call(sessions, 'resumeSession', request);
      const successor = idIn(begun.session!.name);
      line.push({ session: successor, token: begun.token });
      return { kind: 'resumed', session, successor };
    } catch (fault) {
      const refusal = reasonOf(fault);
      if (refusal?.reason !== 'SESSION_ENDED') throw fault;
      return { kind: 'ended', session, successor: idIn(refusal.metadata['successor']!) };
    }
  };
}
