import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { CheckpointData } from '../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../gen/holdfast/v1/checkpoint';
import { Artifact } from '../gen/holdfast/v1/work';
import { unrefer } from './checkpoints/blob';
import { isProjectDue } from './delete-task';
import type { Draft } from './draft';
import { formatProject } from './names';
import type { ProjectRows } from './own-requests';
import { authorize } from './permission';
import { illegalTransition } from './task-state';

/** Takes away rows that a project still holds whose purge time has come; those that are gone already are passed over. The bytes that they
 *  name are let go. For the server's own use. */
export function purgeProjectRows(draft: Draft, { project, kind, ids }: ProjectRows): readonly number[] {
  authorize(draft.caller, 'purgeProjectRows', project);
  if (!isProjectDue(draft, project)) {
    const name = formatProject(project);
    throw illegalTransition(name, 'ACTIVE', 'PurgeProject', [], `the purge of ${name} is not due`);
  }
  const event = kind === EntityKind.SESSION ? EventType.SESSION_PURGED : EventType.UNSPECIFIED;
  for (const id of ids) {
    const image = draft.image(kind, project, id);
    if (!image) continue;
    const digest = blobOf(draft, kind, project, id, image);
    if (digest !== undefined) unrefer(draft, digest);
    draft.put(kind, project, id, undefined, event, []);
  }
  return [];
}

/** The digest of the bytes in a file of their own that a row names; undefined for none. */
function blobOf(draft: Draft, kind: EntityKind, project: string, id: string, image: Uint8Array): string | undefined {
  if (kind === EntityKind.CHECKPOINT) {
    const { digest, sizeBytes } = Checkpoint.decode(image);
    const data = draft.image(EntityKind.CHECKPOINT_DATA, project, id);
    return sizeBytes > 0 && !(data && CheckpointData.decode(data).inline.length > 0) ? digest : undefined;
  }
  if (kind !== EntityKind.ARTIFACT) return undefined;
  const { data, uri, digest } = Artifact.decode(image);
  const isBlob = data.length === 0 && uri === '' && draft.image(EntityKind.BLOB, '', digest) !== undefined;
  return isBlob ? digest : undefined;
}
