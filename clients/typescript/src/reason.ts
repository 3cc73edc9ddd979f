// Why a call was refused or failed: the names of holdfast.v1.Reason, each with the facts that come with it.

import type { Reason } from './gen/holdfast/v1/error';

/** A reason as `HoldfastError.reason` has it: a name of `holdfast.v1.Reason` without its prefix. */
export type ReasonName = Exclude<keyof typeof Reason, 'UNSPECIFIED' | 'UNRECOGNIZED'>;

/** The keys of `HoldfastError.metadata` that each reason brings. */
export const reasonMetadataKeys = {
  FIELD_INVALID: [],
  REQUEST_ID_REUSED: [],
  FILTER_INVALID: ['position'],
  GATE_INVALID: [],
  NOT_FOUND: ['name'],
  ALREADY_EXISTS: ['name'],
  ETAG_MISMATCH: ['name', 'etag'],
  FENCED: ['name', 'holder', 'expire_time', 'successor'],
  ALREADY_CLAIMED: ['name', 'holder', 'agent', 'expire_time'],
  LOCK_HELD: ['holder', 'lock', 'target', 'expire_time', 'waiting', 'count'],
  DEADLOCK: ['path'],
  ILLEGAL_TRANSITION: ['name', 'state', 'verb', 'legal_verbs'],
  NOT_READY: ['name', 'reasons', 'blocking', 'next_time'],
  GATE_FAILED: [],
  DEPENDENCY_CYCLE: ['path'],
  GRAPH_TOO_LARGE: ['limit'],
  HAS_CHILDREN: ['name', 'live_children'],
  SESSION_LOST: ['name', 'lost_time'],
  SESSION_ENDED: ['name', 'successor'],
  SESSION_ACTIVE: ['name', 'expire_time'],
  OVERLOADED: [],
  QUOTA: ['limit'],
  TOO_LARGE: ['limit_bytes'],
  SLOW_CONSUMER: [],
  DISK_FULL: [],
  POSITION_TOO_OLD: ['oldest'],
  POSITION_UNKNOWN: ['history', 'sequence', 'fork'],
  DRAINING: [],
  RECOVERING: [],
  HALTED: [],
  NOT_LEADER: [],
  OUTCOME_UNKNOWN: [],
  CORRUPTION: ['name'],
  UNAUTHENTICATED: [],
  PERMISSION_DENIED: ['principal', 'verb', 'name'],
  INTERNAL: [],
  UNIMPLEMENTED: [],
  DEADLINE_EXCEEDED: [],
  CANCELLED: [],
  BACKUP_NEEDED: ['name', 'why'],
  NOT_RECOVERABLE: ['strategy', 'why'],
} as const satisfies Readonly<Record<ReasonName, readonly string[]>>;

/**
 * The facts that come with a reason. One may be missing where it does not apply (`name` of an illegal transition of
 * something that has no name), so each may be undefined.
 */
export type ReasonMetadata<R extends ReasonName> = Readonly<
  Record<string, string | undefined> & Partial<Record<(typeof reasonMetadataKeys)[R][number], string>>
>;
