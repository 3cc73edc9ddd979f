// Issues of Beads, one JSON object a line. Nothing of an issue is lost: what has no place of its own here goes into the
// annotation `beads.record`. docs/import.md has the table.

import type { JsonValue } from '@bufbuild/protobuf';
import type { Timestamp } from '../../gen/google/protobuf/timestamp';
import type { AcceptanceCriterion } from '../../gen/holdfast/v1/task';
import { Priority, Task, TaskState } from '../../gen/holdfast/v1/task';
import { bytesOf } from '../proto-json';
import { beadsAnnotation, criteriaOf, isPlain, kindOf, labelsOf, notesAuthor, parentWord } from './beads-words';
import type { SourceEdge, SourceNote, SourceTask } from './source-task';
import {
  annotationsFit,
  BadLine,
  criterionMaxCharacters,
  cut,
  cutBytes,
  descriptionMaxBytes,
  distinctEdges,
  isKey,
  isRecord,
  newSourceTask,
  notesOf,
  reasonMaxBytes,
  textOf,
  timeOf,
} from './source-task';

type Issue = Readonly<Record<string, unknown>>;

/** Fields that have a place of their own, or that Beads works out anew (the counts, the parent). */
const placed = new Set(
  (
    'id title description status priority issue_type assignee due_at defer_until labels notes design comments ' +
    'acceptance_criteria close_reason closed_at created_at updated_at dependencies parent dependency_count ' +
    'dependent_count comment_count holdfast'
  ).split(' '),
);
const criteriaMax = 100;

export function isBeadsIssue(value: Issue): boolean {
  return typeof value['id'] === 'string' && ('issue_type' in value || 'status' in value);
}

/** Reads an issue; undefined for one that Beads itself calls deleted. Throws BadLine. */
export function readBeadsIssue(issue: Issue, place: string): SourceTask | undefined {
  const key = textOf(issue, 'id')!;
  const status = textOf(issue, 'status') || 'open';
  if (status === 'tombstone') return undefined;
  if (!isKey(key)) throw new BadLine('its id must be 1 to 256 printable characters');
  const warnings: string[] = [];
  const record = Object.fromEntries(Object.entries(issue).filter(([field]) => !placed.has(field)));

  const title = textOf(issue, 'title') ?? '';
  const task = newSourceTask(title, TaskState.PENDING, warnings);
  if (task.title !== title) record['title'] = title;
  const description = textOf(issue, 'description') ?? '';
  task.description = cutBytes(description, descriptionMaxBytes);
  if (task.description !== description) {
    record['description'] = description;
    warnings.push('its description is larger than 64 KiB and was cut');
  }
  task.priority = priorityOf(issue['priority'] ?? 2);
  task.kind = cut(textOf(issue, 'issue_type') ?? '', 63);
  task.assignee = cut(textOf(issue, 'assignee') ?? '', 128);
  task.dueTime = timeOf(issue, 'due_at');
  task.notBefore = timeOf(issue, 'defer_until');
  task.createTime = timeOf(issue, 'created_at');
  if (timeOf(issue, 'updated_at')) task.annotations.set(beadsAnnotation.updatedAt, textOf(issue, 'updated_at')!);
  const design = textOf(issue, 'design');
  if (design) task.annotations.set(beadsAnnotation.design, design);
  setState(task, status, issue, warnings);
  const keptLabels = setLabels(task, issue['labels']);
  setCriteria(task, textOf(issue, 'acceptance_criteria') ?? '');
  const { parentKey, edges } = readEdges(issue, key, task, record, warnings);
  takeHoldfast(task, issue['holdfast']);
  if (Object.keys(record).length > 0) task.annotations.set(beadsAnnotation.record, JSON.stringify(record));
  if (!annotationsFit(task.annotations)) throw new BadLine('its design and other fields are more than 64 KiB in all');
  // The nearest that is known of when they were written.
  const updateTime = timeOf({ updated_at: task.annotations.get(beadsAnnotation.updatedAt) }, 'updated_at');
  const notes = [...notesOf(textOf(issue, 'notes') ?? '', notesAuthor, updateTime), ...readComments(issue)];
  return { place, key, parentKey, task, edges, notes, keptLabels, warnings, lostParent: beadsAnnotation.edge };
}

function priorityOf(priority: unknown): Priority {
  if (!Number.isInteger(priority) || (priority as number) < 0 || (priority as number) > 4) {
    throw new BadLine('its priority must be 0 to 4');
  }
  return ((priority as number) + Priority.P0) as Priority;
}

