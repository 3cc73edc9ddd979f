// What a caller may say about one call, beside what it asks for.

import type { Position } from './gen/holdfast/v1/common';

/** For every call. */
export interface CallOptions {
  /** Stops the call when it aborts: the call rejects with code CANCELLED. A mutation may be applied all the same. */
  readonly signal?: AbortSignal;
  /** How long one try may take, in milliseconds, instead of the client's `timeoutMs`. */
  readonly timeoutMs?: number;
  /** More metadata for this call, such as a `traceparent`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** For every read. */
export interface ReadOptions extends CallOptions {
  /** Serve nothing older than this. The client itself sends the highest position that it has seen. */
  readonly atLeast?: Position;
}

/** For every mutation. */
export interface MutationOptions extends CallOptions {
  /** A UUID that names this mutation, to try it again from another process. The client makes one for each call by itself. */
  readonly requestId?: string;
  /** Get the answer or the refusal, and change nothing. */
  readonly validateOnly?: boolean;
}

/** For every mutation of one entity. */
export interface EtagOptions extends MutationOptions {
  /** The etag that the entity must have, else the call is refused with `ETAG_MISMATCH`. */
  readonly etag?: string;
}
