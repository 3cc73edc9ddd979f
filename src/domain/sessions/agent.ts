// Agents: they appear with their first session, and go with the purge of their last. What an agent may have left unfinished is known by its sessions.

import { AgentWork, EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Agent } from '../../gen/holdfast/v1/session';
import { formatAgent, formatSession, idIn } from './agent-names';
import type { Draft } from '../draft';
import { AGENT_SESSIONS_MAX } from '../limits';
import { imageOf } from '../row-image';

/** Notes that a session of the agent begins. The agent appears with its first one. */
export function beginAt(draft: Draft, project: string, agent: string, session: string): void {
  const image = draft.image(EntityKind.AGENT, project, agent);
  const before = image && Agent.decode(image);
  const after: Agent = {
    name: formatAgent(project, agent),
    createTime: before?.createTime ?? draft.now,
    latestSession: formatSession(project, session),
    latestSessionTime: draft.now,
    sessionCount: (before?.sessionCount ?? 0) + 1,
  };
  const event = before ? EventType.UNSPECIFIED : EventType.AGENT_APPEARED;
  const paths = before ? ['latest_session', 'latest_session_time', 'session_count'] : [];
  draft.put(EntityKind.AGENT, project, agent, imageOf(Agent, after), event, paths);
  const sessions = [...sessionsOf(draft, project, agent), session];
  putWork(draft, project, agent, sessions.slice(-AGENT_SESSIONS_MAX));
}

/** Notes that a session of the agent has nothing that a resume could take up: it ended with nothing left, has a successor, or is gone. */
export function settleAt(draft: Draft, project: string, agent: string, session: string): void {
  const sessions = sessionsOf(draft, project, agent);
  if (!sessions.includes(session)) return;
  putWork(
    draft,
    project,
    agent,
    sessions.filter((id) => id !== session),
  );
}

/** Takes an agent away whose session is purged, unless another one of it is there. The draft has purged the session already. */
export function forgetAgent(draft: Draft, project: string, id: string): void {
  const image = draft.image(EntityKind.AGENT, project, id);
  if (!image || sessionsOf(draft, project, id).length > 0) return;
  // Sessions end in any order: the newest one is purged last, but for one that was begun before it and is noted as unfinished.
  if (draft.image(EntityKind.SESSION, project, idIn(Agent.decode(image).latestSession))) return;
  draft.put(EntityKind.AGENT, project, id, undefined, EventType.UNSPECIFIED, []);
}

/** The ids of the agent's sessions that may have left work, oldest first: the newest 64. */
export function sessionsOf(draft: Draft, project: string, agent: string): readonly string[] {
  const image = draft.image(EntityKind.AGENT_WORK, project, agent);
  return image ? AgentWork.decode(image).sessions : [];
}

function putWork(draft: Draft, project: string, agent: string, sessions: string[]): void {
  const image = sessions.length > 0 ? imageOf(AgentWork, { sessions }) : undefined;
  draft.put(EntityKind.AGENT_WORK, project, agent, image, EventType.UNSPECIFIED, []);
}
