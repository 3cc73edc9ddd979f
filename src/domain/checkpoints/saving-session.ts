// The session to which something is saved: its checkpoints, its transcripts.

import type { Action } from '../command';
import { parseSession } from '../sessions/agent-names';
import type { NamedIn } from '../sessions/agent-names';
import type { Draft } from '../draft';
import { fieldInvalid } from '../refusal';
import { findSession as lookUp, refuseOver } from '../sessions/session-access';
import { enterProject } from '../task-access';

/** A session that exists, at work or over. Refuses with FIELD_INVALID and NOT_FOUND. */
export function findSession(draft: Draft, kind: Action['kind'], name: string, field: string): NamedIn {
  const { project } = parseSession(name, field);
  enterProject(draft, kind, project);
  return lookUp(draft, name, field);
}

/** A session that may be saved to: it is ACTIVE, and the caller acts for it or for no session. Refuses with FIELD_INVALID, NOT_FOUND,
 *  SESSION_LOST and SESSION_ENDED. */
export function findSavingSession(draft: Draft, kind: Action['kind'], name: string, field: string): NamedIn {
  const { project } = parseSession(name, field);
  enterProject(draft, kind, project);
  const found = lookUp(draft, name, field);
  refuseOver(found);
  const { acting } = draft;
  if (!acting || acting.name === found.name) return found;
  throw fieldInvalid(
    field,
    `${found.name} is not the caller's session, which is ${acting.name}: a session saves to its own name`,
  );
}
