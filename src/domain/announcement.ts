// What the server says of itself, so that it is journalled and told: health, repairs, recoveries. They belong to no project.

import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { RecoveryReport, Repair } from '../gen/holdfast/v1/recovery';
import { Health } from '../gen/holdfast/v1/system';
import type { Draft } from './draft';
import { REPAIRS_KEPT } from './limits';
import { NO_PROJECT } from './operation';
import { authorize } from './permission';
import { imageOf } from './row-image';

/** The server's health has changed. The image has the time of the record. For the server's own use, as all of these. */
export function changeHealth(draft: Draft, health: Health): number {
  authorize(draft.caller, 'changeHealth', NO_PROJECT);
  const image = imageOf(Health, { ...health, checkTime: draft.now });
  return draft.put(EntityKind.HEALTH, NO_PROJECT, '', image, EventType.HEALTH_CHANGED, []);
}

/** A damaged row was put right, or quarantined. The newest 1,000 are kept as rows; the journal has all. */
export function repairRow(draft: Draft, repair: Repair): number {
  authorize(draft.caller, 'repairRow', NO_PROJECT);
  const image = imageOf(Repair, { ...repair, time: draft.now });
  const id = `r${draft.context.sequence % REPAIRS_KEPT}`;
  return draft.put(EntityKind.REPAIR, NO_PROJECT, id, image, EventType.INTEGRITY_REPAIRED, []);
}

/** A recovery has ended. The last one's report is kept. */
export function completeRecovery(draft: Draft, report: RecoveryReport): number {
  authorize(draft.caller, 'completeRecovery', NO_PROJECT);
  const image = imageOf(RecoveryReport, report);
  return draft.put(EntityKind.RECOVERY, NO_PROJECT, '', image, EventType.RECOVERY_COMPLETED, []);
}
