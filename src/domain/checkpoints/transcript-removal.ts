// The rows of transcripts, and how they go.

import { EntityKind, EventType, Transcript } from '../../gen/holdfast/journal/v1/journal';
import type { Draft } from '../draft';
import { imageOf } from '../row-image';

const NO_BYTES = Buffer.alloc(0);

/** What is kept of a transcript beside its items; nothing of one that nobody has appended to. */
export function transcriptOf(draft: Draft, project: string, id: string): Transcript {
  const image = draft.image(EntityKind.TRANSCRIPT, project, id);
  if (image) return Transcript.decode(image);
  return { lastIndex: 0, firstBatch: 0, lastBatch: 0, items: 0, recentUuids: NO_BYTES };
}

/** Gives the index of the change. */
export function putTranscript(
  draft: Draft,
  project: string,
  id: string,
  transcript: Transcript,
  event: EventType,
  paths: string[],
): number {
  return draft.put(EntityKind.TRANSCRIPT, project, id, imageOf(Transcript, transcript), event, paths);
}

/** The id of one append's row. */
export function batchRowId(id: string, number: number): string {
  return `${id}/${number}`;
}

/** Takes a transcript away with all that is of it, as far as there is room. True: nothing of it is left. */
export function removeTranscript(
  draft: Draft,
  project: string,
  session: string,
  path: string,
  room: { rows: number },
): boolean {
  const id = `${session}/${path}`;
  if (!draft.image(EntityKind.TRANSCRIPT, project, id)) return true;
  const transcript = transcriptOf(draft, project, id);
  while (transcript.lastBatch > 0 && room.rows > 0) {
    removeBatch(draft, project, id, transcript.firstBatch);
    forgetFirst(transcript);
    room.rows--;
  }
  const isEmpty = transcript.lastBatch === 0;
  if (isEmpty) draft.put(EntityKind.TRANSCRIPT, project, id, undefined, EventType.UNSPECIFIED, []);
  else putTranscript(draft, project, id, transcript, EventType.UNSPECIFIED, []);
  return isEmpty;
}

export function removeBatch(draft: Draft, project: string, id: string, number: number): number {
  const row = batchRowId(id, number);
  return draft.put(EntityKind.TRANSCRIPT_BATCH, project, row, undefined, EventType.UNSPECIFIED, []);
}

/** The first batch is gone. */
export function forgetFirst(transcript: Transcript): void {
  transcript.firstBatch++;
  if (transcript.firstBatch <= transcript.lastBatch) return;
  transcript.firstBatch = 0;
  transcript.lastBatch = 0;
}
