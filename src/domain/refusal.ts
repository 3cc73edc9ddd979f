import type { Reason } from '../gen/holdfast/v1/error';

/** The reasons of `holdfast.v1.Reason`, by name. */
export type ReasonName = Exclude<keyof typeof Reason, 'UNSPECIFIED' | 'UNRECOGNIZED'>;

/** What is wrong with one field of a request. `field` is a path in proto names: `requests[3].task.title`. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** What refusals are about. */
export type ResourceType =
  | 'project'
  | 'task'
  | 'operation'
  | 'session'
  | 'agent'
  | 'queue'
  | 'checkpoint'
  | 'lock'
  | 'memory'
  | 'message'
  | 'artifact'
  | 'backup';

/** What a refusal tells besides its reason and message. */
export interface RefusalDetails {
  /** `ErrorInfo.metadata`. Keys are documented at each value of `holdfast.v1.Reason`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** The malformed fields; becomes `BadRequest`. */
  readonly fields?: readonly FieldViolation[];
  /** The entity that it is about; becomes `ResourceInfo`. */
  readonly resource?: { readonly type: ResourceType; readonly name: string };
  /** When a retry makes sense, in milliseconds from now; becomes `RetryInfo`. */
  readonly retryAfterMs?: number;
}

/**
 * A command or read turned down by a rule. Not a fault: nothing happened, and the message says what to do.
 * `services/status` is the one place that turns it into a gRPC status.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly reason: ReasonName,
    message: string,
    readonly details: RefusalDetails = {},
  ) {
    super(message);
  }
}

/** INVALID_ARGUMENT for one field. `field` is its path in proto names. */
export function fieldInvalid(field: string, description: string): Refusal {
  return new Refusal('FIELD_INVALID', `${field}: ${description}`, { fields: [{ field, description }] });
}

/** INVALID_ARGUMENT for a filter. `position`: the character of it where the fault is, from 1. */
export function filterInvalid(field: string, description: string, position: number): Refusal {
  const text = `at character ${position}: ${description}`;
  const metadata = { position: String(position) };
  return new Refusal('FILTER_INVALID', `${field}: ${text}`, { metadata, fields: [{ field, description: text }] });
}

/** NOT_FOUND for an entity. */
export function notFound(type: ResourceType, name: string, why = 'does not exist'): Refusal {
  return new Refusal('NOT_FOUND', `${name} ${why}`, { metadata: { name }, resource: { type, name } });
}
