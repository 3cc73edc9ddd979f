/**
 * What rows say of each other. Most things in the state are said twice: an edge stands in its task and among the dependents of its target, a count
 * stands in a row and follows from other rows. Each side says so much, and the other takes it back.
 *
 * F1. Over all rows of a state, what is said under one relation, owner and item adds up to 0. Whatever is left names what does not fit.
 * F2. A fact needs the row that it is read from, and points of others at most: the rows may come in any order.
 */
import {
  AgentWork,
  Blob,
  CheckpointData,
  CheckpointLine,
  EntityKind,
  Mailbox,
  SessionTasks,
  SessionWork,
  TaskDependents,
  TaskGraph,
  TaskWork,
  Transcript,
} from '../../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import { Lock } from '../../gen/holdfast/v1/lock';
import { Task, TaskState } from '../../gen/holdfast/v1/task';
import { Artifact } from '../../gen/holdfast/v1/work';
import { isLive } from '../derive';
import { isGating, isSatisfied } from '../graph-rows';
import { indexedOf, MESSAGE_READ } from '../indexed';
import { formatTask, taskIdIn } from '../names';
import { idIn } from '../sessions/agent-names';
import { standingOf } from '../standing';
import type { Look } from '../standing';
import { isHeldWork } from '../work/work-rows';

/** What two sides say. */
export type Relation =
  | 'live children'
  | 'open blockers'
  | 'dependents'
  | 'chunk of dependents'
  | 'awaited'
  | 'notes'
  | 'holder'
  | 'chunk of held tasks'
  | 'lock'
  | 'artifacts'
  | 'steps'
  | 'checkpoints of the line'
  | 'writes of the checkpoint'
  | 'batches of the transcript'
  | 'unread messages'
  | 'blob'
  | 'owner'
  | 'state and lease'
  | 'newest checkpoint'
  | 'session of the agent';

/** Something that one side says. */
export interface Fact {
  readonly relation: Relation;
  /** Whose: the kind and id of the row that counts, within `project`. */
  readonly kind: EntityKind;
  readonly project: string;
  readonly owner: string;
  /** What, if the owner has several; empty otherwise. */
  readonly item: string;
  /** Above 0 from the rows themselves, below 0 from where they are counted. */
  readonly count: number;
}

/** A row to be asked. */
export interface AskedRow {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  readonly image: Uint8Array;
}

/** What a row says. Throws RangeError on bytes that are no message. */
export function factsOf(row: AskedRow, look: Look): readonly Fact[] {
  return (READERS[row.kind] ?? nothing)(row, look);
}

type Reader = (row: AskedRow, look: Look) => Fact[];

const nothing: Reader = () => [];
const { TASK, TASK_GRAPH, TASK_WORK, SESSION, SESSION_WORK, CHECKPOINT } = EntityKind;

