import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import { removeArtifacts } from './artifact';
import type { Draft } from '../draft';
import { endHold } from './hold';
import { ATTEMPTS_KEPT, INPUTS_KEPT } from '../limits';

/** Takes away all rows of what went on at a task that is purged: attempts, questions, steps, artifacts. */
export function removeWork(draft: Draft, project: string, id: string): void {
  endHold(draft, project, id, { outcome: AttemptOutcome.CANCELED });
  const { attempts, inputs, steps, artifacts } = draft.works.work(project, id);
  removeNumbered(draft, EntityKind.TASK_ATTEMPT, project, id, attempts, ATTEMPTS_KEPT);
  removeNumbered(draft, EntityKind.TASK_INPUT, project, id, inputs, INPUTS_KEPT);
  removeNumbered(draft, EntityKind.STEP, project, id, steps.length, steps.length);
  removeArtifacts(draft, project, id, artifacts);
  draft.works.remove(project, id);
}

/** Removes the newest of numbered rows: those that are kept. */
function removeNumbered(draft: Draft, kind: EntityKind, project: string, id: string, last: number, kept: number): void {
  for (let number = Math.max(1, last - kept + 1); number <= last; number++) {
    const row = `${id}/${number}`;
    if (draft.image(kind, project, row)) draft.put(kind, project, row, undefined, EventType.UNSPECIFIED, []);
  }
}
