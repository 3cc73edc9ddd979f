/** Where what is in a data directory. docs/operations.md shows it as a table. */
import { join } from 'node:path';

/** The journal's segments and marks. */
export const journalDir = (dir: string): string => join(dir, 'journal');
/** LevelDB and its checkpoint. */
export const stateDir = (dir: string): string => join(dir, 'state');
/** Large bytes, by their digest. */
export const blobsDir = (dir: string): string => join(dir, 'blobs');
/** Backups, unless the settings name another place. */
export const backupsDir = (dir: string): string => join(dir, 'backups');
/** Journals that a restore abandoned, and what a recovery moved out of the way: never read by the server, never deleted by it. */
export const archiveDir = (dir: string): string => join(dir, 'archive');
/** A journal and a state that are about to take the place of the present ones: see storage/incoming. */
export const incomingDir = (dir: string): string => join(dir, 'incoming');
/** The capsule: what an emergency start serves. */
export const capsuleFile = (dir: string): string => join(dir, 'capsule');
/** The report of the last recovery. */
export const reportFile = (dir: string): string => join(dir, 'recovery-report');
/** What an emergency start serves from: removed when the store is whole again. */
export const emergencyDir = (dir: string): string => join(dir, 'emergency');
