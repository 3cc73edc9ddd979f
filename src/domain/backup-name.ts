// Names of backups: `backups/{backup}`. They are files, not entities.

import { BACKUP_DESCRIPTION_LENGTH_MAX } from './limits';
import { characters, idProblem, isId } from './names';
import { quote } from './quote';
import { fieldInvalid } from './refusal';

const BACKUPS = 'backups/';
/** The directory beside the backups in which their blobs are. */
export const BACKUP_POOL = 'blobs';

export function formatBackup(id: string): string {
  return BACKUPS + id;
}

/** Whether a backup may have this id. */
export function isBackupId(id: string): boolean {
  return isId(id) && id !== BACKUP_POOL;
}

/** The id of the backup that a name names. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseBackup(name: string, field: string): string {
  const id = name.startsWith(BACKUPS) ? name.slice(BACKUPS.length) : '';
  if (isBackupId(id)) return id;
  throw fieldInvalid(field, `${quote(name)} is not the name of a backup: backups/{backup}`);
}

/** Refuses with FIELD_INVALID what cannot be a new backup's id (empty: one is given) or description. */
export function checkNewBackup(id: string, description: string): void {
  const problem = id === '' ? undefined : idProblem(id);
  if (problem !== undefined) throw fieldInvalid('backup_id', problem);
  if (id === BACKUP_POOL)
    throw fieldInvalid('backup_id', `${quote(id)} is where the blobs of backups are; choose another`);
  if (characters(description) > BACKUP_DESCRIPTION_LENGTH_MAX) {
    throw fieldInvalid('description', `must have at most ${BACKUP_DESCRIPTION_LENGTH_MAX} characters`);
  }
}
