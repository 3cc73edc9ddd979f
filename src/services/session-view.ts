// Sessions as everybody sees them: the stored row, and what changes without it.

import { millisecondsIn } from '../domain/duration';
import { notFound } from '../domain/refusal';
import { timestampOf } from '../domain/timestamp';
import { parseSession } from '../domain/sessions/agent-names';
import type { NamedIn } from '../domain/sessions/agent-names';
import type { Look } from '../domain/standing';
import type { Engine } from '../engine/engine';
import { EntityKind, SessionTasks, SessionWork } from '../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../gen/holdfast/journal/v1/journal';
import { Session, SessionState } from '../gen/holdfast/v1/session';
import { rowOf } from './reading';
import type { Row } from '../domain/view';

/** A session's row and where it is. */
export interface FoundSession extends NamedIn {
  readonly row: Row;
}

/** The session of this name. Refuses FIELD_INVALID and NOT_FOUND. */
export async function findSession(engine: Engine, name: string, field: string): Promise<FoundSession> {
  const { project, id } = parseSession(name, field);
  const row = await rowOf(engine, EntityKind.SESSION, project, id);
  if (!row) throw notFound('session', name);
  return { project, id, row };
}

/** What a session has beside its row; nothing for one that is gone. */
export function sessionWorkOf(look: Look, project: string, id: string): SessionWork {
  const image = look(EntityKind.SESSION_WORK, project, id);
  return image ? SessionWork.decode(image) : SessionWork.create();
}

/** The tasks that a session holds or has left, in the order of its rows. */
export function sessionTasksOf(look: Look, project: string, id: string, work: SessionWork): readonly SessionTask[] {
  return work.taskChunks.flatMap((_, chunk) => {
    const image = look(EntityKind.SESSION_TASKS, project, `${id}/${chunk}`);
    return image ? SessionTasks.decode(image).tasks : [];
  });
}

/** The encoded session as it is shown: `image` is its row, `work` what it has. `look` reads the tasks that it holds. */
export function shownSession(look: Look, project: string, id: string, image: Uint8Array, work: SessionWork): Buffer {
  const { state, ttl } = Session.decode(image);
  const ttlMs = millisecondsIn(ttl);
  const tasks = sessionTasksOf(look, project, id, work);
  const lost = state === SessionState.LOST;
  const added = Session.fromPartial({
    lastSeenTime: work.renewedMs > 0 ? timestampOf(work.renewedMs) : undefined,
    expireTime: state === SessionState.ACTIVE && ttlMs > 0 ? timestampOf(work.renewedMs + ttlMs) : undefined,
    taskCount: tasks.filter(({ left }) => lost || !left).length,
    lockCount: work.locks.length,
  });
  return Buffer.concat([image, Session.encode(added).finish()]);
}
