import type { StoppedRecovery, StoppedRecoveryOutcome } from '../cli/context';
import { recoverOffline } from '../engine/recovery/offline';
import { nodeFiles } from '../storage/node-files';
import { directoryFailure } from './start-failure';

/** Recovers a store that no server uses: what `holdfast recover --dir` asks for. */
export async function recoverStopped(
  { warn, ...order }: StoppedRecovery,
  version: string,
): Promise<StoppedRecoveryOutcome> {
  try {
    return await recoverOffline({ ...order, files: nodeFiles, version, notice: ({ message }) => warn(message) });
  } catch (fault) {
    throw directoryFailure(fault, order.dir) ?? fault;
  }
}
