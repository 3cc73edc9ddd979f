import type { Change } from '../gen/holdfast/journal/v1/journal';
import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { EVENT_TYPES_MAX } from './limits';
import { formatProject, formatTask } from './names';
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

/** The name of the entity that a change is about. */
export function entityName(change: Pick<Change, 'kind' | 'project' | 'id'>): string {
  return change.kind === EntityKind.PROJECT ? formatProject(change.project) : formatTask(change.project, change.id);
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
