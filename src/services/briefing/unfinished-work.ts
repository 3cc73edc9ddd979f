// What is unfinished, read from rows of one moment: of a session, and of the one that it took over.

import { formatSession, idIn } from '../../domain/agent-names';
import { isGating } from '../../domain/graph-rows';
import { indexedOf } from '../../domain/indexed';
import { mailboxesOf, unreadOf } from '../../domain/mailbox';
import { agentMailbox } from '../../domain/message-name';
import { taskIdIn } from '../../domain/names';
import { notFound } from '../../domain/refusal';
import { standingOf } from '../../domain/standing';
import type { Look } from '../../domain/standing';
import { millisecondsOf } from '../../domain/timestamp';
import { isUnfinished, standpointOf } from '../../domain/unfinished';
import type { Standpoint } from '../../domain/unfinished';
import { isHeldWork } from '../../domain/work-rows';
import { claimKeyOf } from '../../engine/query/order';
import type { ClaimKey } from '../../engine/query/order';
import { EntityKind, TaskGraph, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../gen/holdfast/journal/v1/journal';
import { Session } from '../../gen/holdfast/v1/session';
import { Task } from '../../gen/holdfast/v1/task';
import { sessionTasksOf, sessionWorkOf } from '../session-view';
import { workOrder } from './work-order';

/** An unfinished task. */
export interface Unfinished {
  readonly id: string;
  readonly image: Uint8Array;
  readonly task: Task;
  readonly workImage: Uint8Array | undefined;
  readonly work: TaskWork | undefined;
  readonly graph: TaskGraph;
  /** The briefed session holds it. */
  readonly held: boolean;
  /** Ids of unfinished tasks that come before it. */
  readonly after: string[];
  readonly key: ClaimKey;
}

/** A task that was the session's, and is not any more. */
export interface Gone {
  readonly id: string;
  readonly standpoint: Exclude<Standpoint, 'held'>;
}

/** What is to be told, as the rows have it. */
export interface Picture {
  readonly project: string;
  /** The id of the agent. */
  readonly agent: string;
  readonly summary: string;
  /** In the order in which they can be worked on. */
  readonly unfinished: readonly Unfinished[];
  readonly gone: readonly Gone[];
  /** Rows of locks. */
  readonly locks: readonly Uint8Array[];
  /** Mailboxes with unread messages, and how many these are. */
  readonly mailboxes: readonly string[];
  readonly unread: number;
  /** The names of the sessions whose doing is no news. */
  readonly mine: ReadonlySet<string>;
  /** When the session began, and when the one before it was last seen; 0 for an agent. */
  readonly beganMs: number;
  readonly lastSeenMs: number;
}

/** The picture of a session. With `whole` what the session before it has left counts as its own. Refuses with NOT_FOUND. */
export function pictureOfSession(look: Look, project: string, id: string, whole: boolean): Picture {
  const image = look(EntityKind.SESSION, project, id);
  if (!image) throw notFound('session', formatSession(project, id));
  const session = Session.decode(image);
  const work = sessionWorkOf(look, project, id);
  const lost = work.lostTasks.map((name): SessionTask => ({ task: taskIdIn(name), token: 0, left: true }));
  const entries = [...sessionTasksOf(look, project, id, work), ...lost];
  const before = session.resumedFrom === '' ? undefined : sessionBefore(look, project, idIn(session.resumedFrom));
  if (before && whole) entries.push(...before.entries.map((entry) => ({ ...entry, left: true })));
  const boxes = mailboxesOf(look, project, id) ?? [];
  return {
    ...sorted(look, project, entries, (work) => work?.lease?.session === session.name),
    project,
    agent: idIn(session.agent),
    summary: session.summary === '' ? (before?.session.summary ?? '') : session.summary,
    locks: work.locks.flatMap((lock) => look(EntityKind.LOCK, project, lock) ?? []),
    ...unreadIn(look, project, boxes),
    mine: new Set([session.name, ...(before ? [before.session.name] : [])]),
    beganMs: millisecondsOf(session.createTime),
    lastSeenMs: before?.lastSeenMs ?? millisecondsOf(session.createTime),
  };
}

/** The picture of an agent: tasks that are assigned to it stand in place of tasks that are held. */
export function pictureOfAgent(look: Look, project: string, agent: string, assigned: readonly string[]): Picture {
  const entries = assigned.map((task): SessionTask => ({ task, token: 0, left: true }));
  const { unfinished } = sorted(look, project, entries, (work) => idIn(work?.lease?.agent ?? '') === agent);
  const unread = unreadIn(look, project, [agentMailbox(agent)]);
  const nothing = { summary: '', gone: [], locks: [], mine: new Set<string>(), beganMs: 0, lastSeenMs: 0 };
  return { ...nothing, ...unread, project, agent, unfinished };
}

function sessionBefore(look: Look, project: string, id: string) {
  const image = look(EntityKind.SESSION, project, id);
  if (!image) return undefined;
  const work = sessionWorkOf(look, project, id);
  return {
    session: Session.decode(image),
    entries: sessionTasksOf(look, project, id, work),
    lastSeenMs: work.renewedMs,
  };
}

function unreadIn(look: Look, project: string, boxes: readonly string[]): Pick<Picture, 'mailboxes' | 'unread'> {
  const counts = boxes.map((box) => unreadOf(look, project, box));
  return { mailboxes: boxes.filter((_, i) => counts[i]! > 0), unread: counts.reduce((sum, count) => sum + count, 0) };
}

/** What of the entries is unfinished, in order, and what is gone. Each task counts once: as it stands first. */
function sorted(
  look: Look,
  project: string,
  entries: readonly SessionTask[],
  isOurs: (work: TaskWork | undefined) => boolean,
): Pick<Picture, 'unfinished' | 'gone'> {
  const unfinished = new Map<string, Unfinished>();
  const gone = new Map<string, Gone>();
  for (const entry of entries) {
    const id = entry.task;
    if (unfinished.has(id) || gone.has(id)) continue;
    const standpoint = standpointOf(look, project, entry);
    if (isUnfinished(standpoint)) unfinished.set(id, taskAt(look, project, id, standpoint === 'held', isOurs));
    else if (standpoint === 'claimed' && entry.token === 0) claimed(look, project, id, isOurs, unfinished, gone);
    else gone.set(id, { id, standpoint: standpoint as Gone['standpoint'] });
  }
  for (const each of unfinished.values()) placeAmong(look, project, each, unfinished);
  return { unfinished: workOrder([...unfinished.values()]), gone: [...gone.values()] };
}

/** A task that is assigned, or was lost, and is held by somebody: by the one who is briefed, or by another. */
function claimed(
  look: Look,
  project: string,
  id: string,
  isOurs: (work: TaskWork | undefined) => boolean,
  unfinished: Map<string, Unfinished>,
  gone: Map<string, Gone>,
): void {
  const each = taskAt(look, project, id, true, isOurs);
  if (each.held) unfinished.set(id, each);
  else gone.set(id, { id, standpoint: 'claimed' });
}

function taskAt(
  look: Look,
  project: string,
  id: string,
  held: boolean,
  isOurs: (work: TaskWork | undefined) => boolean,
): Unfinished {
  const image = look(EntityKind.TASK, project, id)!;
  const workImage = look(EntityKind.TASK_WORK, project, id);
  const work = workImage && TaskWork.decode(workImage);
  const isHeld = held && work !== undefined && isHeldWork(work) && isOurs(work);
  const key = claimKeyOf(indexedOf(image), id);
  const graphImage = look(EntityKind.TASK_GRAPH, project, id);
  const graph = graphImage ? TaskGraph.decode(graphImage) : TaskGraph.create();
  return { id, image, task: Task.decode(image), workImage, work, graph, held: isHeld, after: [], key };
}

/** Notes which of the others come before a task: what it waits for by an edge, and, before their parent, children. */
function placeAmong(look: Look, project: string, each: Unfinished, all: ReadonlyMap<string, Unfinished>): void {
  // Edges to tasks that are done are not counted there, and cost no look.
  const waits = each.graph.openBlockers > 0;
  for (const { task, kind } of waits ? each.task.dependencies : []) {
    if (!isGating(kind)) continue;
    const target = all.has(taskIdIn(task)) ? taskIdIn(task) : standingOf(look, project, taskIdIn(task)).id;
    if (all.has(target) && !each.after.includes(target)) each.after.push(target);
  }
  const parent = each.task.parent === '' ? undefined : all.get(taskIdIn(each.task.parent));
  if (parent && !parent.after.includes(each.id)) parent.after.push(each.id);
}
