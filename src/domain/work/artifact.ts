// What a task made. Artifacts are numbered from 1 in the order of their names in the task's TASK_WORK row.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Artifact } from '../../gen/holdfast/v1/work';
import { refer, unrefer } from '../checkpoints/blob';
import type { Draft } from '../draft';
import { checkBytes, checkLength } from '../field-checks';
import { ARTIFACTS_MAX, ARTIFACT_URI_BYTES_MAX, MEDIA_TYPE_LENGTH_MAX } from '../limits';
import { formatTask, isExternalId } from '../names';
import { Refusal } from '../refusal';
import { imageOf } from '../row-image';
import type { Report } from '../violations';

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

/** Keeps checked artifacts of a task that a session made, or nobody known; one with the name of an earlier one takes its place. Refuses with QUOTA above 100. */
export function putArtifacts(
  draft: Draft,
  project: string,
  task: string,
  artifacts: readonly Artifact[],
  session: string,
): void {
  const work = draft.works.work(project, task);
  for (const given of artifacts) {
    const known = work.artifacts.indexOf(given.name);
    const number = known >= 0 ? known + 1 : work.artifacts.length + 1;
    if (number > ARTIFACTS_MAX) throw tooMany(formatTask(project, task));
    if (known < 0) work.artifacts.push(given.name);
    const { name, mediaType, data, uri, digest, sizeBytes } = given;
    if (known >= 0) letGo(draft, project, `${task}/${number}`);
    if (isBlob(given)) refer(draft, digest, sizeBytes);
    const createTime = draft.now;
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

/** Takes all artifacts of a task away. `names` are those of its TASK_WORK row. */
export function removeArtifacts(draft: Draft, project: string, task: string, names: readonly string[]): void {
  for (let number = 1; number <= names.length; number++) {
    const id = `${task}/${number}`;
    letGo(draft, project, id);
    draft.put(EntityKind.ARTIFACT, project, id, undefined, EventType.UNSPECIFIED, []);
  }
}

/** The bytes of a row are no longer its own. */
function letGo(draft: Draft, project: string, id: string): void {
  const image = draft.image(EntityKind.ARTIFACT, project, id);
  const artifact = image && Artifact.decode(image);
  if (artifact && isBlob(artifact)) unrefer(draft, artifact.digest);
}

/** Whether its bytes stand in a blob: they are not in its row, and not elsewhere. */
function isBlob({ data, uri, sizeBytes }: Artifact): boolean {
  return data.length === 0 && uri === '' && sizeBytes > 0;
}

function tooMany(name: string): Refusal {
  return new Refusal('QUOTA', `${name} has ${ARTIFACTS_MAX} artifacts, and no more are kept`, {
    metadata: { limit: String(ARTIFACTS_MAX) },
    resource: { type: 'task', name },
  });
}
