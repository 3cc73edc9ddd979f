import type { StoppedRestore } from '../cli/context';
import { restoreOffline } from '../engine/restore/offline';
import type { RestorePlan } from '../gen/holdfast/v1/backup';
import { nodeFiles } from '../storage/node-files';
import { directoryFailure } from './start-failure';

/** Restores a data directory that no server uses, for `holdfast restore --dir`. */
export async function restoreStopped({ sequence, backup, timeMs, ...order }: StoppedRestore): Promise<RestorePlan> {
  const position = sequence === undefined ? undefined : { history: '', sequence };
  const asked = { backup, position, timeMs };
  try {
    return await restoreOffline({ ...order, asked, files: nodeFiles, wallMs: () => Date.now() });
  } catch (fault) {
    throw directoryFailure(fault, order.dir) ?? fault;
  }
}
