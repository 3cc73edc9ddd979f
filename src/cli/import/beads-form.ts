// Issues of Beads, one JSON object a line. Nothing of a record is lost: what has no place of its own here goes into the
// annotation `beads.record`.

import { Priority, Task } from '../../gen/holdfast/v1/task';
import { canChooseTaskId } from '../resource-name';
import { timestampOf } from '../times';
import type { Ending, SourceTask } from './source-task';
import { annotationsFit, BadLine, cut, cutBytes } from './source-task';

const titleMaxCharacters = 500;
const descriptionMaxBytes = 64 * 1024;
const reasonMaxBytes = 4 * 1024;
const externalIdShape = /^[\x21-\x7e]{1,256}$/;
const labelKeyShape = /^[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?$/;

interface Edge {
  readonly depends_on_id?: unknown;
  readonly type?: unknown;
}

export function isBeadsIssue(value: Record<string, unknown>): boolean {
  return typeof value['id'] === 'string' && ('issue_type' in value || 'status' in value);
}

/** Reads an issue; undefined for one that Beads itself calls deleted. Throws BadLine. */
export function readBeadsIssue(issue: Record<string, unknown>, line: number): SourceTask | undefined {
  const id = text(issue, 'id')!;
  const status = text(issue, 'status') ?? 'open';
  if (status === 'tombstone') return undefined;
  const rest: Record<string, unknown> = { ...issue };
  const warnings: string[] = [];
  const task = Task.create();

  const chosen = canChooseTaskId(id);
  if (!chosen && !externalIdShape.test(id)) throw new BadLine('its id must be 1 to 256 printable characters');
  if (!chosen) task.externalId = id;

  const title = text(issue, 'title') ?? '';
  if (title.trim() === '') throw new BadLine('it has no title');
  task.title = cut(title, titleMaxCharacters);
  if (task.title === title) delete rest['title'];
  else
    warnings.push(`its title is longer than ${titleMaxCharacters} characters and was cut; beads.record has it whole`);

  const description = text(issue, 'description') ?? '';
  task.description = cutBytes(description, descriptionMaxBytes);
  if (task.description === description) delete rest['description'];
  else warnings.push('its description is larger than 64 KiB and was cut; beads.record has it whole');

  const priority = issue['priority'] ?? 2;
  if (!Number.isInteger(priority) || (priority as number) < 0 || (priority as number) > 4) {
    throw new BadLine('its priority must be 0 to 4');
  }
  task.priority = ((priority as number) + Priority.P0) as Priority;
  task.kind = cut(text(issue, 'issue_type') ?? '', 63);
  task.assignee = cut(text(issue, 'assignee') ?? '', 128);
  task.dueTime = time(issue, 'due_at');
  task.notBefore = time(issue, 'defer_until');
  const keptLabels = setLabels(task, issue['labels']);

  for (const field of ['notes', 'design']) {
    const value = text(issue, field);
    if (value) task.annotations.set(`beads.${field}`, value);
    delete rest[field];
  }
  task.annotations.set('beads.record', JSON.stringify(rest));
  if (!annotationsFit(task.annotations)) throw new BadLine('its notes and other fields are more than 64 KiB in all');

  const edges: readonly Edge[] = Array.isArray(issue['dependencies']) ? (issue['dependencies'] as Edge[]) : [];
  const parents = edges.filter(({ type }) => type === 'parent-child').map((edge) => edge.depends_on_id);
  const parentKey = typeof parents[0] === 'string' ? parents[0] : text(issue, 'parent') || undefined;
  return {
    line,
    key: id,
    parentKey,
    taskId: chosen ? id : '',
    task,
    ending: endingOf(status, text(issue, 'close_reason') ?? ''),
    keptEdges: edges.length - (parents.length > 0 ? 1 : 0),
    keptLabels,
    warnings,
  };
}

function endingOf(status: string, closeReason: string): Ending {
  switch (status) {
    case 'open':
      return { verb: 'none' };
    case 'closed':
      return { verb: 'complete', reason: cutBytes(closeReason, reasonMaxBytes), result: undefined };
    case 'in_progress':
    case 'hooked':
    case 'pinned':
    case 'blocked':
    case 'deferred':
      // Whoever held it does not hold it here, and what it waits for is not enforced: a person decides when it goes on.
      return { verb: 'pause', reason: `IMPORT: was ${status}` };
    default:
      throw new BadLine(`its status "${cut(status, 40)}" is not known`);
  }
}

/** Labels are words in Beads: `docs` becomes the key docs, `area:docs` the key area with the value docs. */
function setLabels(task: Task, labels: unknown): number {
  let kept = 0;
  for (const label of Array.isArray(labels) ? (labels as unknown[]) : []) {
    const word = typeof label === 'string' ? label : '';
    const colon = word.indexOf(':');
    const key = colon < 0 ? word : word.slice(0, colon);
    const value = colon < 0 ? '' : word.slice(colon + 1);
    const fits = labelKeyShape.test(key) && value.length <= 63 && !task.labels.has(key) && task.labels.size < 64;
    if (fits) task.labels.set(key, value);
    else kept++;
  }
  return kept;
}

function text(issue: Record<string, unknown>, field: string): string | undefined {
  const value = issue[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new BadLine(`its ${field} must be a string`);
  return value;
}

function time(issue: Record<string, unknown>, field: string): Task['dueTime'] {
  const value = text(issue, field);
  if (!value) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new BadLine(`its ${field} is no time`);
  return timestampOf(at);
}
