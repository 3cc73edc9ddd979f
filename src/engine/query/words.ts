// A plan in words, for `QueryPlan`.

import { stateName } from '../../domain/task-state';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { ScanRange } from '../../storage/state/state';
import type { Access } from './access';
import type { Plan } from './plan';

/** Ranges that a plan lists. */
const LISTED_MAX = 20;

/** The ranges in words; those over 20 are counted. */
export function rangeWords(ranges: readonly string[]): string[] {
  const more = ranges.length - LISTED_MAX;
  return more > 0 ? [...ranges.slice(0, LISTED_MAX), `and ${more} more`] : [...ranges];
}

/** A range in words. */
export function wordsOf(range: ScanRange, ready = false): string {
  switch (range.by) {
    case 'tasks':
      return range.project === undefined ? 'all tasks of all projects' : `all tasks of projects/${range.project}`;
    case 'parent':
      return `children of ${range.parent} that are not deleted`;
    case 'assignee':
      return `live tasks of ${JSON.stringify(range.assignee)}`;
    case 'state': {
      const held = range.held ? ', held back' : ', not held back';
      const pending = range.state === TaskState.PENDING ? held : '';
      const due = ready ? ', not_before passed' : '';
      const queue = range.queue === undefined ? '' : `, queue ${range.queue}`;
      return `${stateName(range.state as TaskState)}${pending}${due}${queue}`;
    }
    default:
      return range.by;
  }
}

export function indexOf(access: Access): string {
  switch (access.by) {
    case 'nothing':
      return '';
    case 'claims':
      return 'state';
    default:
      return access.index;
  }
}

/** The order in words. `oneByOne`: there are too many ranges to merge them. */
export function orderWords({ access, order, descending }: Plan, oneByOne: boolean): string {
  const backwards = descending ? ', last first' : '';
  const all = access.by === 'claims' ? access.project === undefined : access.by === 'ranges' && isOfAll(access.ranges);
  const projects = all ? 'project by project: ' : '';
  if (order === 'priority') {
    const claims = `priority, not_before, age${backwards}`;
    return oneByOne ? `${projects}queue by queue, for there are more than can be merged: ${claims}` : projects + claims;
  }
  if (order === 'index' && access.by === 'ranges' && access.index === 'state') {
    return 'state by state, queue by queue: priority, not_before, age';
  }
  return `${projects}name${backwards}`;
}

function isOfAll([first]: readonly ScanRange[]): boolean {
  return first?.by === 'tasks' && first.project === undefined;
}
