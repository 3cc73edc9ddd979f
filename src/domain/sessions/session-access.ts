// Who acts: the session in a call's metadata. A decision looks at it once, before anything else.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import { formatSession, idIn, parseSession } from './agent-names';
import type { ActingSession } from './acting-session';
import type { Action } from '../command';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { formatProject } from '../names';
import { Refusal, fieldInvalid, notFound } from '../refusal';
import { sessionDueMs } from './session-rows';
import { timeText } from '../timestamp';
import { rpcName } from '../verb';

/** Verbs that look at their session themselves: they take one that is lost. */
const LOOKS_ITSELF: ReadonlySet<string> = new Set(['endSession']);
/** Verbs that begin a session: whoever comes back may still name the one that is over. */
const BEGINS: ReadonlySet<string> = new Set(['startSession', 'resumeSession']);
const METADATA_FIELD = 'metadata.holdfast-session';

/** Verbs of a task's holder: their fencing token says more than the session. A late holder may end its work while nobody else has claimed it. */
const BY_TOKEN: ReadonlySet<Action['kind']> = new Set<Action['kind']>([
  'completeTask',
  'failTask',
  'releaseTask',
  'acknowledgeDirective',
  'putStep',
  'releaseLock',
]);

/**
 * Looks at the caller's session, if there is one, and renews it: written down again when the last renewal is a tenth of a ttl old. Refuses with
 * NOT_FOUND, FENCED (another token), SESSION_ENDED and SESSION_LOST; verbs that carry a fencing token are taken from a LOST session too.
 */
export function enterSession(draft: Draft, { kind, request }: Action): void {
  if (draft.caller.session === '' || LOOKS_ITSELF.has(kind)) return;
  const acting = findSession(draft, draft.caller.session, METADATA_FIELD);
  checkToken(acting, draft.caller.sessionToken);
  const byToken = BY_TOKEN.has(kind) && (request as { readonly fencingToken?: number }).fencingToken !== 0;
  if (acting.session.state === SessionState.LOST && byToken) return;
  if (acting.session.state !== SessionState.ACTIVE && BEGINS.has(kind)) return;
  refuseOver(acting);
  draft.acting = acting;
  renew(draft, acting, acting.work.renewEveryMs);
}

/** Renews a session if its last renewal that was written down is so old. */
export function renew(draft: Draft, { session, work }: ActingSession, everyMs: number): void {
  const { nowMs, bootMs } = draft.context;
  // A session that lasts until it is ended is renewed for the sake of what it holds with ttls of their own.
  if (nowMs - work.renewedMs < everyMs || (work.renewEveryMs === 0 && millisecondsIn(session.ttl) === 0)) return;
  work.renewedMs = nowMs;
  work.dueMs = sessionDueMs(session, work, bootMs);
}

/** The session that acts, in this project. Refuses with FIELD_INVALID where none does: `verb` needs one. */
export function mustAct(draft: Draft, kind: Action['kind'], project: string): ActingSession {
  const { acting } = draft;
  if (!acting) {
    const how = 'StartSession gives one, and its NAME;TOKEN goes into the metadata holdfast-session of each call';
    throw fieldInvalid(METADATA_FIELD, `is required: ${rpcName(kind)} is for sessions; ${how}`);
  }
  if (acting.project === project) return acting;
  throw fieldInvalid(METADATA_FIELD, `${acting.name} is of another project than ${formatProject(project)}`);
}

/** A session that exists, with its rows. Refuses with FIELD_INVALID and NOT_FOUND. */
export function findSession(draft: Draft, name: string, field: string): ActingSession {
  const { project, id } = parseSession(name, field);
  const image = draft.image(EntityKind.SESSION, project, id);
  if (!image) throw notFound('session', name);
  const session = Session.decode(image);
  return {
    project,
    id,
    name: formatSession(project, id),
    session,
    work: draft.sessions.work(project, id),
    agent: idIn(session.agent),
  };
}

/** Refuses with FENCED unless the token is the session's. */
export function checkToken({ name, session, work }: ActingSession, token: string): void {
  if (token === work.token) return;
  const successor = session.successor === '' ? '' : `; ${session.successor} took its work over`;
  throw new Refusal('FENCED', `this is not the token of ${name}${successor}`, {
    metadata: { name, ...(session.successor === '' ? {} : { successor: session.successor }) },
    resource: { type: 'session', name },
  });
}

/** Refuses with SESSION_ENDED or SESSION_LOST unless the session is ACTIVE. */
export function refuseOver({ name, session }: ActingSession): void {
  const { state, successor, endTime } = session;
  const resource = { type: 'session', name } as const;
  if (state === SessionState.ENDED) {
    const next = successor === '' ? 'StartSession begins a new one' : `${successor} took its work over`;
    const metadata = { name, ...(successor === '' ? {} : { successor }) };
    throw new Refusal('SESSION_ENDED', `${name} has ended: ${next}`, { metadata, resource });
  }
  if (state === SessionState.LOST) {
    const time = timeText(endTime);
    const message = `${name} gave no sign of life within its ttl and is lost since ${time}: ResumeSession takes its work up again`;
    throw new Refusal('SESSION_LOST', message, { metadata: { name, lost_time: time }, resource });
  }
}
