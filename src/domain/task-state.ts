import { EventType } from '../gen/holdfast/journal/v1/journal';
import type { Task } from '../gen/holdfast/v1/task';
import { TaskState } from '../gen/holdfast/v1/task';
import { Refusal } from './refusal';

const { PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;

/** One row of the table of verbs and states. */
export interface Transition {
  readonly from: readonly TaskState[];
  /** The state after it; undefined: the state stays (or, for ResumeTask, is the one that it was paused from). */
  readonly to?: TaskState;
  readonly event: EventType;
}

/** THE table. A verb in a state that its row does not list is refused with ILLEGAL_TRANSITION. Keys are RPC names. */
export const transitions = {
  UpdateTask: {
    from: [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, FAILED],
    event: EventType.TASK_UPDATED,
  },
  AddDependency: {
    from: [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, FAILED],
    event: EventType.TASK_UPDATED,
  },
  RemoveDependency: {
    from: [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, FAILED],
    event: EventType.TASK_UPDATED,
  },
  ClaimTask: { from: [PENDING], to: RUNNING, event: EventType.TASK_CLAIMED },
  HeartbeatTask: { from: [RUNNING, INPUT_REQUIRED], event: EventType.TASK_PROGRESSED },
  ReleaseTask: { from: [RUNNING], to: PENDING, event: EventType.TASK_RELEASED },
  CompleteTask: { from: [PENDING, RUNNING], to: SUCCEEDED, event: EventType.TASK_COMPLETED },
  /** A holder's failure that is tried again leads to PENDING. */
  FailTask: { from: [PENDING, RUNNING], to: FAILED, event: EventType.TASK_FAILED },
  RequestInput: { from: [RUNNING], to: INPUT_REQUIRED, event: EventType.TASK_INPUT_REQUESTED },
  /** With a kept lease it leads to RUNNING. */
  ProvideInput: { from: [INPUT_REQUIRED], to: PENDING, event: EventType.TASK_INPUT_PROVIDED },
  RejectTask: { from: [VERIFYING], to: PENDING, event: EventType.TASK_REJECTED },
  /** What a directive asks for: PAUSED or CANCELED. */
  AcknowledgeDirective: { from: [RUNNING, INPUT_REQUIRED], event: EventType.TASK_PAUSED },
  PutStep: { from: [RUNNING], event: EventType.STEP_KEPT },
  CancelTask: {
    from: [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED],
    to: CANCELED,
    event: EventType.TASK_CANCELED,
  },
  /** Of a held task: a directive, and the state stays. So with CancelTask. */
  PauseTask: { from: [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED], to: PAUSED, event: EventType.TASK_PAUSED },
  ResumeTask: { from: [PAUSED], event: EventType.TASK_RESUMED },
  RetryTask: { from: [FAILED], to: PENDING, event: EventType.TASK_RETRIED },
  ReopenTask: { from: [SUCCEEDED, CANCELED], event: EventType.TASK_REOPENED },
  DeleteTask: {
    from: [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED],
    event: EventType.TASK_DELETED,
  },
} as const satisfies Readonly<Record<string, Transition>>;

export type TaskVerb = keyof typeof transitions;

const table: readonly (readonly [string, Transition])[] = Object.entries(transitions);
const stateNames = new Map<number, string>(Object.entries(TaskState).map(([name, state]) => [state, name]));

/** The name of a state: PENDING. */
export function stateName(state: TaskState): string {
  return stateNames.get(state) ?? String(state);
}

/** The verbs that are legal in a state, in the order of the table. */
export function legalVerbs(state: TaskState): string[] {
  return table.filter(([, { from }]) => from.includes(state)).map(([verb]) => verb);
}

/** The row of the table for this verb. Refuses with ILLEGAL_TRANSITION if the task's state is not in it. */
export function transition(verb: TaskVerb, task: Task): Transition {
  const row: Transition = transitions[verb];
  if (row.from.includes(task.state)) return row;
  const state = stateName(task.state);
  const legal = legalVerbs(task.state);
  throw illegalTransition(
    task.name,
    state,
    verb,
    legal,
    `${task.name} is ${state}, where ${verb} is not legal; legal are ${legal.join(', ')}`,
  );
}

function resourceType(name: string): 'operation' | 'project' | 'task' {
  if (name.startsWith('operations/')) return 'operation';
  return name.includes('/tasks/') ? 'task' : 'project';
}

/** The refusal of a verb in a state. `legal` are the verbs that are legal instead. */
export function illegalTransition(
  name: string,
  state: string,
  verb: string,
  legal: readonly string[],
  message: string,
): Refusal {
  return new Refusal('ILLEGAL_TRANSITION', message, {
    metadata: { name, state, verb, legal_verbs: legal.join(',') },
    resource: { type: resourceType(name), name },
  });
}
