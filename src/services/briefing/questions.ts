// Tasks that wait for the answer to a question of the one who is briefed. The lease ended with the question, so that no session has them.

import { idIn, formatSession } from '../../domain/sessions/agent-names';
import type { Look } from '../../domain/standing';
import type { Engine } from '../../engine/engine';
import { EntityKind, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import { TaskState } from '../../gen/holdfast/v1/task';
import { InputExchange } from '../../gen/holdfast/v1/work';

/** Tasks that wait for an answer, as far as a briefing looks at them: some 30 µs each. */
const EXAMINED_MAX = 500;
/** Those that it tells of. */
const TOLD_MAX = 100;

/** Who is briefed. */
export interface Asker {
  readonly project: string;
  /** The id of the agent. */
  readonly agent: string;
  /** The name of the session; empty for the agent, whatever its sessions are. */
  readonly session: string;
}

/** A task that waits for an answer. */
export interface Question {
  readonly task: string;
  /** The session that asked, by name. */
  readonly session: string;
}

/** The open questions of a session and of those of its agent that are over, or of all of an agent's sessions, in the order of claiming. */
export async function questionsOf(engine: Engine, look: Look, asker: Asker): Promise<Question[]> {
  const { project } = asker;
  // In most projects nobody waits for an answer: then nothing is read.
  const none = await engine.withApplied(() => {
    const { tallies } = engine.store.state;
    return tallies.queueNames(project).every((queue) => tallies.queue(project, queue).inputRequired === 0);
  });
  if (none) return [];
  const ids = await engine.withSnapshot(async (snapshot) => {
    const found: string[] = [];
    const range = { by: 'state', project, state: TaskState.INPUT_REQUIRED, held: false, queue: undefined } as const;
    for await (const { id } of snapshot.scan(range)) if (found.push(id) === EXAMINED_MAX) break;
    return found;
  });
  const theirs = new Map<string, boolean>();
  const questions: Question[] = [];
  for (const task of ids) {
    const session = exchangeAt(look, project, task)?.session ?? '';
    if (!theirs.has(session)) theirs.set(session, session !== '' && isTheirs(look, session, asker));
    if (theirs.get(session) && questions.push({ task, session }) === TOLD_MAX) break;
  }
  return questions;
}

/** The agent of a session, by id; empty if there is no such session. */
export async function agentOf(engine: Engine, project: string, id: string): Promise<string> {
  const row = await engine.read(EntityKind.SESSION, project, id);
  return row ? idIn(Session.decode(row.image).agent) : '';
}

/** The newest question of a task, if it has any, and its answer. */
export function exchangeAt(look: Look, project: string, task: string): InputExchange | undefined {
  const work = look(EntityKind.TASK_WORK, project, task);
  const row = work && look(EntityKind.TASK_INPUT, project, `${task}/${TaskWork.decode(work).inputs}`);
  return row && InputExchange.decode(row);
}

function isTheirs(look: Look, asked: string, { project, agent, session }: Asker): boolean {
  if (asked === session) return true;
  const id = idIn(asked);
  const image = asked === formatSession(project, id) ? look(EntityKind.SESSION, project, id) : undefined;
  if (!image) return false;
  const { agent: of, state } = Session.decode(image);
  // Another session of the agent that is at work knows of its own questions itself.
  return idIn(of) === agent && (session === '' || state !== SessionState.ACTIVE);
}
