// Bounds on calls that grpc-js does not have: how long a request may take to arrive, how long a unary call may run, how much
// metadata it may bring. It also knows which calls are open, so that a drain can wait for them.
//
// G1. A call whose request is not whole after `receiveTimeoutMs` ends with DEADLINE_EXCEEDED.
// G2. A unary call without an answer after `operationTimeoutMs` ends with DEADLINE_EXCEEDED, whatever deadline its caller set.
// G3. A call ends once: what a handler sends after that is dropped.
// G4. One timer serves all calls: a call costs no timer of its own.
// G5. Of a stream of requests the next message is read when the one before was answered: a caller that sends faster than it is
//     served waits, and costs one message of memory. Such a call has no bound on its length, but one of `idleTimeoutMs` on the
//     time in which it neither sends a message nor has one worked on.

import { constants } from 'node:http2';
import { status as Code } from '@grpc/grpc-js';
import type {
  Metadata,
  ServerInterceptingCallInterface,
  ServerInterceptor,
  ServerMethodDefinition,
} from '@grpc/grpc-js';
import type { TraceContext } from '../domain/command';
import { Refusal } from '../domain/refusal';
import type { ReasonName } from '../domain/refusal';
import type { CallCount } from './call-count';
import { traceOf } from './caller';
import { explained } from './explained';
import { refusalStatus } from './status';
import type { RequestSpan, RequestTracer } from './tracing';

export interface GuardLimits {
  /** From the headers to the end of the request, in milliseconds. */
  readonly receiveTimeoutMs: number;
  /** From the headers to the answer of a unary call, in milliseconds. */
  readonly operationTimeoutMs: number;
  /** Between two messages of a call that streams requests, in milliseconds. */
  readonly idleTimeoutMs: number;
}

type Method = ServerMethodDefinition<unknown, unknown>;
type InterceptingServerListener = Parameters<ServerInterceptingCallInterface['start']>[0];
type PartialStatusObject = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

/** Bytes of metadata in one call: a session, a trace context and room to spare. gRPC's own default is 8 KiB. */
const METADATA_BYTES_MAX = 16 * 1024;
/** How long the status of a call that streams requests may take to leave, in milliseconds. */
const STATUS_GRACE_MS = 2000;
/** How often calls are looked at, in milliseconds: how late a bound may strike. */
const TICK_MS = 250;

export class CallGuard {
  private readonly open = new Set<GuardedCall>();
  /** Streaming calls, and all calls of a traced server: what a handler looks up by its metadata. */
  private readonly known = new WeakMap<Metadata, GuardedCall>();
  private readonly timer: NodeJS.Timeout;
  private idle: (() => void) | undefined;
  /** Monotonic time of the last tick in milliseconds. */
  private nowMs = performance.now();

  /** `waiting` names the unary methods that may wait longer than the operation timeout, by path. */
  constructor(
    private readonly limits: GuardLimits,
    private readonly waiting: ReadonlySet<string>,
    private readonly tracer: RequestTracer | undefined,
    private readonly count: CallCount,
  ) {
    this.timer = setInterval(() => this.tick(performance.now()), TICK_MS).unref();
  }

  /** The interceptor that puts each call under guard. */
  readonly interceptor: ServerInterceptor = (method: Method, call) => {
    const guarded = new GuardedCall(this, method, call, this.nowMs);
    this.open.add(guarded);
    // grpc-js names its own class here, but calls the interface alone.
    return guarded as unknown as ReturnType<ServerInterceptor>;
  };

  /** The context of a call's own span; undefined without tracing. */
  spanOf(metadata: Metadata): TraceContext | undefined {
    return this.tracer && this.known.get(metadata)?.span?.context;
  }

  /** How many calls are open. */
  get openCount(): number {
    return this.open.size;
  }

  /** Ends every streaming call. */
  endStreams(why: Refusal): void {
    for (const call of [...this.open]) if (call.method.responseStream) call.refuseWith(why);
  }

  /** Resolves when no call is open. */
  whenIdle(): Promise<void> {
    if (this.open.size === 0) return Promise.resolve();
    return new Promise((resolve) => (this.idle = resolve));
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** Ends calls that are over a bound at `nowMs`, a monotonic time. */
  tick(nowMs: number): void {
    this.nowMs = nowMs;
    const { receiveTimeoutMs, operationTimeoutMs, idleTimeoutMs } = this.limits;
    for (const call of this.open) {
      const ageMs = nowMs - call.startedMs;
      // Calls are in the order of their start.
      if (ageMs < Math.min(receiveTimeoutMs, operationTimeoutMs, idleTimeoutMs)) return;
      if (call.method.requestStream) {
        if (call.unanswered || nowMs - call.movedMs < idleTimeoutMs) continue;
        call.refuse('DEADLINE_EXCEEDED', `nothing came for ${idleTimeoutMs / 1000} s; what was answered stays`);
      } else if (!call.received && ageMs >= receiveTimeoutMs) {
        call.refuse('DEADLINE_EXCEEDED', `the request did not arrive within ${receiveTimeoutMs / 1000} s`);
      } else if (call.received && !call.method.responseStream && ageMs >= operationTimeoutMs) {
        if (this.waiting.has(call.method.path)) continue;
        call.refuse(
          'DEADLINE_EXCEEDED',
          `no answer within ${operationTimeoutMs / 1000} s: a change may yet be applied`,
        );
      }
    }
  }

  /** Resets a call's stream after `graceMs`, in which what was written may still be read. */
  cutOff(metadata: Metadata, graceMs: number): void {
    const call = this.known.get(metadata);
    if (call) setTimeout(() => call.reset(), graceMs).unref();
  }

  /** Monotonic time in milliseconds, as of the last tick. */
  get now(): number {
    return this.nowMs;
  }

  begin(call: GuardedCall, metadata: Metadata): void {
    if (this.tracer) call.span = this.tracer.start(call.method.path, traceOf(metadata));
    if (this.tracer || call.method.responseStream) this.known.set(metadata, call);
  }

  ended(call: GuardedCall, code: Code): void {
    this.count.ended(call.method, code, call.beganMs);
    this.forget(call);
  }

  private forget(call: GuardedCall): void {
    if (!this.open.delete(call) || this.open.size > 0) return;
    this.idle?.();
    this.idle = undefined;
  }
}

/** One call on its way through the guard: the call to the handler, the listener to grpc-js. */
export class GuardedCall implements ServerInterceptingCallInterface, InterceptingServerListener {
  /** Exactly; `startedMs` is as of the last tick. */
  readonly beganMs = performance.now();
  received = false;
  span: RequestSpan | undefined;
  /** When a message last came or went, of a call that streams requests. */
  movedMs: number;
  /** G5: a message is with the handler, and whether it has asked for the next. */
  unanswered = false;
  private ended = false;
  private wanted = false;
  private listener: InterceptingServerListener | undefined;

