// The one way to the server: unary calls that are tried again where that is safe, and streams.
//
// N1. A mutation carries a request id, the same one in every try.
// N2. A read carries the highest position that was seen, unless its caller chose one.
// N3. Only UNAVAILABLE and `OVERLOADED` are tried again.

import { Client, Metadata } from '@grpc/grpc-js';
import type {
  ClientDuplexStream,
  ClientReadableStream,
  ClientWritableStream,
  MethodDefinition,
  ServiceError,
} from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff';
import type { CallOptions } from './call-options';
import { channelCredentials, channelOptions } from './channel';
import { errorOfCall, HoldfastError, stoppedByCaller } from './error';
import type { Position } from './gen/holdfast/v1/common';
import { mustBeTime } from './options';
import type { ResolvedOptions } from './options';
import { Positions } from './positions';

/** A method of a generated service. */
export type Method<Request, Response> = Pick<
  MethodDefinition<Request, Response>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;

/** Fields that the client itself fills. */
interface Filled {
  readonly requestId?: string;
  readonly atLeast?: Position | undefined;
}

/** What all connections of one client share. */
interface Line {
  readonly positions: Positions;
  readonly client: Client;
  /** What ends the open calls. */
  readonly stops: Set<() => void>;
  closed: boolean;
}

export class Connection {
  private readonly line: Line;

  constructor(
    readonly options: ResolvedOptions,
    line?: Line,
    private readonly onFailure?: (failure: HoldfastError) => void,
  ) {
    this.line = line ?? {
      positions: new Positions(),
      client: new Client(options.address, channelCredentials(options), channelOptions(options)),
      stops: new Set(),
      closed: false,
    };
  }

  /** The same connection for calls of a session. `onFailure` hears what they fail with. Both close together. */
  bound(
    { project, metadata }: Pick<ResolvedOptions, 'project' | 'metadata'>,
    onFailure: (failure: HoldfastError) => void,
  ): Connection {
    const options = { ...this.options, project, metadata: { ...this.options.metadata, ...metadata } };
    return new Connection(options, this.line, onFailure);
  }

  get positions(): Positions {
    return this.line.positions;
  }

  /** Calls a method, and again while that is safe and may help, for `retryForMs`. Rejects with a HoldfastError. */
  async unary<Q extends object, S extends object>(
    method: Method<Q, S>,
    given: Q,
    options: CallOptions = {},
    retryForMs = this.options.retryForMs,
  ): Promise<S> {
    const { timeoutMs = this.options.timeoutMs } = options;
    mustBeTime('timeoutMs', timeoutMs, 1);
    const request: Q & Filled = this.filled(given);
    const requestId = request.requestId ?? '';
    const backoff = new Backoff(retryForMs);
    for (;;) {
      this.mustBeOpen(options.signal, requestId);
      try {
        const response: S & { readonly position?: Position } = await this.attempt(method, request, options, timeoutMs);
        this.positions.seen(response.position);
        return response;
      } catch (error) {
        this.mustBeOpen(options.signal, requestId, error);
        const failure = this.errorOf(error, requestId);
        this.positions.refused(failure);
        const waitMs = backoff.waitAfter(failure);
        if (waitMs === undefined) throw failure;
        await this.pause(waitMs, options.signal);
      }
    }
  }

