import { formatSession } from './agent-names';
import type { Draft } from '../draft';
import type { OwnRow } from '../own-requests';
import { authorize } from '../permission';
import { mustAct } from './session-access';

/** The session of a call that waits is alive: it was renewed when it entered, as by any other call. Gives nothing to reply. For the server's own
 *  use. Refuses with SESSION_LOST and SESSION_ENDED. */
export function renewSession(draft: Draft, { project, id }: OwnRow): readonly number[] {
  authorize(draft.caller, 'renewSession', project);
  const acting = mustAct(draft, 'renewSession', project);
  if (acting.name !== formatSession(project, id)) throw new Error(`${acting.name} renews another session, ${id}`);
  return [];
}
