// What a listing reads: the parts of a plan that name ranges.

import type { ScanRange } from '../../storage/state/state';
import { TaskState } from '../../gen/holdfast/v1/task';

/** What is read. */
export type Access =
  /** Nothing: the conditions exclude each other, or name what is not there. */
  | { readonly by: 'nothing' }
  | { readonly by: 'point'; readonly index: 'external_id' | 'tasks'; readonly project: string; readonly id: string }
  /** These ranges, one after another. */
  | {
      readonly by: 'ranges';
      readonly index: 'tasks' | 'parent' | 'assignee' | 'state';
      readonly ranges: readonly ScanRange[];
    }
  /** Tasks in these states, of each queue or of one, in the order of claiming; project by project where none is given. */
  | {
      readonly by: 'claims';
      readonly project: string | undefined;
      readonly states: readonly TaskState[];
      /** Only what can be worked on. */
      readonly ready: boolean;
      readonly queue: string | undefined;
    };

/** Tasks in these states, state by state: those that nothing holds back first. */
export function stateRanges(
  project: string,
  states: readonly TaskState[],
  ready: boolean,
  queue?: string,
): Extract<ScanRange, { by: 'state' }>[] {
  const held = (state: TaskState): boolean[] => (state === TaskState.PENDING && !ready ? [false, true] : [false]);
  return states.flatMap((state) => held(state).map((each) => ({ by: 'state', project, state, held: each, queue })));
}
