import type { Files } from '../../storage/files';
import { backupsDir } from '../../storage/layout';
import type { LostSpan } from '../../storage/journal/survey';
import type { Notice } from '../notice';
import type { BackupSettings } from '../store-settings';

/** What putting a journal right works with. */
export interface DamageMeans {
  readonly files: Files;
  /** The data directory. */
  readonly dir: string;
  readonly backups: Pick<BackupSettings, 'dir'>;
  readonly mirrorDir: string | undefined;
  readonly version: string;
  readonly wallMs: () => number;
  readonly notice: (notice: Notice) => void;
}

/** The options by which a command names a stopped store: the directories of its backups and its mirror, where they are elsewhere. */
export function storeOptions(dir: string, backups: string, mirrorDir?: string): string {
  return [
    `--dir ${dir}`,
    ...(backups === backupsDir(dir) ? [] : [`--backup-dir ${backups}`]),
    ...(mirrorDir === undefined ? [] : [`--mirror-dir ${mirrorDir}`]),
  ].join(' ');
}

/** Lost sequences in words: `12 to 15, 20`. */
export function spansText(lost: readonly Pick<LostSpan, 'first' | 'last'>[]): string {
  return lost.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ');
}

/** A time as a part of a file's name: 20260131T120000123. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:.Z]/g, '');
}
