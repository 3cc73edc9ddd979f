import type { StoppedRestore } from '../cli/context';
import { restoreOffline } from '../engine/restore/offline';
import type { RestorePlan } from '../gen/holdfast/v1/backup';
import { nodeFiles } from '../storage/node-files';

/** Restores a data directory that no server uses, for `holdfast restore --dir`. */
export function restoreStopped({ sequence, backup, timeMs, ...order }: StoppedRestore): Promise<RestorePlan> {
  const position = sequence === undefined ? undefined : { history: '', sequence };
  return restoreOffline({ ...order, asked: { backup, position, timeMs }, files: nodeFiles, wallMs: () => Date.now() });
}
