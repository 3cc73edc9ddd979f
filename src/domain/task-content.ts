// What clients write into a task. One table says of each field how it is checked and copied; creation takes all of them, an
// update those that its mask names.

import type { AcceptanceCriterion, Task } from '../gen/holdfast/v1/task';
import type { TaskError } from '../gen/holdfast/v1/work';
import { Priority } from '../gen/holdfast/v1/task';
import { checkAnnotations, checkBytes, checkLabels, checkLength, checkTime } from './field-checks';
import { checkStruct } from './json-struct';
import {
  ASSIGNEE_LENGTH_MAX,
  CAPABILITIES_MAX,
  CRITERIA_MAX,
  CRITERION_EVIDENCE_BYTES_MAX,
  CRITERION_TEXT_LENGTH_MAX,
  DESCRIPTION_BYTES_MAX,
  ERROR_CODE_LENGTH_MAX,
  ERROR_MESSAGE_BYTES_MAX,
  KIND_LENGTH_MAX,
  TITLE_LENGTH_MAX,
} from './limits';
import { DEFAULT_QUEUE, idProblem } from './names';
import { checkRetryPolicy, checkTimeouts, copyRetryPolicy, copyTimeouts } from './work/policy-checks';
import { quote } from './quote';
import type { Report } from './violations';

export interface ContentField {
  /** Its proto name. */
  readonly path: string;
  /** Whether it differs from what an unset field decodes to. */
  readonly isSet: (task: Task) => boolean;
  /** Reports what is wrong with it, by its path. */
  readonly check: (task: Task, report: Report) => void;
  /** Writes it, with its default if unset, into `to`. Copies no unknown fields. */
  readonly copy: (from: Task, to: Task) => void;
}

const CONTROL = /\p{Cc}/u;

export const contentFields: readonly ContentField[] = [
  {
    path: 'title',
    isSet: (task) => task.title !== '',
    check: (task, report) => {
      if (task.title.trim() === '') report('title', 'is required');
      else if (CONTROL.test(task.title)) report('title', 'is one line without control characters');
      checkLength(task.title, TITLE_LENGTH_MAX, 'title', report);
    },
    copy: (from, to) => void (to.title = from.title),
  },
  {
    path: 'description',
    isSet: (task) => task.description !== '',
    check: (task, report) => checkBytes(task.description, DESCRIPTION_BYTES_MAX, 'description', report),
    copy: (from, to) => void (to.description = from.description),
  },
  {
    path: 'priority',
    isSet: (task) => task.priority !== Priority.UNSPECIFIED,
    check: ({ priority }, report) => {
      const known = Number.isInteger(priority) && priority >= Priority.UNSPECIFIED && priority <= Priority.P4;
      if (!known) report('priority', `${priority} is no priority; there are P0 to P4`);
    },
    copy: (from, to) => void (to.priority = from.priority || Priority.P2),
  },
  {
    path: 'queue',
    isSet: (task) => task.queue !== '',
    check: (task, report) => checkId(task.queue, 'queue', report),
    copy: (from, to) => void (to.queue = from.queue || DEFAULT_QUEUE),
  },
  {
    path: 'labels',
    isSet: (task) => task.labels.size > 0,
    check: (task, report) => checkLabels(task.labels, report),
    copy: (from, to) => void (to.labels = from.labels),
  },
  {
    path: 'assignee',
    isSet: (task) => task.assignee !== '',
    check: (task, report) => checkLength(task.assignee, ASSIGNEE_LENGTH_MAX, 'assignee', report),
    copy: (from, to) => void (to.assignee = from.assignee),
  },
  {
    path: 'annotations',
    isSet: (task) => task.annotations.size > 0,
    check: (task, report) => checkAnnotations(task.annotations, report),
    copy: (from, to) => void (to.annotations = from.annotations),
  },
  {
    path: 'acceptance_criteria',
    isSet: (task) => task.acceptanceCriteria.length > 0,
    check: (task, report) => checkCriteria(task.acceptanceCriteria, report),
    copy: (from, to) => void (to.acceptanceCriteria = withIds(from.acceptanceCriteria)),
  },
  {
    path: 'kind',
    isSet: (task) => task.kind !== '',
    check: (task, report) => checkLength(task.kind, KIND_LENGTH_MAX, 'kind', report),
    copy: (from, to) => void (to.kind = from.kind),
  },
  {
    path: 'payload',
    isSet: (task) => task.payload !== undefined,
    check: (task, report) => checkStruct(task.payload, 'payload', report),
    copy: (from, to) => void (to.payload = from.payload),
  },
  {
    path: 'not_before',
    isSet: (task) => task.notBefore !== undefined,
    check: (task, report) => checkTime(task.notBefore, 'not_before', report),
    copy: ({ notBefore: time }, to) => void (to.notBefore = time && { seconds: time.seconds, nanos: time.nanos }),
  },
  {
    path: 'due_time',
    isSet: (task) => task.dueTime !== undefined,
    check: (task, report) => checkTime(task.dueTime, 'due_time', report),
    copy: ({ dueTime: time }, to) => void (to.dueTime = time && { seconds: time.seconds, nanos: time.nanos }),
  },
  {
    path: 'required_capabilities',
    isSet: (task) => task.requiredCapabilities.length > 0,
    check: (task, report) => checkCapabilities(task.requiredCapabilities, report),
    copy: (from, to) => void (to.requiredCapabilities = from.requiredCapabilities),
  },
  {
    path: 'retry_policy',
    isSet: (task) => task.retryPolicy !== undefined,
    check: (task, report) => checkRetryPolicy(task.retryPolicy, report),
    copy: (from, to) => void (to.retryPolicy = copyRetryPolicy(from.retryPolicy)),
  },
  {
    path: 'timeouts',
    isSet: (task) => task.timeouts !== undefined,
    check: (task, report) => checkTimeouts(task.timeouts, report),
    copy: (from, to) => void (to.timeouts = copyTimeouts(from.timeouts)),
  },
];

