import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { HeartbeatSessionRequest } from '../../gen/holdfast/v1/session_service';
import type { ActingSession } from './acting-session';
import { parseSession } from './agent-names';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { HEARTBEAT_TASKS_MAX, LOST_TASKS_MAX, SESSION_TTL_DEFAULT_MS } from '../limits';
import { mailboxesOf } from '../messages/mailbox';
import { taskIdIn } from '../names';
import { fieldInvalid } from '../refusal';
import { mustAct } from './session-access';
import { namedSession } from './session';
import type { Look } from '../standing';
import { enterProject } from '../task-access';
import { WireScan } from '../wire';

/** TaskWork.directive. */
const DIRECTIVE_FIELD = 7;

/** HeartbeatSession: the caller's session was renewed when it entered. The reply names the session and what it has, the mailboxes that it
 *  reads, and the work rows of tasks that it should know of: those with a directive, and those that it has lost. */
export function heartbeatSession(draft: Draft, { name }: HeartbeatSessionRequest): readonly number[] {
  const { project } = parseSession(name, 'name');
  enterProject(draft, 'heartbeatSession', project);
  const acting = mustAct(draft, 'heartbeatSession', project);
  if (acting.name !== name) throw fieldInvalid('name', `is another session than the caller's, ${acting.name}`);
  const { id } = acting;
  const directed: string[] = [];
  for (const { task, left } of draft.sessions.tasks(project, id)) {
    if (directed.length === HEARTBEAT_TASKS_MAX) break;
    if (!left && isDirected(draft.image(EntityKind.TASK_WORK, project, task))) directed.push(task);
  }
  // The rows of the tasks themselves stand in the record of this reply.
  const lost = tellLosses(draft, acting).filter((task) => !directed.includes(task));
  const tasks = [...directed, ...lost].map((task) => draft.named(EntityKind.TASK_WORK, project, task));
  const look: Look = (kind, at, row) => draft.image(kind, at, row);
  const mailboxes = mailboxesOf(look, project, id) ?? [];
  const boxes = mailboxes.map((box) => draft.named(EntityKind.MAILBOX, project, box));
  return [...namedSession(draft, acting), ...boxes, ...tasks];
}

/** The ids of tasks that this heartbeat tells as lost: what is new, and again what was told within the last ttl, for that reply may be lost. */
function tellLosses({ context: { nowMs } }: Draft, { session, work }: ActingSession): readonly string[] {
  const keptMs = millisecondsIn(session.ttl) || SESSION_TTL_DEFAULT_MS;
  const fresh = work.lostTasks.map(taskIdIn);
  const again = work.toldLosses.filter(({ task, toldMs }) => nowMs - toldMs < keptMs && !fresh.includes(task));
  const told = [...again, ...fresh.map((task) => ({ task, toldMs: nowMs }))];
  work.toldLosses = told.slice(-LOST_TASKS_MAX);
  work.lostTasks = [];
  return work.toldLosses.map(({ task }) => task);
}

function isDirected(image: Uint8Array | undefined): boolean {
  if (!image) return false;
  const scan = new WireScan(image);
  while (scan.next()) if (scan.field === DIRECTIVE_FIELD) return true;
  return false;
}
