import type { StoppedRecovery, StoppedRecoveryOutcome } from '../cli/context';
import { recoverOffline } from '../engine/recovery/offline';
import { nodeFiles } from '../storage/node-files';

/** Recovers a store that no server uses: what `holdfast recover --dir` asks for. */
export function recoverStopped({ warn, ...order }: StoppedRecovery, version: string): Promise<StoppedRecoveryOutcome> {
  return recoverOffline({ ...order, files: nodeFiles, version, notice: ({ message }) => warn(message) });
}
