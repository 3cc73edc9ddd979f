// Which rows an entity's past is written in: what is looked for in the journal when somebody asks what happened to it.

import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { parseCheckpoint } from './checkpoints/checkpoint-names';
import { entityName } from './event';
import { ARTIFACTS_MAX } from './limits';
import { parseLock } from './locks/lock-names';
import { parseMemory } from './messages/memory-name';
import { parseMessage } from './messages/message-name';
import { formatTask, isId, parseOperation, parseProject, parseTask } from './names';
import { NO_PROJECT } from './operation';
import { parseQueue } from './queue-names';
import { quote } from './quote';
import { fieldInvalid, notFound } from './refusal';
import { parseAgent, parseSession } from './sessions/agent-names';

/** Where a row is. */
export interface RowPlace {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
}

/** An entity whose past is asked for. */
export interface EntityRows {
  /** Its name, by ids. */
  readonly name: string;
  /** Each record that tells something of the entity changes one of these rows. */
  readonly rows: readonly RowPlace[];
  /** Whether a change is of the entity, or of a task's notes, steps and artifacts. */
  readonly matches: (change: Change) => boolean;
}

/** `projects/{project}/{collection}/…` */
const IN_PROJECT = /^projects\/([^/]+)\/([a-z]+)\/(.+)$/;
/** `projects/{project}/{tasks or sessions}/{id}/{collection}/{id within}` */
const WITHIN = /^projects\/([^/]+)\/(tasks|sessions)\/([^/]+)\/(notes|steps|artifacts|transcripts)\/(.+)$/;
const NOTE_ID = /^n([1-9][0-9]{0,9})$/;
const NUMBER = /^[1-9][0-9]{0,9}$/;
const REPAIR = /^repairs\/(r[0-9]{1,10})$/;

/** What is known of tasks now. */
export interface PresentTasks {
  /** The id of the task with an external id. */
  idOf(project: string, externalId: string): string | undefined;
  /** How many artifacts a task has; undefined for one that does not exist. */
  artifactsOf(project: string, id: string): number | undefined;
}

/**
 * The rows of an entity by its name, whether it exists or not.
 * Refuses with FIELD_INVALID what is no name of an entity, with NOT_FOUND an external id that no task has.
 */
export function entityRowsOf(name: string, field: string, tasks: PresentTasks): EntityRows {
  const rows = taskRows(name, field, tasks) ?? plainRows(name, field);
  const [first] = rows;
  const own = entityName(first!);
  const below = first!.kind === EntityKind.TASK ? `${own}/` : undefined;
  return {
    name: own,
    rows,
    matches: (change) => {
      const changed = entityName(change);
      return changed === own || (below !== undefined && changed.startsWith(below));
    },
  };
}

/** A note, a step and an attempt come with a change of TASK_GRAPH or TASK_WORK; an artifact that takes another's place, with none. */
function taskRows(name: string, field: string, tasks: PresentTasks): RowPlace[] | undefined {
  if (IN_PROJECT.exec(name)?.[2] !== 'tasks' || WITHIN.test(name)) return undefined;
  const { project, id: given, externalId } = parseTask(name, field);
  const id = given ?? tasks.idOf(project, externalId);
  if (id === undefined) throw notFound('task', name);
  const kinds = [EntityKind.TASK, EntityKind.TASK_WORK, EntityKind.TASK_GRAPH];
  const places: RowPlace[] = kinds.map((kind) => ({ kind, project, id }));
  const artifacts = tasks.artifactsOf(project, id) ?? ARTIFACTS_MAX;
  for (let number = 1; number <= artifacts; number++) {
    places.push({ kind: EntityKind.ARTIFACT, project, id: `${id}/${number}` });
  }
  return places;
}

function plainRows(name: string, field: string): RowPlace[] {
  if (name === 'health') return [{ kind: EntityKind.HEALTH, project: NO_PROJECT, id: '' }];
  if (name === 'recovery') return [{ kind: EntityKind.RECOVERY, project: NO_PROJECT, id: '' }];
  const repair = REPAIR.exec(name)?.[1];
  if (repair !== undefined) return [{ kind: EntityKind.REPAIR, project: NO_PROJECT, id: repair }];
  if (name.startsWith('operations/')) {
    return [{ kind: EntityKind.OPERATION, project: NO_PROJECT, id: parseOperation(name, field) }];
  }
  const within = WITHIN.exec(name);
  if (within) return [withinRow(name, field, within)];
  switch (IN_PROJECT.exec(name)?.[2]) {
    case undefined:
      return [{ kind: EntityKind.PROJECT, project: parseProject(name, field), id: '' }];
    case 'queues':
      return [{ kind: EntityKind.QUEUE, ...parseQueue(name, field) }];
    case 'agents':
      return [{ kind: EntityKind.AGENT, ...parseAgent(name, field) }];
    case 'locks':
      return [{ kind: EntityKind.LOCK, ...parseLock(name, field) }];
    case 'memories':
      return [{ kind: EntityKind.MEMORY, ...parseMemory(name, field) }];
    case 'messages':
      return [{ kind: EntityKind.MESSAGE, ...parseMessage(name, field) }];
    case 'sessions': {
      if (!name.includes('/checkpoints/')) return [{ kind: EntityKind.SESSION, ...parseSession(name, field) }];
      const { project, session, checkpoint } = parseCheckpoint(name, field);
      return [{ kind: EntityKind.CHECKPOINT, project, id: `${session}/${checkpoint}` }];
    }
    default:
      throw noEntity(name, field);
  }
}

/** A part of a task or a session that has a name of its own. */
function withinRow(name: string, field: string, [, project = '', , owner = '', part, id = '']: string[]): RowPlace {
  if (!isId(project)) throw noEntity(name, field);
  switch (part) {
    case 'notes': {
      const number = NOTE_ID.exec(id)?.[1];
      if (number === undefined) throw noEntity(name, field);
      return { kind: EntityKind.NOTE, project, id: `${owner}/${number}` };
    }
    case 'transcripts':
      return { kind: EntityKind.TRANSCRIPT, project, id: `${owner}/${id}` };
    default:
      if (!NUMBER.test(id)) throw noEntity(name, field);
      return { kind: part === 'steps' ? EntityKind.STEP : EntityKind.ARTIFACT, project, id: `${owner}/${id}` };
  }
}

function noEntity(name: string, field: string): Error {
  return fieldInvalid(field, `${quote(name)} is no name of an entity, such as ${formatTask('default', 't1')}`);
}
