// The one error that calls reject with. Its `reason` tells errors apart: one class, and no chain of `instanceof` that a second
// copy of this package would break. A new reason of a newer server needs no new class.

import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { Status } from './gen/google/rpc/status';
import type { ReasonMetadata, ReasonName } from './reason';
import { detailsOf, noDetails } from './status-details';
import type { FieldViolation, ResourceOfError, StatusDetails, Violation } from './status-details';

/** The name of a gRPC status code. */
export type CodeName = Exclude<keyof typeof Code, 'OK'>;

/** A HoldfastError whose reason is known, and with it the keys of its metadata. */
export type HoldfastErrorOf<R extends ReasonName> = HoldfastError & {
  readonly reason: R;
  readonly metadata: ReasonMetadata<R>;
};

/** What surrounds an error, and is no part of what the server said. */
export interface ErrorContext {
  /** The request id that the call carried; empty for a read. */
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** A call that the server refused, that did not reach it, or whose answer did not come back. */
export class HoldfastError extends Error {
  override readonly name: string = 'HoldfastError';
  /** The gRPC code. */
  readonly code: CodeName;
  /**
   * Why. Undefined if no Holdfast server said it: the connection broke, or the client itself gave up. A newer server may
   * know a reason that this type does not.
   */
  readonly reason: ReasonName | undefined;
  /** What the server said, without the reason before it. For people and agents; it may change. */
  readonly description: string;
  /** Facts for programs; `is` tells which keys a reason has. */
  readonly metadata: Readonly<Record<string, string | undefined>>;
  /** The fields that are wrong, by path; of `FIELD_INVALID`. */
  readonly fieldViolations: readonly FieldViolation[];
  /** The rules that stand in the way; of FAILED_PRECONDITION. */
  readonly preconditionFailures: readonly Violation[];
  /** The limits that are reached; of `QUOTA`. */
  readonly quotaFailures: readonly Violation[];
  /** The entity that it is about. */
  readonly resource: ResourceOfError | undefined;
  /** The server's wish for the next try, in milliseconds; 0 for none. */
  readonly retryAfterMs: number;
  /** The request id of a mutation: another try with it applies at most once. Empty for a read. */
  readonly requestId: string;

  constructor(code: CodeName, details: StatusDetails, context: ErrorContext = {}) {
    const title = details.reason || code;
    super(`${title}: ${details.message}`, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.reason = details.reason === '' ? undefined : (details.reason as ReasonName);
    this.description = details.message;
    this.metadata = details.metadata;
    this.fieldViolations = details.fieldViolations;
    this.preconditionFailures = details.preconditionFailures;
    this.quotaFailures = details.quotaFailures;
    this.resource = details.resource;
    this.retryAfterMs = details.retryAfterMs;
    this.requestId = context.requestId ?? '';
  }

  /** Whether the reason is one of these. Narrows `reason` and the keys of `metadata`. */
  is<R extends ReasonName>(...reasons: readonly R[]): this is HoldfastErrorOf<R> {
    return (reasons as readonly (ReasonName | undefined)[]).includes(this.reason);
  }

  /** Whether the same request may go through later: UNAVAILABLE and `OVERLOADED`, nothing else. The client has tried already. */
  get isRetryable(): boolean {
    return this.code === 'UNAVAILABLE' || this.reason === 'OVERLOADED';
  }

  /** Whether the server may have applied the mutation all the same, or may yet. Try again with its `requestId` to find out. */
  get mayHaveApplied(): boolean {
    if (this.requestId === '') return false;
    return this.code === 'UNAVAILABLE' || this.code === 'DEADLINE_EXCEEDED' || this.code === 'CANCELLED';
  }
}

/** Whether a caught value is an error of this client. */
export function isHoldfastError(value: unknown): value is HoldfastError;
/** Whether a caught value is an error of this client, and of one of these reasons. */
export function isHoldfastError<R extends ReasonName>(
  value: unknown,
  ...reasons: readonly R[]
): value is HoldfastErrorOf<R>;
export function isHoldfastError(value: unknown, ...reasons: readonly ReasonName[]): boolean {
  // By name, not by `instanceof`: an error of another copy of this package is one too.
  if (typeof value !== 'object' || value === null || !('name' in value) || value.name !== 'HoldfastError') return false;
  return reasons.length === 0 || (value as HoldfastError).is(...reasons);
}

/** The trailer that carries google.rpc.Status. */
const DETAILS_KEY = 'grpc-status-details-bin';

/** Makes a HoldfastError of what grpc-js reports. `address` is for the words when no server answered. */
export function errorOfCall(error: ServiceError, address: string, requestId: string): HoldfastError {
  const details = detailsOfTrailer(error);
  const context = { requestId, cause: error };
  if (details.reason !== '') return new HoldfastError(codeName(error.code), explained(details), context);
  // A process that dies in the middle of a call resets its streams, which grpc-js calls INTERNAL or CANCELLED.
  const reset = error.code === Code.INTERNAL && error.details.includes('RST_STREAM');
  const code = reset || error.code === Code.CANCELLED ? Code.UNAVAILABLE : error.code;
  const said = details.message || error.details || 'no details';
  const message = code === Code.UNAVAILABLE ? `no answer from ${address} (${said.split('\n', 1)[0]})` : said;
  return new HoldfastError(codeName(code), { ...details, message }, context);
}

/** Makes a HoldfastError of a status that is part of an answer, such as a failed operation's. */
export function errorOfStatus(status: Status): HoldfastError {
  return new HoldfastError(codeName(status.code), explained(readable(status)));
}

/** The error of a call that its own caller stopped. */
export function stoppedByCaller(why: string, requestId: string, cause?: unknown): HoldfastError {
  return new HoldfastError('CANCELLED', { ...noDetails, message: why }, { requestId, cause });
}

function codeName(code: number): CodeName {
  const name = Code[code];
  return name === undefined || name === 'OK' ? 'UNKNOWN' : (name as CodeName);
}

function detailsOfTrailer(error: ServiceError): StatusDetails {
  const bytes = error.metadata?.get(DETAILS_KEY)[0];
  if (bytes === undefined || typeof bytes === 'string') return noDetails;
  try {
    return readable(Status.decode(bytes));
  } catch {
    // Details that do not decode come from something that is no Holdfast server; the code and the message still stand.
    return noDetails;
  }
}

function readable(status: Status): StatusDetails {
  try {
    return detailsOf(status);
  } catch {
    // As above: the message is worth more than the details that do not decode.
    return { ...noDetails, message: status.message };
  }
}

/** Says of a position that is not there any more what it means for a caller who did nothing wrong. */
function explained(details: StatusDetails): StatusDetails {
  const { reason, message, metadata } = details;
  if (reason === 'POSITION_UNKNOWN') {
    const now = `the server is at ${metadata['sequence'] ?? '?'} of history ${metadata['history'] ?? '?'}`;
    const why = 'it was restored from a backup, or another server answers at this address';
    return {
      ...details,
      message: `${message}; ${now}: ${why}. What was seen after that point may be gone: read again what matters.`,
    };
  }
  if (reason === 'POSITION_TOO_OLD') {
    return { ...details, message: `${message}. Begin again with a snapshot, or at the oldest.` };
  }
  return details;
}
