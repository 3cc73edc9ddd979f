// What a row is called where people read of it: the name of its entity, and which part of it the row is.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { entityName } from '../event';
import { formatTask } from '../names';
import { formatSession } from '../sessions/agent-names';

/** Rows that are an entity of their own, which their name says. */
const WHOLE: ReadonlySet<EntityKind> = new Set([
  ...[EntityKind.PROJECT, EntityKind.TASK, EntityKind.NOTE, EntityKind.STEP, EntityKind.ARTIFACT, EntityKind.OPERATION],
  ...[
    EntityKind.QUEUE,
    EntityKind.SESSION,
    EntityKind.AGENT,
    EntityKind.CHECKPOINT,
    EntityKind.MEMORY,
    EntityKind.MESSAGE,
  ],
  ...[EntityKind.LOCK, EntityKind.HEALTH, EntityKind.REPAIR, EntityKind.RECOVERY],
]);
/** Rows beside a task, whose id is the task's or begins with it. */
const BESIDE_TASK: ReadonlySet<EntityKind> = new Set([
  ...[EntityKind.TASK_GRAPH, EntityKind.TASK_DEPENDENTS, EntityKind.TASK_AWAITED, EntityKind.TASK_WORK],
  ...[EntityKind.TASK_ATTEMPT, EntityKind.TASK_INPUT],
]);

/** A row's name: `projects/p/tasks/t1`, or `projects/p/tasks/t1 (task_graph)` for one that is part of an entity. */
export function rowLabel({ kind, project, id }: { kind: EntityKind; project: string; id: string }): string {
  if (WHOLE.has(kind)) return entityName({ kind, project, id });
  const part = `(${(KIND_NAMES.get(kind) ?? `kind ${kind}`).toLowerCase()}${suffix(id)})`;
  if (kind === EntityKind.BLOB) return `blobs/${id}`;
  if (kind === EntityKind.AGENT_WORK) return `${entityName({ kind: EntityKind.AGENT, project, id })} ${part}`;
  if (kind === EntityKind.MAILBOX) return `${entityName({ kind, project, id })} ${part}`;
  const owner = id.split('/', 1)[0]!;
  return `${BESIDE_TASK.has(kind) ? formatTask(project, owner) : formatSession(project, owner)} ${part}`;
}

function suffix(id: string): string {
  const slash = id.indexOf('/');
  return slash < 0 || id.startsWith('agents/') || id.startsWith('sessions/') ? '' : ` ${id.slice(slash + 1)}`;
}

const KIND_NAMES = new Map<number, string>(Object.entries(EntityKind).map(([name, kind]) => [kind, name]));
