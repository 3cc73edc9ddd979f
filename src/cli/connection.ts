// The one way to a server: unary calls that are tried again where that is safe, and streams.

import type {
  ClientDuplexStream,
  ClientReadableStream,
  ClientWritableStream,
  MethodDefinition,
  ServiceError,
} from '@grpc/grpc-js';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallFailure } from './failure';
import { callFailure } from './failure';
import type { Settings } from './settings';

/** A response, and its bytes as they came: JSON is made of the bytes, so that nothing is lost on the way. */
export interface Answer<T> {
  readonly message: T;
  readonly bytes: Uint8Array;
}

export type Method<Request, Response> = Pick<
  MethodDefinition<Request, Response>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;

type Dialled = Pick<Settings, 'program' | 'server' | 'timeoutMs' | 'retryForMs' | 'session'>;

/** The first wait between two tries; it doubles up to the longest. A restart takes about a second. */
const retryFirstMs = 50;
const retryLongestMs = 1000;

export class Connection {
  private readonly client: Client;
  private readonly metadata = new Metadata();

  /** `onRetry` hears of the first try that failed, so that a person knows why nothing happens. */
  constructor(
    private readonly settings: Dialled,
    private readonly onRetry: (failure: CallFailure) => void = () => undefined,
  ) {
    this.client = new Client(settings.server, credentials.createInsecure(), {
      // A page of full tasks may be larger than the 4 MiB that grpc-js takes by default.
      'grpc.max_receive_message_length': -1,
      'grpc.initial_reconnect_backoff_ms': retryFirstMs,
      'grpc.max_reconnect_backoff_ms': retryLongestMs,
      // Agents run on one machine with the server; an HTTP proxy in their environment is not meant for it.
      'grpc.enable_http_proxy': 0,
      'grpc.primary_user_agent': settings.program ?? 'holdfast-cli',
    });
    if (settings.session) this.actAs(settings.session);
  }

  /** From now on calls carry this session: `NAME;TOKEN`. */
  actAs(session: string): void {
    this.metadata.set('holdfast-session', session);
  }

  /**
   * Calls a method. While no server answers, or it is overloaded, the same request goes out again for `retryForMs`: a
   * mutation must carry a request id. `waitMs` is how long the server may wait before it answers. Rejects with a CallFailure.
   */
  async call<Q, S>(method: Method<Q, S>, request: Q, waitMs = 0): Promise<Answer<S>> {
    const endAt = performance.now() + waitMs + this.settings.retryForMs;
    for (let restMs = retryFirstMs, tries = 1; ; restMs = Math.min(restMs * 2, retryLongestMs), tries++) {
      try {
        return await this.attempt(method, request, waitMs);
      } catch (error) {
        const failure = callFailure(error as ServiceError, this.settings.server);
        const pauseMs = Math.max(restMs * (0.5 + Math.random() / 2), failure.retryAfterMs);
        failure.requestId = requestIdOf(request);
        if (!failure.passing || performance.now() + pauseMs > endAt) throw failure;
        if (tries === 1) this.onRetry(failure);
        await delay(pauseMs);
      }
    }
  }

  private attempt<Q, S>(method: Method<Q, S>, request: Q, waitMs: number): Promise<Answer<S>> {
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest<Q, Answer<S>>(
        method.path,
        method.requestSerialize,
        (bytes) => ({ message: method.responseDeserialize(bytes), bytes }),
        request,
        this.metadata,
        { deadline: Date.now() + waitMs + this.settings.timeoutMs },
        (error, answer) => (error ? reject(error) : resolve(answer!)),
      );
    });
  }

  /** Opens a server stream, once. Its errors are for `failureOf`. */
  stream<Q, S>(method: Method<Q, S>, request: Q): ClientReadableStream<Answer<S>> {
    return this.client.makeServerStreamRequest<Q, Answer<S>>(
      method.path,
      method.requestSerialize,
      (bytes) => ({ message: method.responseDeserialize(bytes), bytes }),
      request,
      this.metadata,
    );
  }

  /** Opens a stream in both directions, once. Its errors are for `failureOf`. */
  duplex<Q, S>(method: Method<Q, S>): ClientDuplexStream<Q, S> {
    const { path, requestSerialize, responseDeserialize } = method;
    return this.client.makeBidiStreamRequest<Q, S>(path, requestSerialize, responseDeserialize, this.metadata);
  }

  /** Opens a stream to the server, once; its answer, or a CallFailure, comes when the stream has ended. */
  upload<Q, S>(method: Method<Q, S>): { stream: ClientWritableStream<Q>; answer: Promise<Answer<S>> } {
    let settle: (error: ServiceError | null, answer?: Answer<S>) => void;
    const answer = new Promise<Answer<S>>((resolve, reject) => {
      settle = (error, given) => (error ? reject(this.failureOf(error)) : resolve(given!));
    });
    const stream = this.client.makeClientStreamRequest<Q, Answer<S>>(
      method.path,
      method.requestSerialize,
      (bytes) => ({ message: method.responseDeserialize(bytes), bytes }),
      this.metadata,
      (error, given) => settle(error, given),
    );
    return { stream, answer };
  }

  failureOf(error: unknown): CallFailure {
    return callFailure(error as ServiceError, this.settings.server);
  }

  close(): void {
    this.client.close();
  }
}

/** The request id of a mutation; empty for a read. */
function requestIdOf(request: unknown): string {
  const id: unknown =
    typeof request === 'object' && request !== null && 'requestId' in request ? request.requestId : '';
  return typeof id === 'string' ? id : '';
}