  /** Opens a server stream, once; `release` when it is over. Its errors are for `errorOf`. */
  serverStream<Q, S>(method: Method<Q, S>, request: Q, options: CallOptions = {}): Opened<ClientReadableStream<S>> {
    this.mustBeOpen(options.signal, '');
    const { path, requestSerialize, responseDeserialize } = method;
    const metadata = this.metadataOf(options);
    return this.opened(
      this.line.client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, metadata),
      options,
    );
  }

  /** Opens a stream in both directions, once; `release` when it is over. Its errors are for `errorOf`. */
  duplexStream<Q, S>(method: Method<Q, S>, options: CallOptions = {}): Opened<ClientDuplexStream<Q, S>> {
    this.mustBeOpen(options.signal, '');
    const { path, requestSerialize, responseDeserialize } = method;
    const metadata = this.metadataOf(options);
    return this.opened(
      this.line.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata),
      options,
    );
  }

  /** Sends a stream of messages, once, and gives the answer. Rejects with a HoldfastError. */
  async clientStream<Q, S extends { readonly position?: Position | undefined }>(
    method: Method<Q, S>,
    messages: AsyncIterable<Q>,
    requestId: string,
    options: CallOptions = {},
  ): Promise<S> {
    this.mustBeOpen(options.signal, requestId);
    const { path, requestSerialize, responseDeserialize } = method;
    const metadata = this.metadataOf(options);
    let opened: Opened<ClientWritableStream<Q>> | undefined;
    const answered = new Promise<S>((resolve, reject) => {
      opened = this.opened(
        this.line.client.makeClientStreamRequest(
          path,
          requestSerialize,
          responseDeserialize,
          metadata,
          (error, answer) => (error ? reject(error) : resolve(answer!)),
        ),
        options,
      );
    });
    const { stream, release } = opened!;
    const sent = sendAll(stream, messages).catch((error: unknown) => {
      release();
      throw error;
    });
    try {
      // The server may refuse before it has read all: then there is nothing more to send.
      const answer = await Promise.race([answered, sent.then(() => answered)]);
      this.positions.seen(answer.position);
      return answer;
    } catch (error) {
      this.mustBeOpen(options.signal, requestId, error);
      throw this.errorOf(error, requestId);
    } finally {
      release();
      await Promise.allSettled([answered, sent]);
    }
  }

  /** What a failed call or stream says. Throws what is no failure of a call as it is: a defect, or metadata of a wrong form. */
  errorOf(error: unknown, requestId = ''): HoldfastError {
    if (error instanceof HoldfastError) return error;
    if (typeof (error as Partial<ServiceError>).code !== 'number') throw error;
    const failure = errorOfCall(error as ServiceError, this.options.address, requestId);
    this.onFailure?.(failure);
    return failure;
  }

  /** Whether nothing more is wanted: the caller's signal has aborted, or the client is closed. */
  stopped(signal: AbortSignal | undefined): boolean {
    return this.line.closed || signal?.aborted === true;
  }

  /** Throws CANCELLED when nothing more is wanted. */
  mustBeOpen(signal: AbortSignal | undefined, requestId: string, cause: unknown = signal?.reason): void {
    if (this.line.closed) throw stoppedByCaller('the client is closed', requestId, cause);
    if (signal?.aborted) throw stoppedByCaller('the caller stopped the call', requestId, signal.reason);
  }

  /** Waits; ends early when nothing more is wanted. */
  async pause(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    const stop = new AbortController();
    const release = this.onStop(signal, () => stop.abort());
    try {
      await delay(waitMs, undefined, { signal: stop.signal });
    } catch {
      // Aborted, which the caller looks at next.
    } finally {
      release();
    }
  }

  /** Ends every open call and stream, and closes the connection. */
  close(): void {
    const { line } = this;
    if (line.closed) return;
    line.closed = true;
    for (const stop of [...line.stops]) stop();
    line.client.close();
  }

  private filled<Q extends object>(request: Q & Filled): Q & Filled {
    // Every field is present in a generated message: `in` says whether the method has it.
    if ('requestId' in request && request.requestId === '') return { ...request, requestId: randomUUID() };
    if ('atLeast' in request && request.atLeast === undefined) return { ...request, atLeast: this.positions.current };
    return request;
  }

  private attempt<Q, S>(method: Method<Q, S>, request: Q, options: CallOptions, timeoutMs: number): Promise<S> {
    return new Promise((resolve, reject) => {
      const call = this.line.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        this.metadataOf(options),
        { deadline: Date.now() + timeoutMs },
        (error, response) => {
          release();
          if (error) reject(error);
          else resolve(response!);
        },
      );
      const release = this.onStop(options.signal, () => call.cancel());
    });
  }

  private opened<T extends Stream>(stream: T, { signal }: CallOptions): Opened<T> {
    // Whoever iterates hears errors by itself; this stands for the time after it, when `cancel` makes an error of its own.
    stream.on('error', () => undefined);
    const forget = this.onStop(signal, () => stream.cancel());
    const release = (): void => {
      forget();
      stream.cancel();
    };
    return { stream, release };
  }

  private onStop(signal: AbortSignal | undefined, stop: () => void): () => void {
    this.line.stops.add(stop);
    signal?.addEventListener('abort', stop, { once: true });
    return () => {
      this.line.stops.delete(stop);
      signal?.removeEventListener('abort', stop);
    };
  }

  private metadataOf(options: CallOptions): Metadata {
    const metadata = new Metadata();
    for (const [key, value] of Object.entries({ ...this.options.metadata, ...options.metadata })) {
      metadata.set(key, value);
    }
    return metadata;
  }
}

/** What every stream of grpc-js has. */
interface Stream {
  on(event: 'error', listener: (error: Error) => void): unknown;
  cancel(): void;
}

/** A stream, and what ends it. */
export interface Opened<T> {
  readonly stream: T;
  /** Ends the stream if it is open, and forgets it. */
  readonly release: () => void;
}

/** Writes all messages, as fast as the stream takes them, and ends it. */
async function sendAll<Q>(stream: ClientWritableStream<Q>, messages: AsyncIterable<Q>): Promise<void> {
  for await (const message of messages) {
    if (stream.destroyed) return;
    if (!stream.write(message)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }
  stream.end();
}
