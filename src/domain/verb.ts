import type { Action } from './command';

/** A verb as callers know it: the name of its RPC. `completeTask` is CompleteTask. */
export function rpcName(kind: Action['kind']): string {
  if (kind === 'startOperation') return 'BulkChangeTasks';
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
