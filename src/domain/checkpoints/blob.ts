// Bytes that stand in files of their own: which are named by how many rows. A file goes some time after the last row that named it.

import { Blob, EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { BLOB_KEPT_MS } from './checkpoint-limits';
import type { Draft } from '../draft';
import type { OwnRow } from '../own-requests';
import { imageOf } from '../row-image';

/** Blobs belong to no project: the same bytes are stored once for all. */
const NO_PROJECT = '';

/** One more row names these bytes. The file is there: whoever asked has stored it, and keeps it until the command is settled. */
export function refer(draft: Draft, digest: string, sizeBytes: number): void {
  const blob = blobOf(draft, digest) ?? { references: 0, sizeBytes, dueMs: 0 };
  put(draft, digest, { ...blob, references: blob.references + 1, dueMs: 0 });
}

/** One row less names them. */
export function unrefer(draft: Draft, digest: string): void {
  const blob = blobOf(draft, digest);
  if (!blob || blob.references === 0) throw new Error(`blob ${digest} is named by no row`);
  const references = blob.references - 1;
  put(draft, digest, { ...blob, references, dueMs: references > 0 ? 0 : draft.context.nowMs + BLOB_KEPT_MS });
}

/** Forgets a blob that nothing has named for an hour; its file goes when this is durable. Nothing happens to one that is named again. For the
 *  server's own use. */
export function purgeBlob(draft: Draft, { id: digest }: OwnRow): readonly number[] {
  const blob = blobOf(draft, digest);
  if (!blob || blob.references > 0 || blob.dueMs > draft.context.nowMs) return [];
  return [draft.put(EntityKind.BLOB, NO_PROJECT, digest, undefined, EventType.UNSPECIFIED, [])];
}

function blobOf(draft: Draft, digest: string): Blob | undefined {
  const image = draft.image(EntityKind.BLOB, NO_PROJECT, digest);
  return image && Blob.decode(image);
}

function put(draft: Draft, digest: string, blob: Blob): void {
  draft.put(EntityKind.BLOB, NO_PROJECT, digest, imageOf(Blob, blob), EventType.UNSPECIFIED, []);
}
