// What is to be told, read from rows of one moment: of a session and the one that it took over, or of an agent.

import { formatSession, idIn } from '../../domain/sessions/agent-names';
import { indexedOf } from '../../domain/indexed';
import { mailboxesOf, unreadOf } from '../../domain/messages/mailbox';
import { agentMailbox } from '../../domain/messages/message-name';
import { taskIdIn } from '../../domain/names';
import { notFound } from '../../domain/refusal';
import type { Look } from '../../domain/standing';
import { millisecondsOf } from '../../domain/timestamp';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../gen/holdfast/journal/v1/journal';
import { Session } from '../../gen/holdfast/v1/session';
import { TaskState } from '../../gen/holdfast/v1/task';
import { sessionTasksOf, sessionWorkOf } from '../session-view';
import type { Question } from './questions';
import { workOf } from './unfinished-work';
import type { Gone, Unfinished } from './unfinished-work';

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
  /** When the session began, in milliseconds since 1970; 0 for an agent. */
  readonly beganMs: number;
}

/** What of a session is to be told: as news to it `since` some moment, to it as a `successor`, or `anew` since it began. What the session before
 *  it has left counts as its own, but not since some moment. */
export type Occasion = 'since' | 'successor' | 'anew';

/** The picture of a session. Refuses with NOT_FOUND. */
export function pictureOfSession(
  look: Look,
  project: string,
  id: string,
  occasion: Occasion,
  asked: readonly Question[] = [],
): Picture {
  const image = look(EntityKind.SESSION, project, id);
  if (!image) throw notFound('session', formatSession(project, id));
  const session = Session.decode(image);
  const { name } = session;
  const work = sessionWorkOf(look, project, id);
  const lost = [...work.toldLosses.map(({ task }) => task), ...work.lostTasks.map(taskIdIn)].map(leftTask);
  const entries = [...sessionTasksOf(look, project, id, work), ...lost];
  const before = session.resumedFrom === '' ? undefined : sessionBefore(look, project, idIn(session.resumedFrom));
  if (before && occasion !== 'since') entries.push(...before.entries.map(({ task }) => leftTask(task)));
  entries.push(...openOf(look, project, asked));
  const mine = new Set([name, ...(before ? [before.session.name] : []), ...asked.map(({ session: of }) => of)]);
  // A successor has seen nothing yet: what the one before it has seen counts.
  const seenBy = occasion === 'successor' ? new Set([session.resumedFrom]) : mine;
  return {
    ...workOf({ look, project, isOurs: (lease) => lease.session === name, seenBy }, entries),
    project,
    agent: idIn(session.agent),
    summary: session.summary === '' ? (before?.session.summary ?? '') : session.summary,
    locks: work.locks.flatMap((lock) => look(EntityKind.LOCK, project, lock) ?? []),
    ...unreadIn(look, project, mailboxesOf(look, project, id) ?? []),
    mine,
    beganMs: millisecondsOf(session.createTime),
  };
}

/** The picture of an agent: tasks that are assigned to it stand in place of tasks that are held. */
export function pictureOfAgent(
  look: Look,
  project: string,
  agent: string,
  assigned: readonly string[],
  asked: readonly Question[] = [],
): Picture {
  const mine = new Set<string>();
  const isOurs = (lease: { readonly agent: string }): boolean => idIn(lease.agent) === agent;
  const { unfinished } = workOf({ look, project, isOurs, seenBy: mine }, [
    ...assigned.map(leftTask),
    ...openOf(look, project, asked),
  ]);
  const unread = unreadIn(look, project, [agentMailbox(agent)]);
  return { project, agent, summary: '', unfinished, gone: [], locks: [], ...unread, mine, beganMs: 0 };
}

/** The tasks that wait for an answer still. */
function openOf(look: Look, project: string, asked: readonly Question[]): SessionTask[] {
  return asked.flatMap(({ task }) => {
    const image = look(EntityKind.TASK, project, task);
    return image && indexedOf(image).state === TaskState.INPUT_REQUIRED ? leftTask(task) : [];
  });
}

function leftTask(task: string): SessionTask {
  return { task, token: 0, left: true };
}

function sessionBefore(look: Look, project: string, id: string) {
  const image = look(EntityKind.SESSION, project, id);
  if (!image) return undefined;
  const entries = sessionTasksOf(look, project, id, sessionWorkOf(look, project, id));
  return { session: Session.decode(image), entries };
}

function unreadIn(look: Look, project: string, boxes: readonly string[]): Pick<Picture, 'mailboxes' | 'unread'> {
  const counts = boxes.map((box) => unreadOf(look, project, box));
  return { mailboxes: boxes.filter((_, i) => counts[i]! > 0), unread: counts.reduce((sum, count) => sum + count, 0) };
}
