// What others changed in a session's tasks and around them, in words.

import { isHeld } from '../../domain/indexed';
import { formatTask } from '../../domain/names';
import { readinessOf } from '../../domain/readiness';
import type { Look } from '../../domain/standing';
import { stateName } from '../../domain/task-state';
import { millisecondsOf, timeText, timestampOf } from '../../domain/timestamp';
import { EntityKind, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import type { Conflict } from '../../gen/holdfast/v1/briefing';
import { ConflictKind } from '../../gen/holdfast/v1/briefing';
import { Task, TaskState } from '../../gen/holdfast/v1/task';
import type { Changes, Done, Since } from './changes';
import type { Picture } from './picture';
import { exchangeAt } from './questions';
import type { Gone, Unfinished } from './unfinished-work';

/** Names of tasks in a message. */
const NAMED_MAX = 3;

/** All conflicts of a picture: first what the session does not have any more, then what changed in what it has. */
export async function conflictsOf(
  look: Look,
  picture: Picture,
  changes: Changes,
  since: Since,
  nowMs: number,
): Promise<Conflict[]> {
  const { project } = picture;
  const found: Conflict[] = [];
  for (const gone of picture.gone) found.push(await conflictOfGone(look, project, gone, changes, picture.agent));
  const known = new Map(picture.unfinished.map((each) => [each.id, each]));
  for (const each of picture.unfinished) {
    const stands = standing(look, project, each, known, nowMs);
    if (stands) found.push(stands);
    const changed = await changedByOthers(project, each, changes, since);
    if (changed) found.push(changed);
  }
  return found;
}

async function conflictOfGone(
  look: Look,
  project: string,
  { id, standpoint }: Gone,
  changes: Changes,
  agent: string,
): Promise<Conflict> {
  const image = look(EntityKind.TASK, project, id);
  const task = image && Task.decode(image);
  const name = formatTask(project, id);
  if (!task) return conflict(name, ConflictKind.DELETED, 'it was purged');
  const done = await changes.last(id, Number(task.etag));
  if (standpoint === 'deleted') return conflict(name, ConflictKind.DELETED, `${whoOf(done)} deleted it`, done);
  if (standpoint === 'ended') {
    const why = task.stateReason === '' ? '' : `: ${task.stateReason}`;
    return conflict(name, ConflictKind.ENDED, `it is ${stateName(task.state)}, by ${whoOf(done)}${why}`, done);
  }
  if (standpoint === 'claimed') {
    const work = look(EntityKind.TASK_WORK, project, id);
    const lease = work && TaskWork.decode(work).lease;
    const message = lease ? `${lease.session} claimed it` : 'another session claimed it';
    return {
      ...conflict(name, ConflictKind.CLAIMED, message),
      session: lease?.session ?? '',
      time: lease?.acquireTime,
    };
  }
  const whose =
    task.assignee === '' || task.assignee === agent ? 'nobody holds it' : `it is assigned to ${task.assignee}`;
  return conflict(name, ConflictKind.CHANGED, `${whoOf(done)} changed it: ${whose}`, done);
}

/** What is in the way of a task now. */
function standing(
  look: Look,
  project: string,
  each: Unfinished,
  known: ReadonlyMap<string, Unfinished>,
  nowMs: number,
): Conflict | undefined {
  const { id, state, held, graph } = each;
  const name = formatTask(project, id);
  if (!held && state === TaskState.INPUT_REQUIRED) return unanswered(look, project, id);
  if (!held && state !== TaskState.PENDING) {
    const { stateReason } = each.task();
    const why = stateReason === '' ? '' : `: ${stateReason}`;
    return conflict(name, ConflictKind.SET_ASIDE, `it is ${stateName(state)}${why}`);
  }
  // What waits for a task of this briefing alone is in order: that one comes before it.
  const inWay = graph.openBlockers + graph.liveChildren;
  if (inWay === 0 || (held && inWay <= each.after.filter((before) => known.has(before)).length)) return undefined;
  if (!held && !isHeld(look(EntityKind.TASK_GRAPH, project, id))) return undefined;
  const { blocking, liveChildren } = readinessOf(look, project, id, each.task(), nowMs);
  const waits = blocking.length > 0 ? [`waits for ${blocking.slice(0, NAMED_MAX).join(', ')}`] : [];
  const children =
    liveChildren > 0 ? [`has ${liveChildren === 1 ? '1 live child' : `${liveChildren} live children`}`] : [];
  return conflict(name, ConflictKind.BLOCKED, `it ${[...waits, ...children].join(' and ')}`);
}

/** A task whose lease ended with a question: nobody goes on with it before the answer. */
function unanswered(look: Look, project: string, id: string): Conflict {
  const { request, session = '', askTime } = exchangeAt(look, project, id) ?? {};
  const message = `it waits for an answer since ${timeText(askTime)}: ${request?.question ?? ''}`;
  return { ...conflict(formatTask(project, id), ConflictKind.SET_ASIDE, message), session, time: askTime };
}

async function changedByOthers(
  project: string,
  { id, task, changed, seen }: Unfinished,
  changes: Changes,
  since: Since,
): Promise<Conflict | undefined> {
  if (changed <= Math.max(seen, since.sequence)) return undefined;
  if (since.ms > 0 && millisecondsOf(task().updateTime) <= since.ms) return undefined;
  const done = await changes.byOthers(id, changed, seen, since);
  if (!done) return undefined;
  const what = done.paths.length > 0 ? ` (${done.paths.join(', ')})` : '';
  return conflict(formatTask(project, id), ConflictKind.CHANGED, `${done.who} changed it: ${done.event}${what}`, done);
}

function whoOf(done: Done | undefined): string {
  return done?.who ?? 'somebody';
}

function conflict(task: string, kind: ConflictKind, message: string, done?: Done): Conflict {
  return { task, kind, message, session: '', time: done && timestampOf(done.timeMs) };
}
