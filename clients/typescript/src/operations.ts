// Long work on a server. Each method is one RPC of holdfast.v1.OperationService, whose comments are its manual.

import type { CallOptions, MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { timeoutOfWait } from './durations';
import { errorOfStatus } from './error';
import { OperationState } from './gen/holdfast/v1/operation';
import type { Operation } from './gen/holdfast/v1/operation';
import { OperationServiceService as Service } from './gen/holdfast/v1/operation_service';
import type { ListOperationsResponse } from './gen/holdfast/v1/operation_service';
import { operationName } from './names';
import { Pages } from './pages';
import { resumedStream } from './resumed-stream';

/** Seconds that one call of `wait` waits: a silent connection is not much older than that. */
const WAIT_SECONDS = 60;

/** Wherever a method takes an operation, its id is enough. */
export class Operations {
  constructor(private readonly connection: Connection) {}

  /** An operation as it is. */
  async get(operation: string, options: ReadOptions = {}): Promise<Operation> {
    const request = { name: operationName(operation), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getOperation, request, options)).operation!;
  }

  /** The operations, newest first. */
  list(options: ReadOptions & { readonly pageSize?: number } = {}): Pages<ListOperationsResponse, Operation> {
    const { pageSize = 0, atLeast } = options;
    return new Pages(
      (pageToken) => this.connection.unary(Service.listOperations, { pageSize, pageToken, atLeast }, options),
      (page) => page.operations,
    );
  }

  /** Asks a running operation to stop. What it has done stays done. */
  async cancel(operation: string, options: MutationOptions = {}): Promise<Operation> {
    const { requestId = '', validateOnly = false } = options;
    const request = { name: operationName(operation), requestId, validateOnly };
    return (await this.connection.unary(Service.cancelOperation, request, options)).operation!;
  }

  /**
   * Waits until an operation has ended, however long that takes and through restarts of the server. Gives one that has
   * SUCCEEDED or was CANCELED; rejects with the operation's own error if it has FAILED. `signal` ends the wait, not the work.
   */
  async wait(operation: string, options: Pick<CallOptions, 'signal' | 'metadata'> = {}): Promise<Operation> {
    const request = { name: operationName(operation), timeout: { seconds: WAIT_SECONDS, nanos: 0 } };
    const { signal, metadata } = options;
    for (;;) {
      const bounds = { signal, metadata, timeoutMs: timeoutOfWait(WAIT_SECONDS * 1000, 0) };
      const ended = (await this.connection.unary(Service.waitOperation, request, bounds)).operation!;
      if (ended.state === OperationState.RUNNING) continue;
      if (ended.result?.$case === 'error') throw errorOfStatus(ended.result.value);
      return ended;
    }
  }

  /** The operation as it is, then at each change, until it has ended. A stream that breaks is opened again. */
  async *watch(operation: string, options: CallOptions = {}): AsyncGenerator<Operation, void, undefined> {
    const request = { name: operationName(operation) };
    const answers = resumedStream(this.connection, Service.watchOperation, () => request, options);
    for await (const { operation: seen, position } of answers) {
      this.connection.positions.seen(position);
      if (!seen) continue;
      yield seen;
      if (seen.state !== OperationState.RUNNING) return;
    }
  }
}