function setState(task: Task, status: string, issue: Issue, warnings: string[]): void {
  if (status === 'open') return;
  if (status === 'closed') {
    task.state = TaskState.SUCCEEDED;
    task.stateReason = cutBytes(textOf(issue, 'close_reason') ?? '', reasonMaxBytes);
    task.endTime = timeOf(issue, 'closed_at');
    return;
  }
  // Whoever held it does not hold it here, and what a person set aside or named on their own stays with a person.
  const known = ['in_progress', 'hooked', 'pinned', 'blocked', 'deferred'].includes(status);
  if (!known) warnings.push(`its status ${cut(status, 40)} is none of Beads' own; it becomes PAUSED`);
  task.state = TaskState.PAUSED;
  task.stateReason = `was ${cut(status, 40)} in Beads`;
  task.annotations.set(beadsAnnotation.status, status);
}

function setLabels(task: Task, value: unknown): number {
  const words = Array.isArray(value) ? (value as unknown[]).filter((word) => typeof word === 'string') : [];
  const { labels, kept } = labelsOf(words);
  task.labels = labels;
  if (kept.length > 0) task.annotations.set(beadsAnnotation.labels, JSON.stringify(kept));
  return kept.length;
}

function setCriteria(task: Task, text: string): void {
  const criteria = criteriaOf(text);
  const fit = criteria.length <= criteriaMax && criteria.every((one) => [...one.text].length <= criterionMaxCharacters);
  if (fit) task.acceptanceCriteria = criteria.map((one): AcceptanceCriterion => ({ ...one, id: '', evidence: '' }));
  else task.annotations.set(beadsAnnotation.acceptance, text);
}

/** The first parent is the parent. All other edges are edges; their own words stay in annotations where no kind says them. */
function readEdges(
  issue: Issue,
  key: string,
  task: Task,
  record: Record<string, unknown>,
  warnings: string[],
): { parentKey: string | undefined; edges: SourceEdge[] } {
  const edges: SourceEdge[] = [];
  const words = new Map<string, string[]>();
  const more: unknown[] = [];
  let parentKey: string | undefined;
  for (const edge of Array.isArray(issue['dependencies']) ? (issue['dependencies'] as unknown[]) : []) {
    if (!isRecord(edge)) throw new BadLine('one of its dependencies is no object');
    const target = textOf(edge, 'depends_on_id') ?? '';
    const word = textOf(edge, 'type') ?? '';
    if (!isKey(target)) throw new BadLine('one of its dependencies has no depends_on_id');
    const facts = factsOf(edge, issue);
    if (Object.keys(facts).length > 0) more.push({ depends_on_id: target, type: word, ...facts });
    if (target === key) warnings.push(`it depends on itself (${word}); that was left out`);
    else if (word === parentWord && parentKey === undefined) parentKey = target;
    else {
      edges.push({ key: target, kind: kindOf(word) });
      words.set(target, [...(words.get(target) ?? []), word]);
    }
  }
  for (const [target, all] of words) {
    if (!all.every(isPlain)) task.annotations.set(beadsAnnotation.edge + target, [...new Set(all)].join(','));
  }
  if (more.length > 0) record['dependencies'] = more;
  const parent = textOf(issue, 'parent');
  if (parentKey === undefined && parent) parentKey = parent;
  else if (parent && parent !== parentKey) record['parent'] = parent;
  return { parentKey, edges: distinctEdges(edges) };
}

/** What an edge says besides itself: nothing that is empty, or that the issue says too. */
function factsOf(edge: Issue, issue: Issue): Issue {
  const { issue_id: _issue, depends_on_id: _target, type: _type, metadata, created_at: createdAt, ...rest } = edge;
  const said = metadata === undefined || metadata === '' || metadata === '{}' ? {} : { metadata };
  const when = createdAt === undefined || createdAt === issue['created_at'] ? {} : { created_at: createdAt };
  return { ...when, ...rest, ...said };
}

function readComments(issue: Issue): SourceNote[] {
  const comments = Array.isArray(issue['comments']) ? (issue['comments'] as unknown[]) : [];
  return comments.flatMap((comment) => {
    if (!isRecord(comment)) throw new BadLine('one of its comments is no object');
    const time: Timestamp | undefined = timeOf(comment, 'created_at');
    return notesOf(textOf(comment, 'text') ?? '', textOf(comment, 'author') ?? '', time);
  });
}

/** Fields that an export in this form adds, because Beads has no place for them. */
function takeHoldfast(task: Task, value: unknown): void {
  if (value === undefined) return;
  let more: Task;
  try {
    more = Task.decode(bytesOf('holdfast.v1.Task', value as JsonValue));
  } catch (error) {
    throw new BadLine(`its holdfast is no task: ${(error as Error).message}`);
  }
  const { annotations, acceptanceCriteria, ...fields } = more;
  for (const [name, text] of annotations) task.annotations.set(name, text);
  if (acceptanceCriteria.length > 0) task.acceptanceCriteria = acceptanceCriteria;
  const set = Object.entries(fields).filter(
    ([, field]) => !(field === undefined || field === '' || field === 0 || isEmpty(field)),
  );
  Object.assign(task, Object.fromEntries(set));
}

function isEmpty(field: unknown): boolean {
  return (Array.isArray(field) && field.length === 0) || (field instanceof Map && field.size === 0);
}
