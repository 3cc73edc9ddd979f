// What a ListTasksRequest asks: its fields become conditions like those of its filter.

import { LABELS_MAX } from '../domain/limits';
import type { Condition } from '../domain/query/condition';
import { conditionsOf, parseFilter } from '../domain/query/filter';
import type { Comparator, Node } from '../domain/query/syntax';
import { parseTask } from '../domain/names';
import { fieldInvalid } from '../domain/refusal';
import type { Engine } from '../engine/engine';
import { orderOf } from '../engine/query/order';
import type { Query } from '../engine/query/plan';
import { TaskState } from '../gen/holdfast/v1/task';
import type { ListTasksRequest } from '../gen/holdfast/v1/task_service';
import { ALL_PROJECTS, findParent } from './reading';

/** The query of a request. Refuses FIELD_INVALID, FILTER_INVALID and NOT_FOUND. */
export async function listQueryOf(engine: Engine, request: ListTasksRequest): Promise<Query> {
  const filter = parseFilter(request.filter, 'filter');
  const order = orderOf(request.orderBy);
  const conditions = conditionsOfFields(request);
  let project = await findParent(engine, request.parent);
  if (request.parentTask !== '') {
    const named = parseTask(request.parentTask, 'parent_task');
    if (request.parent !== ALL_PROJECTS && named.project !== project) {
      throw fieldInvalid('parent_task', 'must be a task of the project that is listed');
    }
    project = named.project;
  }
  return { project, filter: filter.and(conditions), showDeleted: request.showDeleted, order };
}

function conditionsOfFields({ states, assignee, queue, parentTask, labels }: ListTasksRequest): Condition[] {
  const nodes: Node[] = [];
  if (states.length > 0) {
    const wanted = [...new Set(states)].map((state) => restriction('state', '=', nameOf(state)));
    nodes.push(wanted.length === 1 ? wanted[0]! : { kind: 'or', nodes: wanted });
  }
  if (assignee !== '') nodes.push(restriction('assignee', '=', assignee));
  if (queue !== '') nodes.push(restriction('queue', '=', queue));
  if (parentTask !== '') nodes.push(restriction('parent', '=', parentTask));
  if (labels.size > LABELS_MAX)
    throw fieldInvalid('labels', `has ${labels.size} entries, no task has above ${LABELS_MAX}`);
  for (const [key, value] of labels) {
    if (key === '') throw fieldInvalid('labels', 'has an empty key');
    if (value === '')
      nodes.push({ ...restriction('labels', ':', '', key), value: { parts: ['', ''], quoted: false, at: 0 } });
    else nodes.push(restriction('labels', '=', value, key));
  }
  return nodes.flatMap(conditionsOf);
}

/** A value of a field of the request is taken as it is: a star in it stands for itself. */
function restriction(
  field: string,
  comparator: Comparator,
  value: string,
  key?: string,
): Node & { kind: 'restriction' } {
  const at = { at: 0, comparatorAt: 0 };
  return { kind: 'restriction', field, key, comparator, value: { parts: [value], quoted: true, at: 0 }, ...at };
}

function nameOf(state: TaskState): string {
  const name = Object.entries(TaskState).find(([, value]) => value === state)?.[0];
  if (name === undefined || state <= TaskState.UNSPECIFIED) throw fieldInvalid('states', 'must name states');
  return name;
}
