// How a generated method becomes one that this server serves: a request that does not decode is refused in words, and a reply
// is bytes already.

import type { handleUnaryCall, MethodDefinition, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { fieldInvalid, Refusal } from '../domain/refusal';
import { callerOf } from './caller';
import type { CallGuard } from './guard';
import type { Log } from './log';
import { originOf } from './origin';
import type { OriginCall } from './origin';
import { statusOf } from './status';

/** Bytes of one request: gRPC's own default, and room for a batch of 1,000 tasks of 4 KiB. */
export const REQUEST_BYTES_MAX = 4 * 1024 * 1024;

/** A request that was refused before it was decoded. The handler sends the refusal. */
export class UnreadRequest {
  constructor(readonly refusal: Refusal) {}
}

type Served<Request> = MethodDefinition<Request | UnreadRequest, Buffer>;

/** The methods of a generated service as this server serves them. */
export type ServedService<Service> = {
  [Name in keyof Service]: Service[Name] extends { requestDeserialize: (value: Buffer) => infer Request }
    ? Served<Request>
    : never;
};

/** Makes the methods of a generated service fit for this server. */
export function serve<Service extends ServiceDefinition>(service: Service): ServedService<Service> {
  const served = Object.entries(service).map(([name, method]) => [
    name,
    {
      ...method,
      requestDeserialize: (bytes: Buffer) => read(method, bytes),
      responseSerialize: (bytes: Buffer) => bytes,
    },
  ]);
  return Object.fromEntries(served) as ServedService<Service>;
}

function read(method: { requestDeserialize(bytes: Buffer): unknown }, bytes: Buffer): unknown {
  if (bytes.length > REQUEST_BYTES_MAX) {
    const metadata = { limit_bytes: String(REQUEST_BYTES_MAX) };
    const message = `the request is ${bytes.length} bytes, at most ${REQUEST_BYTES_MAX} are taken`;
    return new UnreadRequest(new Refusal('TOO_LARGE', message, { metadata }));
  }
  try {
    return method.requestDeserialize(bytes);
  } catch (fault) {
    // The decoder's words speak of bytes and offsets: no secret of the server's, and the only clue for the caller.
    const why = (fault as { message?: unknown }).message;
    return new UnreadRequest(fieldInvalid('request', `does not decode: ${String(why).slice(0, 200)}`));
  }
}

/** What every handler needs. */
export interface CallContext {
  readonly guard: CallGuard;
  readonly log: Log;
}

/** Who calls and from where; what comes is checked for shape only. */
export function callerOfCall({ guard }: CallContext, call: OriginCall): Caller {
  return callerOf(call.metadata, originOf(call), guard.spanOf(call.metadata));
}

/** A unary handler: `run` gives the encoded reply, or throws. */
export function unary<Request>(
  context: CallContext,
  run: (request: Request, caller: Caller, call: ServerUnaryCall<unknown, Buffer>) => Promise<Buffer>,
): handleUnaryCall<Request | UnreadRequest, Buffer> {
  return (call, callback) => {
    const { request, metadata } = call;
    const fail = (fault: unknown) => callback(statusOf(fault, context.log, context.guard.spanOf(metadata)?.traceId));
    if (request instanceof UnreadRequest) return fail(request.refusal);
    let reply: Promise<Buffer>;
    try {
      reply = run(request, callerOfCall(context, call), call);
    } catch (fault) {
      return fail(fault);
    }
    reply.then((bytes) => callback(null, bytes), fail);
  };
}
