import type { Any } from '../../gen/google/protobuf/any';
import type { OperationProgress } from '../../gen/holdfast/v1/operation';

/** What a run of long work may ask and say. */
export interface WorkContext {
  /** The operation's name. */
  readonly name: string;
  /** The request that began it. */
  readonly request: Uint8Array;
  /** Where an earlier life of this work said that it stood; empty for the first. */
  readonly cursor: string;
  /** Aborts when the operation was cancelled or the server stops. Work that hears of it ends soon, with what it has or by throwing. */
  readonly signal: AbortSignal;
  /** Says how far it is. Journalled at most once a second. */
  report(progress: OperationProgress): void;
  /** Keeps where it stands: durable when this resolves. */
  keep(cursor: string): Promise<void>;
}

/**
 * Long work of one kind, known by the type of the request that begins it.
 *
 * A run that is cut off by a stop of the server runs again from its start, with the cursor that it kept.
 */
export interface LongWork {
  /** The request's type, without a prefix: `holdfast.v1.CreateBackupRequest`. */
  readonly type: string;
  /** Gives the operation's response. Throws Refusal, or a fault that becomes the operation's error. */
  run(context: WorkContext): Promise<Any>;
}

/** An Any of a message type of ours. */
export function anyOf(type: string, value: Uint8Array): Any {
  return { typeUrl: `${TYPE_PREFIX}${type}`, value: Buffer.from(value.buffer, value.byteOffset, value.length) };
}

/** The type in an Any, without its prefix. */
export function typeOf({ typeUrl }: Any): string {
  return typeUrl.startsWith(TYPE_PREFIX) ? typeUrl.slice(TYPE_PREFIX.length) : typeUrl;
}

const TYPE_PREFIX = 'type.googleapis.com/';