const READERS: { readonly [kind in EntityKind]?: Reader } = {
  [TASK]: taskFacts,
  [TASK_GRAPH]: graphFacts,
  [EntityKind.TASK_DEPENDENTS]: dependentFacts,
  [EntityKind.TASK_AWAITED]: ({ project, id, image }) =>
    TaskDependents.decode(image).dependents.map(({ task, kind }) =>
      fact('awaited', EntityKind.TASK_AWAITED, project, id, `${task} ${kind}`, -1),
    ),
  [EntityKind.NOTE]: ({ project, id }) => [fact('notes', TASK_GRAPH, project, ownerIn(id), '', 1)],
  [TASK_WORK]: workFacts,
  [EntityKind.TASK_ATTEMPT]: ownedBy(TASK_WORK),
  [EntityKind.TASK_INPUT]: ownedBy(TASK_WORK),
  [EntityKind.ARTIFACT]: artifactFacts,
  [EntityKind.STEP]: ({ project, id }) => [fact('steps', TASK_WORK, project, ownerIn(id), '', 1)],
  [SESSION]: ({ project, id }, look) => missing(look, SESSION_WORK, project, id, SESSION, id),
  [SESSION_WORK]: sessionFacts,
  [EntityKind.SESSION_TASKS]: heldFacts,
  [EntityKind.AGENT_WORK]: agentFacts,
  [EntityKind.LOCK]: ({ project, id, image }) => [
    fact('lock', SESSION_WORK, project, idIn(Lock.decode(image).session), id, 1),
  ],
  [CHECKPOINT]: checkpointFacts,
  [EntityKind.CHECKPOINT_DATA]: ({ project, id, image }, look) => [
    fact('writes of the checkpoint', EntityKind.CHECKPOINT_DATA, project, id, '', -CheckpointData.decode(image).writes),
    ...missing(look, CHECKPOINT, project, id, EntityKind.CHECKPOINT_DATA, id),
  ],
  [EntityKind.CHECKPOINT_WRITE]: ({ project, id }) => [
    fact('writes of the checkpoint', EntityKind.CHECKPOINT_DATA, project, allButLast(id), '', 1),
  ],
  [EntityKind.CHECKPOINT_LINE]: lineFacts,
  [EntityKind.TRANSCRIPT]: ({ project, id, image }) => {
    const { firstBatch, lastBatch } = Transcript.decode(image);
    const batches = lastBatch > 0 ? lastBatch - firstBatch + 1 : 0;
    return [fact('batches of the transcript', EntityKind.TRANSCRIPT, project, id, '', -batches)];
  },
  [EntityKind.TRANSCRIPT_BATCH]: ({ project, id }) => [
    fact('batches of the transcript', EntityKind.TRANSCRIPT, project, allButLast(id), '', 1),
  ],
  [EntityKind.BLOB]: ({ project, id, image }) => [
    fact('blob', EntityKind.BLOB, project, id, '', -Blob.decode(image).references),
  ],
  [EntityKind.MESSAGE]: ({ project, image }) => {
    const { state, assignee } = indexedOf(image, EntityKind.MESSAGE);
    return state === MESSAGE_READ ? [] : [fact('unread messages', EntityKind.MAILBOX, project, assignee, '', 1)];
  },
  [EntityKind.MAILBOX]: ({ project, id, image }) => [
    fact('unread messages', EntityKind.MAILBOX, project, id, '', -Mailbox.decode(image).unread),
  ],
};

function taskFacts({ project, id, image }: AskedRow, look: Look): Fact[] {
  const task = Task.decode(image);
  const facts: Fact[] = [];
  if (task.parent !== '' && !task.deleteTime && isLive(task.state)) {
    facts.push(fact('live children', TASK_GRAPH, project, taskIdIn(task.parent), '', 1));
  }
  for (const { task: name, kind } of task.dependencies) {
    const target = taskIdIn(name);
    const at = isGating(kind) ? standingOf(look, project, target) : { id: target, state: 0 };
    facts.push(fact('dependents', TASK_GRAPH, project, at.id, `${id} ${kind}`, 1));
    if (!isSatisfied(kind, at.state)) facts.push(fact('open blockers', TASK_GRAPH, project, id, '', 1));
  }
  for (const { task: name, kind } of task.unresolvedDependencies) {
    const key = name.slice(formatTask(project, '').length);
    facts.push(fact('awaited', EntityKind.TASK_AWAITED, project, key, `${id} ${kind}`, 1));
  }
  const work = look(TASK_WORK, project, id);
  const isHeld = work !== undefined && isHeldWork(TaskWork.decode(work));
  if (task.state === TaskState.RUNNING && !task.deleteTime && !isHeld) {
    facts.push(fact('state and lease', TASK, project, id, 'RUNNING, and nobody holds it', 1));
  }
  if (isHeld && task.state !== TaskState.RUNNING && task.state !== TaskState.INPUT_REQUIRED) {
    facts.push(fact('state and lease', TASK, project, id, 'held, and not RUNNING', 1));
  }
  return facts;
}

function graphFacts({ project, id, image }: AskedRow): Fact[] {
  const { liveChildren, openBlockers, dependentChunks, notes } = TaskGraph.decode(image);
  return [
    fact('live children', TASK_GRAPH, project, id, '', -liveChildren),
    fact('open blockers', TASK_GRAPH, project, id, '', -openBlockers),
    fact('notes', TASK_GRAPH, project, id, '', -notes),
    ...dependentChunks.map((count, n) => fact('chunk of dependents', TASK_GRAPH, project, id, String(n), -count)),
  ];
}

function dependentFacts({ project, id, image }: AskedRow): Fact[] {
  const { dependents } = TaskDependents.decode(image);
  const [task, chunk] = [ownerIn(id), id.slice(id.lastIndexOf('/') + 1)];
  return [
    fact('chunk of dependents', TASK_GRAPH, project, task, chunk, dependents.length),
    ...dependents.map((each) => fact('dependents', TASK_GRAPH, project, task, `${each.task} ${each.kind}`, -1)),
  ];
}

