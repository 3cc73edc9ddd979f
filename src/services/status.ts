// The one place where a failure becomes a gRPC status.
//
// E1. Each reason has one code. Details stay within 4 KiB: trailers over 64 KB hang a grpc-js connection.
// E2. Every string is well formed before it leaves: a lone surrogate in a detail ends a grpc-js process.
// E3. What is not a Refusal or a known fault becomes INTERNAL with a trace id; its text goes to the log alone.

import { randomBytes } from 'node:crypto';
import { Metadata, status as Code } from '@grpc/grpc-js';
import { entityName } from '../domain/event';
import { Refusal } from '../domain/refusal';
import type { ReasonName } from '../domain/refusal';
import type { Any } from '../gen/google/protobuf/any';
import {
  BadRequest,
  ErrorInfo,
  PreconditionFailure,
  QuotaFailure,
  ResourceInfo,
  RetryInfo,
} from '../gen/google/rpc/error_details';
import { Status } from '../gen/google/rpc/status';
import { JournalCorruption, PositionTooOld } from '../storage/journal/journal';
import { DamagedRow } from '../storage/state/state';
import type { Log } from './log';

/** The code of each reason, as the comments of `holdfast.v1.Reason` state it. */
export const codeOf: Readonly<Record<ReasonName, Code>> = {
  FIELD_INVALID: Code.INVALID_ARGUMENT,
  REQUEST_ID_REUSED: Code.INVALID_ARGUMENT,
  FILTER_INVALID: Code.INVALID_ARGUMENT,
  GATE_INVALID: Code.INVALID_ARGUMENT,
  NOT_FOUND: Code.NOT_FOUND,
  ALREADY_EXISTS: Code.ALREADY_EXISTS,
  ETAG_MISMATCH: Code.ABORTED,
  FENCED: Code.ABORTED,
  ALREADY_CLAIMED: Code.ABORTED,
  LOCK_HELD: Code.ABORTED,
  DEADLOCK: Code.ABORTED,
  ILLEGAL_TRANSITION: Code.FAILED_PRECONDITION,
  NOT_READY: Code.FAILED_PRECONDITION,
  GATE_FAILED: Code.FAILED_PRECONDITION,
  DEPENDENCY_CYCLE: Code.FAILED_PRECONDITION,
  GRAPH_TOO_LARGE: Code.FAILED_PRECONDITION,
  HAS_CHILDREN: Code.FAILED_PRECONDITION,
  SESSION_LOST: Code.FAILED_PRECONDITION,
  SESSION_ENDED: Code.FAILED_PRECONDITION,
  SESSION_ACTIVE: Code.FAILED_PRECONDITION,
  OVERLOADED: Code.RESOURCE_EXHAUSTED,
  QUOTA: Code.RESOURCE_EXHAUSTED,
  TOO_LARGE: Code.RESOURCE_EXHAUSTED,
  SLOW_CONSUMER: Code.RESOURCE_EXHAUSTED,
  DISK_FULL: Code.RESOURCE_EXHAUSTED,
  POSITION_TOO_OLD: Code.OUT_OF_RANGE,
  POSITION_UNKNOWN: Code.OUT_OF_RANGE,
  DRAINING: Code.UNAVAILABLE,
  RECOVERING: Code.UNAVAILABLE,
  HALTED: Code.UNAVAILABLE,
  NOT_LEADER: Code.UNAVAILABLE,
  OUTCOME_UNKNOWN: Code.UNAVAILABLE,
  CORRUPTION: Code.DATA_LOSS,
  UNAUTHENTICATED: Code.UNAUTHENTICATED,
  PERMISSION_DENIED: Code.PERMISSION_DENIED,
  INTERNAL: Code.INTERNAL,
  UNIMPLEMENTED: Code.UNIMPLEMENTED,
  DEADLINE_EXCEEDED: Code.DEADLINE_EXCEEDED,
  CANCELLED: Code.CANCELLED,
  BACKUP_NEEDED: Code.FAILED_PRECONDITION,
  NOT_RECOVERABLE: Code.FAILED_PRECONDITION,
};

/** What `ErrorInfo.domain` says. */
export const ERROR_DOMAIN = 'holdfast';
/** The trailer that carries `google.rpc.Status`. */
export const DETAILS_KEY = 'grpc-status-details-bin';

/** Bytes of one error's details (api.md): a trailer block stays far below the 64 KB that hang a connection. */
const DETAILS_BYTES_MAX = 4096;
/** Characters of a message, and of one text in a detail: four of them fit the details. */
const MESSAGE_CHARACTERS_MAX = 1000;
const TEXT_CHARACTERS_MAX = 300;

/** A gRPC status as grpc-js takes it. */
export interface WireStatus {
  readonly code: Code;
  readonly details: string;
  readonly metadata: Metadata;
}

/** The status of anything that was thrown. Unknown faults are logged under the trace id that the caller gets. */
export function statusOf(fault: unknown, log: Log, traceId?: Uint8Array): WireStatus {
  return refusalStatus(refusalOf(fault, log, traceId));
}

/** The same as a message: what an operation says that ended on a fault. */
export function statusMessage(fault: unknown, log: Log): Status {
  return Status.decode(statusOf(fault, log).metadata.get(DETAILS_KEY)[0] as Buffer);
}

