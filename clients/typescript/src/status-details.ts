// What a server says about an error beside its code: google.rpc.Status and the messages in it.

import { BadRequest, ErrorInfo, PreconditionFailure, QuotaFailure } from './gen/google/rpc/error_details';
import { ResourceInfo, RetryInfo } from './gen/google/rpc/error_details';
import type { Status } from './gen/google/rpc/status';

/** A field of the request that is wrong, and how. */
export interface FieldViolation {
  /** Its path, as in `task.title` or `mutations[3].create_task.task.title`. */
  readonly field: string;
  readonly description: string;
}

/** A rule or a quota that stands in the way, and of what. */
export interface Violation {
  readonly type: string;
  readonly subject: string;
  readonly description: string;
}

/** The entity that an error is about. */
export interface ResourceOfError {
  readonly type: string;
  readonly name: string;
}

/** All that could be read of an error's details. */
export interface StatusDetails {
  readonly reason: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly fieldViolations: readonly FieldViolation[];
  readonly preconditionFailures: readonly Violation[];
  readonly quotaFailures: readonly Violation[];
  readonly resource: ResourceOfError | undefined;
  /** The server's wish for the next try, in milliseconds; 0 for none. */
  readonly retryAfterMs: number;
}

export const noDetails: StatusDetails = {
  reason: '',
  message: '',
  metadata: {},
  fieldViolations: [],
  preconditionFailures: [],
  quotaFailures: [],
  resource: undefined,
  retryAfterMs: 0,
};

/** Reads the details of a status. Throws when one does not decode. */
export function detailsOf(status: Status): StatusDetails {
  const found = { ...noDetails, message: status.message };
  for (const { typeUrl, value } of status.details) {
    switch (typeUrl.slice(typeUrl.lastIndexOf('/') + 1)) {
      case 'google.rpc.ErrorInfo': {
        const info = ErrorInfo.decode(value);
        found.reason = info.reason;
        found.metadata = Object.fromEntries(info.metadata);
        break;
      }
      case 'google.rpc.BadRequest':
        found.fieldViolations = BadRequest.decode(value).fieldViolations.map(({ field, description }) => ({
          field,
          description,
        }));
        break;
      case 'google.rpc.PreconditionFailure':
        found.preconditionFailures = PreconditionFailure.decode(value).violations.map(violationOf);
        break;
      case 'google.rpc.QuotaFailure':
        found.quotaFailures = QuotaFailure.decode(value).violations.map((violation) =>
          violationOf({ ...violation, type: 'QUOTA' }),
        );
        break;
      case 'google.rpc.ResourceInfo': {
        const { resourceType, resourceName } = ResourceInfo.decode(value);
        found.resource = { type: resourceType, name: resourceName };
        break;
      }
      case 'google.rpc.RetryInfo': {
        const delay = RetryInfo.decode(value).retryDelay;
        if (delay) found.retryAfterMs = delay.seconds * 1000 + delay.nanos / 1e6;
        break;
      }
    }
  }
  return found;
}

function violationOf({ type, subject, description }: Violation): Violation {
  return { type, subject, description };
}
