// Taking a lock, as it is typed.

import type { Command } from 'commander';
import { LockMode } from '../../gen/holdfast/v1/lock';
import { AcquireLockRequest } from '../../gen/holdfast/v1/lock_service';
import type { Run } from '../command-run';
import { projectName } from '../resource-name';
import { durationOf } from '../times';
import { parseTarget } from './lock-view';

export interface AcquireFlags {
  shared?: boolean;
  wait?: string;
  ttl?: string;
  purpose?: string;
}

/** Adds the flags of taking a lock. */
export function acquireFlags(command: Command): Command {
  return command
    .option('--shared', 'others may share it')
    .option('--wait <duration>', 'wait so long for it, at most 10m')
    .option('--ttl <duration>', 'a ttl of its own: 1s to 24h; it lives with its session if not given')
    .option('--purpose <text>', 'what for');
}

/** The request for a lock over targets that were typed. */
export function acquireRequest(
  { settings }: Pick<Run, 'settings'>,
  targets: readonly string[],
  { shared = false, wait, ttl, purpose }: AcquireFlags,
): AcquireLockRequest {
  return AcquireLockRequest.fromPartial({
    parent: projectName(settings.project),
    targets: targets.map(parseTarget),
    mode: shared ? LockMode.SHARED : LockMode.EXCLUSIVE,
    wait: durationOf('--wait', wait),
    ttl: durationOf('--ttl', ttl),
    purpose,
  });
}
