// What would make a listing cheaper, in words.

import { isLive } from '../../domain/derive';
import type { Fact } from '../../domain/query/condition';
import type { Filter } from '../../domain/query/filter';
import type { Access } from './access';

/** Empty where nothing is left to be tested, or nothing better is there. `facts` are those of the residual. */
export function adviceOf(
  access: Access,
  residual: Filter,
  { facts, showDeleted }: { readonly facts: readonly Fact[]; readonly showDeleted: boolean },
): string {
  const has = (...kinds: readonly Fact['about'][]): boolean => facts.some(({ about }) => kinds.includes(about));
  if (access.by === 'nothing') {
    const deleted = facts.some((fact) => fact.about === 'deleted' && fact.deleted);
    return deleted && !showDeleted ? 'set show_deleted to see deleted tasks' : 'no task can match: see the conditions';
  }
  if (access.by === 'claims') {
    if (has('parent', 'assignee')) return 'order_by "name" reads the tasks of that parent or assignee alone';
    return '';
  }
  if (access.by === 'point' || access.index !== 'tasks') return '';
  const [range] = access.ranges;
  if (range?.by === 'tasks' && range.project === undefined) {
    return 'name one project: an index is read in a single project only, and for ready = true in all';
  }
  // The condition that keeps deleted tasks out is not the caller's to change.
  if (residual.conditions.every(({ fact }) => fact?.about === 'deleted' && !fact.deleted)) return '';
  if (showDeleted && has('state', 'parent', 'assignee')) return 'leave show_deleted out: deleted tasks are in no index';
  const ended = facts.some((fact) => fact.about === 'state' && [...fact.states].some((state) => !isLive(state)));
  if (ended)
    return 'SUCCEEDED and CANCELED tasks are in the index of their parent alone: name other states or a parent';
  if (has('state')) return 'leave order_by out: the index of states has another order';
  if (has('assignee')) return 'name live states too: the index of assignees holds live tasks alone';
  return 'add a condition on state, ready, parent, assignee with a live state, external_id or name';
}