function workFacts({ project, id, image }: AskedRow, look: Look): Fact[] {
  const work = TaskWork.decode(image);
  const facts = [
    fact('artifacts', TASK_WORK, project, id, '', -work.artifacts.length),
    fact('steps', TASK_WORK, project, id, '', -work.steps.length),
    ...missing(look, TASK, project, id, TASK_WORK, id),
  ];
  const { lease } = work;
  if (!lease || !isHeldWork(work)) return facts;
  return [...facts, fact('holder', SESSION_WORK, project, idIn(lease.session), `${id} ${lease.fencingToken}`, 1)];
}

function artifactFacts({ project, id, image }: AskedRow): Fact[] {
  const { data, uri, digest, sizeBytes } = Artifact.decode(image);
  const facts = [fact('artifacts', TASK_WORK, project, ownerIn(id), '', 1)];
  if (data.length === 0 && uri === '' && sizeBytes > 0) facts.push(fact('blob', EntityKind.BLOB, '', digest, '', 1));
  return facts;
}

function sessionFacts({ project, id, image }: AskedRow, look: Look): Fact[] {
  const { taskChunks, locks } = SessionWork.decode(image);
  return [
    ...taskChunks.map((count, n) => fact('chunk of held tasks', SESSION_WORK, project, id, String(n), -count)),
    ...locks.map((lock) => fact('lock', SESSION_WORK, project, id, lock, -1)),
    ...missing(look, SESSION, project, id, SESSION_WORK, id),
  ];
}

function heldFacts({ project, id, image }: AskedRow): Fact[] {
  const { tasks } = SessionTasks.decode(image);
  const [session, chunk] = [ownerIn(id), id.slice(id.lastIndexOf('/') + 1)];
  return [
    fact('chunk of held tasks', SESSION_WORK, project, session, chunk, tasks.length),
    ...tasks
      .filter(({ left }) => !left)
      .map(({ task, token }) => fact('holder', SESSION_WORK, project, session, `${task} ${token}`, -1)),
  ];
}

function agentFacts({ project, id, image }: AskedRow, look: Look): Fact[] {
  return AgentWork.decode(image).sessions.flatMap((session) =>
    look(SESSION, project, session) ? [] : fact('session of the agent', EntityKind.AGENT_WORK, project, id, session, 1),
  );
}

function checkpointFacts({ project, id, image }: AskedRow, look: Look): Fact[] {
  const { namespace, digest, sizeBytes } = Checkpoint.decode(image);
  const facts = [
    fact('checkpoints of the line', EntityKind.CHECKPOINT_LINE, project, `${ownerIn(id)}/${namespace}`, '', 1),
  ];
  const data = look(EntityKind.CHECKPOINT_DATA, project, id);
  const isInline = data !== undefined && CheckpointData.decode(data).inline.length > 0;
  if (sizeBytes > 0 && !isInline) facts.push(fact('blob', EntityKind.BLOB, '', digest, '', 1));
  return facts;
}

function lineFacts({ project, id, image }: AskedRow, look: Look): Fact[] {
  const { count, newest } = CheckpointLine.decode(image);
  const facts = [fact('checkpoints of the line', EntityKind.CHECKPOINT_LINE, project, id, '', -count)];
  // One that is gone is told by its time, which no id looks like.
  if (newest === '' || newest.startsWith('@') || look(CHECKPOINT, project, `${ownerIn(id)}/${newest}`)) return facts;
  return [...facts, fact('newest checkpoint', EntityKind.CHECKPOINT_LINE, project, id, newest, 1)];
}

/** Rows whose owner must be there. */
function ownedBy(kind: EntityKind): Reader {
  return (row, look) => missing(look, kind, row.project, ownerIn(row.id), row.kind, row.id);
}

function missing(look: Look, kind: EntityKind, project: string, id: string, of: EntityKind, row: string): Fact[] {
  return look(kind, project, id) ? [] : [fact('owner', of, project, row, 'its owner is gone', 1)];
}

function fact(relation: Relation, kind: EntityKind, project: string, owner: string, item: string, count: number): Fact {
  return { relation, kind, project, owner, item, count };
}

/** The id before the first slash: of the task or session that a row is part of. */
function ownerIn(id: string): string {
  const slash = id.indexOf('/');
  return slash < 0 ? id : id.slice(0, slash);
}

function allButLast(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}
