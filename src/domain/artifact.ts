// What a task made. Artifacts are numbered from 1 in the order of their names in the task's TASK_WORK row.

import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import type { TaskWork } from '../gen/holdfast/journal/v1/journal';
import { Artifact } from '../gen/holdfast/v1/work';
import type { Draft } from './draft';
import { checkBytes, checkLength } from './field-checks';
import { ARTIFACTS_MAX, ARTIFACT_URI_BYTES_MAX, MEDIA_TYPE_LENGTH_MAX } from './limits';
import { formatTask, isExternalId } from './names';
import { Refusal } from './refusal';
import { imageOf } from './row-image';
import type { Report } from './violations';

/** Reports what is wrong with artifacts: their form alone. */
export function checkArtifacts(artifacts: readonly Artifact[], field: string, report: Report): void {
  if (artifacts.length > ARTIFACTS_MAX) {
    report(field, `has ${artifacts.length} entries, at most ${ARTIFACTS_MAX} are allowed`);
    return;
  }
  artifacts.forEach(({ name, mediaType, data, uri }, i) => {
    const at = `${field}[${i}]`;
    if (!isExternalId(name)) report(`${at}.name`, 'is 1 to 256 printable characters');
    else if (artifacts.findIndex((each) => each.name === name) !== i) report(`${at}.name`, 'stands there twice');
    checkLength(mediaType, MEDIA_TYPE_LENGTH_MAX, `${at}.media_type`, report);
    checkBytes(uri, ARTIFACT_URI_BYTES_MAX, `${at}.uri`, report);
    if (data.length > 0 && uri !== '') report(`${at}.uri`, 'is for artifacts without bytes');
  });
}

/** Keeps checked artifacts of a task; one with the name of an earlier one takes its place. Refuses with QUOTA above 100. */
export function putArtifacts(
  draft: Draft,
  project: string,
  task: string,
  work: TaskWork,
  artifacts: readonly Artifact[],
): void {
  for (const given of artifacts) {
    const known = work.artifacts.indexOf(given.name);
    const number = known >= 0 ? known + 1 : work.artifacts.length + 1;
    if (number > ARTIFACTS_MAX) throw tooMany(formatTask(project, task));
    if (known < 0) work.artifacts.push(given.name);
    const { name, mediaType, data, uri, digest, sizeBytes } = given;
    const createTime = draft.now;
    const session = draft.acting?.name ?? '';
    const kept: Artifact = { name, mediaType, data, uri, digest, sizeBytes, createTime, session };
    draft.put(
      EntityKind.ARTIFACT,
      project,
      `${task}/${number}`,
      imageOf(Artifact, kept),
      EventType.ARTIFACT_STORED,
      [],
    );
  }
}

function tooMany(name: string): Refusal {
  return new Refusal('QUOTA', `${name} has ${ARTIFACTS_MAX} artifacts, and no more are kept`, {
    metadata: { limit: String(ARTIFACTS_MAX) },
    resource: { type: 'task', name },
  });
}
