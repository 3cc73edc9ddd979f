import { status } from '@grpc/grpc-js';

/** What the process ends with. Documented in docs/operations.md. From 64 on they are those of sysexits.h. */
export const exitCode = {
  ok: 0,
  /** Refused or failed for a reason that has no code of its own. */
  refused: 1,
  /** The command line, or a field that it gave, is malformed. */
  usage: 2,
  notFound: 3,
  /** Something else was there, or changed, first. */
  conflict: 4,
  /** Not legal in the present state. */
  precondition: 5,
  /** There was nothing to give: no task is ready, no message came in time. */
  nothing: 6,
  /** A file that was read is malformed. */
  badData: 65,
  /** No server answered. */
  unavailable: 69,
  /** A defect, or damaged data. */
  internal: 70,
  /** Worth another try later: overloaded, disk full, too slow. */
  tryLater: 75,
  notAllowed: 77,
  /** Ctrl-C: 128 and the signal's number, as shells have it. What the command began goes on, and it said so. */
  interrupted: 130,
} as const;

const byStatus: Readonly<Partial<Record<status, number>>> = {
  [status.INVALID_ARGUMENT]: exitCode.usage,
  [status.NOT_FOUND]: exitCode.notFound,
  [status.ALREADY_EXISTS]: exitCode.conflict,
  [status.ABORTED]: exitCode.conflict,
  [status.FAILED_PRECONDITION]: exitCode.precondition,
  [status.UNAVAILABLE]: exitCode.unavailable,
  [status.UNKNOWN]: exitCode.internal,
  [status.INTERNAL]: exitCode.internal,
  [status.DATA_LOSS]: exitCode.internal,
  [status.RESOURCE_EXHAUSTED]: exitCode.tryLater,
  [status.DEADLINE_EXCEEDED]: exitCode.tryLater,
  [status.UNAUTHENTICATED]: exitCode.notAllowed,
  [status.PERMISSION_DENIED]: exitCode.notAllowed,
};

/** The exit code of a gRPC status; 1 for those without one of their own. */
export function exitCodeOf(code: status): number {
  return byStatus[code] ?? exitCode.refused;
}
