import { join } from 'node:path';
import type { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { Journal } from '../../storage/journal/journal';
import { backupsDir, incomingDir } from '../../storage/layout';
import type { StateOptions } from '../../storage/state/open-state';
import type { Notice } from '../notice';
import type { RecoverySettings, StoreSettings } from '../store-settings';
import type { RecoveryMeans } from './bring-back';

/** What a start needs to bring a state back. */
export interface StartRecovery {
  /** The data directory. */
  readonly dir: string;
  /** Where backups are, and the limits; as by default if there are none. */
  readonly settings?:
    (Pick<StoreSettings, 'recovery' | 'mirrorDir'> & { readonly backups: { readonly dir: string } }) | undefined;
  /** The server's version, for what it makes. */
  readonly version?: string | undefined;
  /** How, if somebody chose. */
  readonly strategy?: RecoveryStrategy | undefined;
  /** Aborted: it is given up. */
  readonly signal?: AbortSignal | undefined;
}

/** As in docs/configuration.md. */
const LIMITS: RecoverySettings = { timeoutMs: 300_000, attemptsMax: 3 };

export function meansOf(
  { dir, settings, signal }: StartRecovery,
  state: StateOptions,
  journal: Journal,
  notice: (notice: Notice) => void,
): RecoveryMeans {
  return {
    ...{ files: state.files, state, journal, notice, signal },
    scratch: join(incomingDir(dir), 'base'),
    backupsDir: settings?.backups.dir ?? backupsDir(dir),
    limits: settings?.recovery ?? LIMITS,
  };
}