function refusalOf(fault: unknown, log: Log, traceId: Uint8Array | undefined): Refusal {
  if (fault instanceof Refusal) return fault;
  if (fault instanceof PositionTooOld) {
    const metadata = { oldest: String(fault.oldest) };
    return new Refusal('POSITION_TOO_OLD', `the journal no longer holds this position; its oldest is ${fault.oldest}`, {
      metadata,
    });
  }
  const trace = Buffer.from(traceId ?? randomBytes(16)).toString('hex');
  log.error({ err: fault, trace_id: trace }, 'a call failed');
  if (fault instanceof DamagedRow) {
    const name = entityName(fault);
    return new Refusal('CORRUPTION', `the stored value of ${name} is damaged and no intact copy was found`, {
      metadata: { name, trace_id: trace },
    });
  }
  if (fault instanceof JournalCorruption) {
    return new Refusal('CORRUPTION', 'a part of the journal that this needs is damaged', {
      metadata: { name: fault.segment, trace_id: trace },
    });
  }
  return new Refusal('INTERNAL', `internal error; the server's log has it under trace ${trace}`, {
    metadata: { trace_id: trace },
  });
}

/** The status of a refusal, with its details within 4 KiB. */
export function refusalStatus(refusal: Refusal): WireStatus {
  const code = codeOf[refusal.reason];
  const details = cut(refusal.message, MESSAGE_CHARACTERS_MAX);
  const metadata = new Metadata();
  metadata.set(DETAILS_KEY, detailBytes(refusal, code, details));
  return { code, details, metadata };
}

/** The largest set of details that fits: the first ones matter most, so the last go first. */
function detailBytes(refusal: Refusal, code: Code, message: string): Buffer {
  let details = detailsOf(refusal, code);
  for (;;) {
    const bytes = Buffer.from(Status.encode({ code, message, details }).finish());
    if (bytes.length <= DETAILS_BYTES_MAX || details.length === 0) return bytes;
    details = details.slice(0, -1);
  }
}

function detailsOf({ reason, message, details }: Refusal, code: Code): Any[] {
  const metadata = new Map<string, string>();
  let spare = DETAILS_BYTES_MAX / 3;
  for (const [key, value] of Object.entries(details.metadata ?? {})) {
    const text = cut(value, TEXT_CHARACTERS_MAX);
    spare -= key.length + Buffer.byteLength(text) + 8;
    if (spare >= 0) metadata.set(key, text);
  }
  const all: Any[] = [any('ErrorInfo', ErrorInfo.encode({ reason, domain: ERROR_DOMAIN, metadata }).finish())];
  if (details.resource) {
    const { type, name } = details.resource;
    const info = { resourceType: type, resourceName: cut(name, TEXT_CHARACTERS_MAX), owner: '', description: '' };
    all.push(any('ResourceInfo', ResourceInfo.encode(info).finish()));
  }
  if (details.retryAfterMs !== undefined) {
    const retryDelay = {
      seconds: Math.floor(details.retryAfterMs / 1000),
      nanos: Math.floor(details.retryAfterMs % 1000) * 1_000_000,
    };
    all.push(any('RetryInfo', RetryInfo.encode({ retryDelay }).finish()));
  }
  const description = cut(message, TEXT_CHARACTERS_MAX);
  const subject = cut(details.resource?.name ?? details.metadata?.['name'] ?? '', TEXT_CHARACTERS_MAX);
  if (details.fields?.length) all.push(badRequest(details.fields));
  else if (code === Code.FAILED_PRECONDITION) {
    const violations = [{ type: reason, subject, description }];
    all.push(any('PreconditionFailure', PreconditionFailure.encode({ violations }).finish()));
  } else if (reason === 'QUOTA') {
    all.push(
      any(
        'QuotaFailure',
        QuotaFailure.encode(QuotaFailure.fromPartial({ violations: [{ subject, description }] })).finish(),
      ),
    );
  }
  return all;
}

/** As many violations as fit half of the details; the last says how many were left out. */
function badRequest(fields: readonly { field: string; description: string }[]): Any {
  const shown: { field: string; description: string }[] = [];
  let spare = DETAILS_BYTES_MAX / 2;
  for (const { field, description } of fields) {
    const violation = { field: cut(field, TEXT_CHARACTERS_MAX), description: cut(description, TEXT_CHARACTERS_MAX) };
    spare -= Buffer.byteLength(violation.field) + Buffer.byteLength(violation.description) + 8;
    if (spare < 0) break;
    shown.push(violation);
  }
  const rest = fields.length - shown.length;
  if (rest > 0) shown.push({ field: '', description: `${rest} more` });
  const fieldViolations = shown.map((violation) => ({ ...violation, reason: '', localizedMessage: undefined }));
  return any('BadRequest', BadRequest.encode({ fieldViolations }).finish());
}

function any(name: string, value: Uint8Array): Any {
  return { typeUrl: `type.googleapis.com/google.rpc.${name}`, value: Buffer.from(value) };
}

function cut(text: string, charactersMax: number): string {
  const shown = text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
  return shown.toWellFormed();
}
