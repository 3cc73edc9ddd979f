import type { TaskState } from '../../gen/holdfast/v1/task';
import type { QueryRow } from './query-row';
import type { TaskReference } from './values';

/** `nowMs` is journal time. */
export type Test = (row: QueryRow, nowMs: number) => boolean;

/** What a planner may rely on: the condition says exactly this and nothing else. */
export type Fact =
  | { readonly about: 'state'; readonly states: ReadonlySet<TaskState> }
  | { readonly about: 'ready' }
  | { readonly about: 'deleted'; readonly deleted: boolean }
  | { readonly about: 'queue'; readonly text: string }
  | { readonly about: 'assignee'; readonly text: string }
  | { readonly about: 'external_id'; readonly text: string }
  /** `task` undefined: no parent. */
  | { readonly about: 'parent'; readonly task: TaskReference | undefined }
  | { readonly about: 'name'; readonly task: TaskReference };

/** One of the conditions that must all hold. */
export interface Condition {
  /** It in the filter's language. */
  readonly text: string;
  readonly test: Test;
  readonly cost: number;
  /** How often its test looks through a text that may be long. */
  readonly longTexts: number;
  /** Its test asks whether the task is held back. */
  readonly needsHeld: boolean;
  readonly fact?: Fact | undefined;
}
