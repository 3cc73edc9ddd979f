// How long checkpoints are kept: so many of a line's newest, so many days.

import type { CheckpointLine } from '../../gen/holdfast/journal/v1/journal';
import type { SetCheckpointRetentionRequest } from '../../gen/holdfast/v1/session_service';
import type { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import { CHECKPOINT_AGE_DAYS_MAX, CHECKPOINT_AGE_SLACK_MS, LINE_LENGTH_MAX } from './checkpoint-limits';
import { lineIn, lineOf, putLine } from './checkpoint-line';
import type { LineName } from './checkpoint-line';
import { removeCheckpoint, roomOfCall } from './checkpoint-removal';
import type { RemovalRoom } from './checkpoint-removal';
import { find } from './checkpoint-rows';
import type { Draft } from '../draft';
import { checkLength } from '../field-checks';
import type { OwnRow } from '../own-requests';
import { findSession } from './saving-session';
import { millisecondsOf } from '../timestamp';
import { Violations } from '../violations';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How soon a timer looks again where a listing did not reach to what stays. */
const AGAIN_MS = 1000;

/** SetCheckpointRetention: from now on, and for what is there. `oldest` names the first of the line as a listing saw them. Gives the indices of the
 *  changes that take checkpoints away; what does not fit this command goes soon after. */
export function setCheckpointRetention(
  draft: Draft,
  { parent, namespace, retention }: SetCheckpointRetentionRequest,
  oldest: readonly string[] = [],
): number[] {
  const { maxCount = 0, maxAgeDays = 0 } = retention ?? {};
  const violations = new Violations();
  const { report } = violations;
  checkLength(namespace, LINE_LENGTH_MAX, 'namespace', report);
  if (maxCount < 0) report('retention.max_count', 'must not be negative');
  if (maxAgeDays < 0 || maxAgeDays > CHECKPOINT_AGE_DAYS_MAX) {
    report('retention.max_age_days', `is 0 to ${CHECKPOINT_AGE_DAYS_MAX}`);
  }
  violations.throwIfAny();
  const { project, id: session } = findSession(draft, 'setCheckpointRetention', parent, 'parent');
  const at = { project, session, namespace };
  const line = lineOf(draft, at);
  if (line.maxCount === maxCount && line.maxAgeDays === maxAgeDays) return [];
  putLine(draft, at, { ...line, maxCount, maxAgeDays });
  return hold(draft, at, oldest);
}

/** Takes away what a line keeps no longer, and says when a timer looks again. `oldest` names the first of the line as a listing saw them. For the
 *  server's own use. */
export function expireCheckpoints(
  draft: Draft,
  { project, id }: OwnRow,
  oldest: readonly string[] = [],
): readonly number[] {
  const at = lineIn(project, id);
  const { dueMs } = lineOf(draft, at);
  return dueMs > 0 && dueMs <= draft.context.nowMs ? hold(draft, at, oldest) : [];
}

/** Takes the oldest away as far as the retention asks, and as far as there is room. Gives the indices of their changes. */
export function trim(draft: Draft, at: LineName, oldest: readonly string[], room: RemovalRoom): number[] {
  return trimTo(draft, at, oldest, room).removed;
}

/** Has a timer look at a line that holds more than it should, for what a listing did not name. */
export function trimSoon(draft: Draft, at: LineName): void {
  const line = lineOf(draft, at);
  const soonMs = draft.context.nowMs + AGAIN_MS;
  if (exceeds(line) && (line.dueMs === 0 || line.dueMs > soonMs)) putLine(draft, at, { ...line, dueMs: soonMs });
}

/** When a timer must look at a line whose oldest checkpoint is of this time; 0 for never. */
export function ageDueMs({ maxAgeDays }: CheckpointLine, oldestMs: number): number {
  return maxAgeDays > 0 ? oldestMs + maxAgeDays * DAY_MS + CHECKPOINT_AGE_SLACK_MS : 0;
}

function hold(draft: Draft, at: LineName, oldest: readonly string[]): number[] {
  const { removed, stays } = trimTo(draft, at, oldest, roomOfCall());
  const line = lineOf(draft, at);
  const { nowMs } = draft.context;
  let dueMs = 0;
  if (line.count > 0 && (exceeds(line) || (line.maxAgeDays > 0 && !stays))) dueMs = nowMs + AGAIN_MS;
  else if (line.count > 0 && stays) dueMs = ageDueMs(line, millisecondsOf(stays.createTime));
  // What is over its age and had no room is due already.
  if (dueMs > 0 && dueMs <= nowMs) dueMs = nowMs + AGAIN_MS;
  if (dueMs !== line.dueMs) putLine(draft, at, { ...line, dueMs });
  return removed;
}

/** `stays`: the oldest that stays, if the names reach to it. */
function trimTo(
  draft: Draft,
  at: LineName,
  oldest: readonly string[],
  room: RemovalRoom,
): { readonly removed: number[]; readonly stays: Checkpoint | undefined } {
  const { project, session, namespace } = at;
  const removed: number[] = [];
  for (const id of oldest) {
    const checkpoint = find(draft, project, session, id);
    if (checkpoint?.namespace !== namespace) continue;
    const line = lineOf(draft, at);
    const isOver = exceeds(line) || isOld(line, checkpoint, draft.context.nowMs);
    if (!isOver || room.checkpoints <= 0 || room.rows <= 0) return { removed, stays: checkpoint };
    removed.push(removeCheckpoint(draft, project, session, id, room)!);
  }
  return { removed, stays: undefined };
}

function exceeds({ maxCount, count }: CheckpointLine): boolean {
  return maxCount > 0 && count > maxCount;
}

function isOld({ maxAgeDays }: CheckpointLine, { createTime }: Checkpoint, nowMs: number): boolean {
  return maxAgeDays > 0 && millisecondsOf(createTime) + maxAgeDays * DAY_MS <= nowMs;
}
