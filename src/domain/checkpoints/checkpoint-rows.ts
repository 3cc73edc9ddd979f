// The rows of one checkpoint: itself, its bytes, its writes.

import { CheckpointData, EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import { checkpointRowId } from './checkpoint-names';
import type { Draft } from '../draft';
import { imageOf } from '../row-image';

const NO_BYTES = Buffer.alloc(0);

/** The checkpoint, without its bytes and writes, or undefined. */
export function find(draft: Draft, project: string, session: string, checkpoint: string): Checkpoint | undefined {
  const image = draft.image(EntityKind.CHECKPOINT, project, checkpointRowId(session, checkpoint));
  return image && Checkpoint.decode(image);
}

/** A checkpoint's bytes, if they stand in a row, and how many writes it has. One with neither has no such row. */
export function dataOf(draft: Draft, project: string, rowId: string): CheckpointData {
  const image = draft.image(EntityKind.CHECKPOINT_DATA, project, rowId);
  return image ? CheckpointData.decode(image) : { inline: NO_BYTES, writes: 0 };
}

export function putData(draft: Draft, project: string, rowId: string, data: CheckpointData): void {
  draft.put(EntityKind.CHECKPOINT_DATA, project, rowId, imageOf(CheckpointData, data), EventType.UNSPECIFIED, []);
}

/** The id of a pending write's row, counted from 1. */
export function writeRowId(rowId: string, number: number): string {
  return `${rowId}/${number}`;
}
