// What went wrong, as the person or agent at the command line is told it.

import type { ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { BadRequest, ErrorInfo, ResourceInfo, RetryInfo } from '../gen/google/rpc/error_details';
import { Status } from '../gen/google/rpc/status';
import { adviceFor } from './advice';
import { exitCode, exitCodeOf } from './exit-code';

/** A failure that ends the command: its message goes to stderr, its code is the process's. */
export class Failure extends Error {
  override readonly name: string = 'Failure';

  constructor(
    readonly exitCode: number,
    message: string,
    /** What to do about it, one sentence a line. */
    readonly advice: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Whoever reads stdout has closed it: there is nobody to go on for. */
export class ReaderGone extends Failure {
  override readonly name = 'ReaderGone';

  constructor() {
    super(exitCode.ok, 'the reader of stdout is gone');
  }
}

/** The command line asks for something that cannot be meant. */
export function usage(message: string, ...advice: string[]): Failure {
  return new Failure(exitCode.usage, message, advice);
}

/** A call that the server refused, or that did not reach it. */
export class CallFailure extends Failure {
  override readonly name = 'CallFailure';
  /** The request id that the call carried; empty for a read. */
  requestId = '';

  constructor(
    readonly code: status,
    /** A name of `holdfast.v1.Reason`; empty if no Holdfast server said it. */
    readonly reason: string,
    readonly said: string,
    readonly metadata: Readonly<Record<string, string>>,
    readonly fields: readonly { readonly field: string; readonly description: string }[],
    /** The server's wish for the next try, in milliseconds; 0 for none. */
    readonly retryAfterMs: number,
    advice: readonly string[],
  ) {
    super(exitCodeOf(code), `${reason || status[code]}: ${said}`, advice);
  }

  /** Whether a retry with the same request id is safe and may help. */
  get passing(): boolean {
    return this.code === status.UNAVAILABLE || this.reason === 'OVERLOADED';
  }

  /** Whether the server may have changed something all the same. */
  get mayHaveApplied(): boolean {
    if (this.requestId === '') return false;
    const unsure: readonly status[] = [status.DEADLINE_EXCEEDED, status.CANCELLED, status.UNAVAILABLE];
    return unsure.includes(this.code);
  }
}

/** Reads what the server said out of `grpc-status-details-bin`. `server` is the address, for the advice. */
export function callFailure(error: ServiceError, server: string): CallFailure {
  const details = readDetails(error);
  const lost = details.reason === '' && error.code === status.INTERNAL && error.details.includes('RST_STREAM');
  // A process that dies in the middle of a call resets its streams, which grpc-js may call INTERNAL.
  const code = lost ? status.UNAVAILABLE : error.code;
  const said = details.message || error.details || 'no details';
  const unreached = code === status.UNAVAILABLE && details.reason === '';
  const advice = unreached
    ? [`Is a server running at ${server}? Start one with: npm start`, 'Look for what is wrong with: holdfast doctor']
    : adviceFor(details.reason, details.metadata);
  return new CallFailure(
    code,
    details.reason,
    unreached ? `no answer from ${server} (${reasonIn(said)})` : said,
    details.metadata,
    details.fields,
    details.retryAfterMs,
    advice,
  );
}

interface Details {
  reason: string;
  message: string;
  metadata: Record<string, string>;
  fields: { field: string; description: string }[];
  retryAfterMs: number;
}

function readDetails(error: ServiceError): Details {
  const details: Details = { reason: '', message: '', metadata: {}, fields: [], retryAfterMs: 0 };
  const bytes = error.metadata?.get('grpc-status-details-bin')[0];
  if (!(bytes instanceof Uint8Array)) return details;
  try {
    const decoded = Status.decode(bytes);
    details.message = decoded.message;
    for (const { typeUrl, value } of decoded.details) {
      const type = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
      if (type === 'google.rpc.ErrorInfo') {
        const info = ErrorInfo.decode(value);
        details.reason = info.reason;
        Object.assign(details.metadata, Object.fromEntries(info.metadata));
      } else if (type === 'google.rpc.BadRequest') {
        details.fields.push(...BadRequest.decode(value).fieldViolations);
      } else if (type === 'google.rpc.ResourceInfo') {
        details.metadata['name'] ??= ResourceInfo.decode(value).resourceName;
      } else if (type === 'google.rpc.RetryInfo') {
        const delay = RetryInfo.decode(value).retryDelay;
        if (delay) details.retryAfterMs = delay.seconds * 1000 + delay.nanos / 1e6;
      }
    }
  } catch {
    // Details that do not decode come from something that is no Holdfast server; the code and message still stand.
  }
  return details;
}

/** What the system said, without the words that gRPC puts around it. */
function reasonIn(text: string): string {
  return firstLine(text)
    .replace(/^No connection established\. Last error: (?:Error: )?/, '')
    .replace(/\. Resolution note: *$/, '');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
