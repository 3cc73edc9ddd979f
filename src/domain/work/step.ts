// Steps: results of side effects, kept by key, so that a later attempt does not repeat them. They are numbered from 1 in the order of their keys
// in the task's TASK_WORK row.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { PutStepRequest } from '../../gen/holdfast/v1/task_service';
import { Step } from '../../gen/holdfast/v1/work';
import type { Draft } from '../draft';
import { findHeld } from './holder';
import { checkStruct } from '../json-struct';
import { STEPS_MAX, STEP_KEY_LENGTH_MAX } from '../limits';
import { characters, isExternalId } from '../names';
import { Refusal, fieldInvalid } from '../refusal';
import { imageOf } from '../row-image';
import { Violations } from '../violations';

/** PutStep: the first one under a key stays. Gives what names its row. */
export function putStep(draft: Draft, request: PutStepRequest): number {
  const { step } = request;
  if (!step) throw fieldInvalid('step', 'is required');
  const violations = new Violations();
  if (!isExternalId(step.key) || characters(step.key) > STEP_KEY_LENGTH_MAX) {
    violations.report('step.key', `is 1 to ${STEP_KEY_LENGTH_MAX} printable characters`);
  }
  checkStruct(step.result, 'step.result', violations.report);
  violations.throwIfAny();
  const { project, id, task, work } = findHeld(draft, 'putStep', request, 'taken');
  const known = work.steps.indexOf(step.key);
  const number = known >= 0 ? known + 1 : work.steps.length + 1;
  if (known < 0) {
    if (number > STEPS_MAX) {
      const message = `${task.name} has ${STEPS_MAX} steps, and no more are kept`;
      throw new Refusal('QUOTA', message, {
        metadata: { limit: String(STEPS_MAX) },
        resource: { type: 'task', name: task.name },
      });
    }
    work.steps.push(step.key);
    const kept: Step = {
      key: step.key,
      result: step.result,
      createTime: draft.now,
      attempt: work.attempts,
      session: work.lease?.session ?? '',
    };
    draft.put(EntityKind.STEP, project, stepId(id, number), imageOf(Step, kept), EventType.STEP_KEPT, []);
  }
  return draft.named(EntityKind.STEP, project, stepId(id, number));
}

/** The id of a step's row. */
export function stepId(task: string, number: number): string {
  return `${task}/${number}`;
}
