// GetArtifact.

import { formatTask } from '../domain/names';
import { notFound } from '../domain/refusal';
import { EntityKind, TaskWork } from '../gen/holdfast/journal/v1/journal';
import { Artifact } from '../gen/holdfast/v1/work';
import type { GetArtifactRequest } from '../gen/holdfast/v1/task_service';
import { blobBytes } from './blob-bytes';
import { lookingNow } from './readiness';
import { findTask } from './reading';
import type { ServiceContext } from './replies';
import { splice } from './splice';

const DATA_FIELD = 3;

/** GetArtifact: with its bytes, unless it is elsewhere. */
export async function getArtifact({ engine, positions }: ServiceContext, request: GetArtifactRequest): Promise<Buffer> {
  const sequence = engine.reach(request.atLeast);
  const { project, id } = await findTask(engine, request.name, 'name');
  const image = await lookingNow(engine, (look) => {
    const work = look(EntityKind.TASK_WORK, project, id);
    const number = work ? TaskWork.decode(work).artifacts.indexOf(request.artifact) + 1 : 0;
    return number > 0 ? look(EntityKind.ARTIFACT, project, `${id}/${number}`) : undefined;
  });
  const name = `${formatTask(project, id)}/artifacts/${request.artifact}`;
  if (!image) throw notFound('artifact', name);
  const { data, uri, digest, sizeBytes } = Artifact.decode(image);
  if (uri !== '' || data.length > 0 || sizeBytes === 0) return positions.entityReply(image, sequence);
  const bytes = await blobBytes(engine, digest, { type: 'artifact', name });
  return positions.entityReply(Buffer.concat([image, splice([{ field: DATA_FIELD, bytes }])]), sequence);
}
