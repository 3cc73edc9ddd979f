import type { Change } from '../gen/holdfast/journal/v1/journal';
import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { formatAgent, formatSession } from './sessions/agent-names';
import { EVENT_TYPES_MAX } from './limits';
import { formatMemory } from './messages/memory-name';
import { formatMessage, formatRecipient } from './messages/message-name';
import { formatLock } from './locks/lock-names';
import { formatNote, formatOperation, formatProject, formatTask } from './names';
import { formatQueue } from './queue-names';
import { formatCheckpoint } from './checkpoints/checkpoint-names';
import { quote } from './quote';
import { fieldInvalid } from './refusal';

/** `Event.type` of each event type: TASK_CREATED is `task.created`. */
const names = new Map<EventType, string>(
  Object.entries(EventType)
    .filter(([, type]) => type > 0)
    .map(([key, type]) => [type, key.toLowerCase().replace('_', '.')]),
);
const types = new Map([...names].map(([type, name]) => [name, type]));

/** `Event.type`; undefined for changes that are nobody's event. */
export function eventName(type: EventType): string | undefined {
  return names.get(type);
}

/** The name of the entity that an event is about. What happens to a task's graph row is told of the task. */
export function entityName({ kind, project, id }: Pick<Change, 'kind' | 'project' | 'id'>): string {
  switch (kind) {
    case EntityKind.PROJECT:
      return formatProject(project);
    case EntityKind.NOTE: {
      const slash = id.indexOf('/');
      return formatNote(project, id.slice(0, slash), Number(id.slice(slash + 1)));
    }
    case EntityKind.STEP:
      return `${formatTask(project, id.slice(0, id.indexOf('/')))}/steps/${id.slice(id.indexOf('/') + 1)}`;
    case EntityKind.ARTIFACT:
      return `${formatTask(project, id.slice(0, id.indexOf('/')))}/artifacts/${id.slice(id.indexOf('/') + 1)}`;
    case EntityKind.OPERATION:
      return formatOperation(id);
    case EntityKind.QUEUE:
      return formatQueue(project, id);
    case EntityKind.SESSION:
      return formatSession(project, id);
    case EntityKind.AGENT:
      return formatAgent(project, id);
    case EntityKind.CHECKPOINT: {
      const slash = id.indexOf('/');
      return formatCheckpoint(project, id.slice(0, slash), id.slice(slash + 1));
    }
    case EntityKind.TRANSCRIPT: {
      const slash = id.indexOf('/');
      return `${formatSession(project, id.slice(0, slash))}/transcripts/${id.slice(slash + 1)}`;
    }
    case EntityKind.MEMORY:
      return formatMemory(project, id);
    case EntityKind.MESSAGE:
      return formatMessage(project, id);
    case EntityKind.MAILBOX:
      return formatRecipient(project, id);
    case EntityKind.LOCK:
      return formatLock(project, id);
    case EntityKind.HEALTH:
      return 'health';
    case EntityKind.REPAIR:
      return `repairs/${id}`;
    case EntityKind.RECOVERY:
      return 'recovery';
    default:
      return formatTask(project, id);
  }
}

/**
 * The event types that patterns select: `task.created`, or `task.*` for all of one entity. Undefined for no patterns: all.
 * Refuses with FIELD_INVALID a pattern that selects nothing, and more than 64 patterns.
 */
export function selectEventTypes(patterns: readonly string[], field: string): ReadonlySet<EventType> | undefined {
  if (patterns.length === 0) return undefined;
  if (patterns.length > EVENT_TYPES_MAX) throw fieldInvalid(field, `at most ${EVENT_TYPES_MAX} types`);
  const selected = new Set<EventType>();
  patterns.forEach((pattern, i) => {
    const matches = pattern.endsWith('.*')
      ? [...types].filter(([name]) => name.startsWith(pattern.slice(0, -1)))
      : [...types].filter(([name]) => name === pattern);
    if (matches.length === 0) {
      const known = [...types.keys()].join(', ');
      throw fieldInvalid(`${field}[${i}]`, `${quote(pattern)} is no event type; there are ${known}`);
    }
    for (const [, type] of matches) selected.add(type);
  });
  return selected;
}
