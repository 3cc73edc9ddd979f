// What clients write into a project.

import type { Project } from '../gen/holdfast/v1/project';
import { checkAnnotations, checkBytes, checkLabels, checkLength } from './field-checks';
import { DISPLAY_NAME_LENGTH_MAX, PROJECT_DESCRIPTION_BYTES_MAX } from './limits';
import { withEntry } from './update-mask';
import type { Edit } from './update-mask';
import type { Violations } from './violations';

export const projectFields = {
  settable: [
    { path: 'display_name', isSet: (project: Project) => project.displayName !== '' },
    { path: 'description', isSet: (project: Project) => project.description !== '' },
    { path: 'labels', isSet: (project: Project) => project.labels.size > 0 },
    { path: 'annotations', isSet: (project: Project) => project.annotations.size > 0 },
  ],
  outputOnly: new Set([
    ...['name', 'uid', 'etag', 'revision', 'create_time', 'update_time', 'delete_time', 'purge_time', 'creator'],
  ]),
};

/** Writes one field, or one entry of a map, of a project into another. */
export function copyProjectField({ path, key }: Edit, from: Project, to: Project): void {
  if (path === 'display_name') to.displayName = from.displayName;
  else if (path === 'description') to.description = from.description;
  else if (path === 'labels') to.labels = key === undefined ? from.labels : withEntry(to.labels, key, from.labels);
  else to.annotations = key === undefined ? from.annotations : withEntry(to.annotations, key, from.annotations);
}

/** Reports what is wrong with one field of a project. */
export function checkProject(path: string, project: Project, violations: Violations): void {
  violations.prefix = 'project.';
  const { report } = violations;
  if (path === 'display_name') checkLength(project.displayName, DISPLAY_NAME_LENGTH_MAX, 'display_name', report);
  else if (path === 'description')
    checkBytes(project.description, PROJECT_DESCRIPTION_BYTES_MAX, 'description', report);
  else if (path === 'labels') checkLabels(project.labels, report);
  else checkAnnotations(project.annotations, report);
}
