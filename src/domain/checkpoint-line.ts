// Lines of work: the checkpoints of one session and namespace, and what is known of them without looking at them.

import { CheckpointLine, EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../gen/holdfast/v1/checkpoint';
import { checkpointRowId } from './checkpoint-names';
import type { Draft } from './draft';
import { imageOf } from './row-image';

/** Where a line is. */
export interface LineName {
  readonly project: string;
  readonly session: string;
  readonly namespace: string;
}

/** The line that counts the ids which the service gives, of all lines of the session. */
const COUNTING_NAMESPACE = '';
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
  { newest, count }: CheckpointLine,
): Checkpoint['createTime'] {
  const { seconds, nanos } = draft.now;
  const image =
    newest === '' ? undefined : draft.image(EntityKind.CHECKPOINT, project, checkpointRowId(session, newest));
  const last = image && Checkpoint.decode(image).createTime;
  // The newest was taken away: those of the same millisecond are before its last microsecond.
  if (!last) return { seconds, nanos: count > 0 ? nanos + (MICROSECONDS - 1) * NANOS : nanos };
  if (last.seconds < seconds || (last.seconds === seconds && last.nanos < nanos)) return draft.now;
  const next = last.nanos + NANOS;
  return next < 1_000_000_000 ? { seconds: last.seconds, nanos: next } : { seconds: last.seconds + 1, nanos: 0 };
}

/** The project's id and the line that a row's id names. */
export function lineIn(project: string, id: string): LineName {
  const slash = id.indexOf('/');
  return { project, session: id.slice(0, slash), namespace: id.slice(slash + 1) };
}
