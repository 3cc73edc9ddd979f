// Lines of work: the checkpoints of one session and namespace, and what is known of them without looking at them.

import { CheckpointLine, EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import { checkpointRowId } from './checkpoint-names';
import type { Draft } from '../draft';
import { imageOf } from '../row-image';

/** Where a line is. */
export interface LineName {
  readonly project: string;
  readonly session: string;
  readonly namespace: string;
}

/** The line that counts the ids which the service gives, of all lines of the session. */
const COUNTING_NAMESPACE = '';
/** Begins what stands for a newest checkpoint that is gone: no id begins with it. */
const GONE = '@';
/** Microseconds of a millisecond. */
const MICROSECONDS = 1000;
/** Nanoseconds of a microsecond. */
const NANOS = 1000;
const EMPTY: CheckpointLine = { count: 0, lastGiven: 0, newest: '', maxCount: 0, maxAgeDays: 0, dueMs: 0 };

/** What is known of a line; nothing of one that has no row. */
export function lineOf(draft: Draft, { project, session, namespace }: LineName): CheckpointLine {
  const image = draft.image(EntityKind.CHECKPOINT_LINE, project, `${session}/${namespace}`);
  return image ? CheckpointLine.decode(image) : { ...EMPTY };
}

/** Writes a line down; one of which nothing is known any more goes. */
export function putLine(draft: Draft, { project, session, namespace }: LineName, line: CheckpointLine): void {
  const known = line.count > 0 || line.lastGiven > 0 || line.maxCount > 0 || line.maxAgeDays > 0;
  const image = known ? imageOf(CheckpointLine, line) : undefined;
  const id = `${session}/${namespace}`;
  if (!image && !draft.image(EntityKind.CHECKPOINT_LINE, project, id)) return;
  draft.put(EntityKind.CHECKPOINT_LINE, project, id, image, EventType.UNSPECIFIED, []);
}

/** An id that the service gives: c1, c2, … of the session, without those that a caller has chosen. */
export function giveCheckpointId(draft: Draft, project: string, session: string): string {
  const counting = { project, session, namespace: COUNTING_NAMESPACE };
  const line = lineOf(draft, counting);
  let number = line.lastGiven;
  let id: string;
  do id = `c${++number}`;
  while (draft.image(EntityKind.CHECKPOINT, project, checkpointRowId(session, id)));
  putLine(draft, counting, { ...line, lastGiven: number });
  return id;
}

/** The time of the next checkpoint of a line: now, and later than all before it, by microseconds where it must be. The index orders by it. */
export function nextTime(
  draft: Draft,
  { project, session }: LineName,
  { newest }: CheckpointLine,
): Checkpoint['createTime'] {
  const lastMicros = newest.startsWith(GONE) ? Number(newest.slice(1)) : microsOf(draft, project, session, newest);
  const micros = Math.max(draft.context.nowMs * MICROSECONDS, lastMicros + 1);
  const seconds = Math.floor(micros / 1_000_000);
  return { seconds, nanos: (micros - seconds * 1_000_000) * NANOS };
}

/** What a line calls its newest checkpoint when that is taken away: its time, behind which the next one comes. */
export function goneNewest({ createTime }: Checkpoint): string {
  return GONE + microsIn(createTime);
}

function microsOf(draft: Draft, project: string, session: string, id: string): number {
  const image = id === '' ? undefined : draft.image(EntityKind.CHECKPOINT, project, checkpointRowId(session, id));
  return image ? microsIn(Checkpoint.decode(image).createTime) : 0;
}

function microsIn(time: Checkpoint['createTime']): number {
  return time ? time.seconds * 1_000_000 + Math.floor(time.nanos / NANOS) : 0;
}

/** The project's id and the line that a row's id names. */
export function lineIn(project: string, id: string): LineName {
  const slash = id.indexOf('/');
  return { project, session: id.slice(0, slash), namespace: id.slice(slash + 1) };
}