  constructor(
    private readonly guard: CallGuard,
    readonly method: Method,
    private readonly call: ServerInterceptingCallInterface,
    readonly startedMs: number,
  ) {
    this.movedMs = startedMs;
  }

  start(listener: InterceptingServerListener): void {
    this.listener = listener;
    this.call.start(this);
  }

  onReceiveMetadata(metadata: Metadata): void {
    this.guard.begin(this, metadata);
    if (metadataBytes(metadata) > METADATA_BYTES_MAX) {
      this.refuse('TOO_LARGE', `the call's metadata is larger than ${METADATA_BYTES_MAX} bytes`);
      return;
    }
    this.listener?.onReceiveMetadata(metadata);
  }

  onReceiveMessage(message: unknown): void {
    if (this.method.requestStream) {
      // What is not answered one by one is read as fast as the handler's buffer takes it.
      this.unanswered = this.method.responseStream;
      this.movedMs = this.guard.now;
    }
    if (!this.ended) this.listener?.onReceiveMessage(message);
  }

  onReceiveHalfClose(): void {
    this.received = true;
    if (!this.ended) this.listener?.onReceiveHalfClose();
  }

  onCancel(): void {
    this.finish(Code.CANCELLED);
    if (!this.received) this.letGo();
    this.listener?.onCancel();
  }

  sendMetadata(metadata: Metadata): void {
    if (!this.ended) this.call.sendMetadata(metadata);
  }

  sendMessage(message: unknown, callback: () => void): void {
    if (this.ended) return;
    this.call.sendMessage(message, callback);
    if (!this.method.requestStream) return;
    this.movedMs = this.guard.now;
    this.unanswered = false;
    if (this.wanted) this.startRead();
  }

  sendStatus(status: PartialStatusObject): void {
    if (this.ended) return;
    this.finish(status.code);
    this.call.sendStatus(status.code === Code.OK ? status : explained(status));
  }

  /** Ends the call with a refusal. A request that has not arrived is not waited for any more. */
  refuse(reason: ReasonName, message: string): void {
    this.refuseWith(new Refusal(reason, message));
  }

  refuseWith(refusal: Refusal): void {
    this.sendStatus(refusalStatus(refusal));
    if (!this.received) this.letGo();
  }

  /** Ends the stream of a caller that is not waited for. A reset throws away what was not sent yet: a call that was answered before gets
   *  time for its status, and grpc-js callers close by themselves when they have it. */
  private letGo(): void {
    if (this.method.requestStream) setTimeout(() => this.reset(), STATUS_GRACE_MS).unref();
    else this.reset();
  }

  /**
   * Resets the HTTP/2 stream once what is written has left; does nothing when it is closed. An ended call whose caller
   * neither reads nor stops sending would keep its stream. grpc-js offers no way to it but its own field.
   */
  reset(): void {
    const { stream } = this.call as unknown as { readonly stream?: { close(code: number): void } };
    stream?.close(constants.NGHTTP2_NO_ERROR);
  }

  startRead(): void {
    this.wanted = this.unanswered;
    if (!this.wanted) this.call.startRead();
  }
  getPeer(): string {
    return this.call.getPeer();
  }
  getDeadline(): ReturnType<ServerInterceptingCallInterface['getDeadline']> {
    return this.call.getDeadline();
  }
  getHost(): string {
    return this.call.getHost();
  }
  getAuthContext(): ReturnType<ServerInterceptingCallInterface['getAuthContext']> {
    return this.call.getAuthContext();
  }
  getConnectionInfo(): ReturnType<ServerInterceptingCallInterface['getConnectionInfo']> {
    return this.call.getConnectionInfo();
  }
  getMetricsRecorder(): ReturnType<ServerInterceptingCallInterface['getMetricsRecorder']> {
    return this.call.getMetricsRecorder();
  }

  private finish(code: Code): void {
    if (this.ended) return;
    this.ended = true;
    this.span?.end(code);
    this.guard.ended(this, code);
  }
}

function metadataBytes(metadata: Metadata): number {
  let bytes = 0;
  const values = metadata.toJSON();
  for (const key in values) for (const value of values[key]!) bytes += key.length + value.length + 32;
  return bytes;
}