/** Checks the error given with FailTask. */
export function checkTaskError(error: TaskError | undefined, report: Report): void {
  if (!error) return;
  checkLength(error.code, ERROR_CODE_LENGTH_MAX, 'error.code', report);
  checkBytes(error.message, ERROR_MESSAGE_BYTES_MAX, 'error.message', report);
  checkStruct(error.details, 'error.details', report);
}

function checkId(id: string, field: string, report: Report): void {
  const problem = id === '' ? undefined : idProblem(id);
  if (problem) report(field, problem);
}

function checkCapabilities(capabilities: readonly string[], report: Report): void {
  const count = capabilities.length;
  if (count === 0) return;
  if (count > CAPABILITIES_MAX) {
    report('required_capabilities', `has ${count} entries, at most ${CAPABILITIES_MAX} are allowed`);
    return;
  }
  capabilities.forEach((capability, i) => {
    const twice = capabilities.indexOf(capability) !== i;
    const problem = twice ? `${quote(capability)} stands there twice` : idProblem(capability);
    if (problem) report(`required_capabilities[${i}]`, problem);
  });
}

function checkCriteria(criteria: readonly AcceptanceCriterion[], report: Report): void {
  if (criteria.length === 0) return;
  if (criteria.length > CRITERIA_MAX) {
    report('acceptance_criteria', `has ${criteria.length} entries, at most ${CRITERIA_MAX} are allowed`);
    return;
  }
  const ids = new Set<string>();
  criteria.forEach(({ id, text, evidence }, i) => {
    const at = `acceptance_criteria[${i}]`;
    checkId(id, `${at}.id`, report);
    if (id !== '' && ids.has(id)) report(`${at}.id`, `${quote(id)} stands there twice`);
    ids.add(id);
    if (text === '') report(`${at}.text`, 'is required');
    checkLength(text, CRITERION_TEXT_LENGTH_MAX, `${at}.text`, report);
    checkBytes(evidence, CRITERION_EVIDENCE_BYTES_MAX, `${at}.evidence`, report);
  });
}

/** Gives each criterion without an id the next of c1, c2, … that is free. */
function withIds(criteria: readonly AcceptanceCriterion[]): AcceptanceCriterion[] {
  if (criteria.length === 0) return [];
  const taken = new Set(criteria.map(({ id }) => id));
  let number = 1;
  return criteria.map(({ id, text, met, evidence }) => {
    if (id !== '') return { id, text, met, evidence };
    while (taken.has(`c${number}`)) number++;
    return { id: `c${number++}`, text, met, evidence };
  });
}
