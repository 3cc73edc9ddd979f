import type { ClientDuplexStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { ImportTasksRequest, ImportTasksResponse } from '../../gen/holdfast/v1/task_service';
import type { Connection } from '../connection';

/** One ImportTasks call: a message out, an answer in. */
export class ImportStream {
  private readonly stream: ClientDuplexStream<ImportTasksRequest, ImportTasksResponse>;
  private readonly answers: AsyncIterator<ImportTasksResponse>;
  private late = false;

  /** `timeoutMs` bounds the wait for each answer. */
  constructor(
    private readonly connection: Connection,
    private readonly timeoutMs: number,
  ) {
    this.stream = connection.duplex(TaskServiceService.importTasks);
    this.answers = this.stream[Symbol.asyncIterator]() as AsyncIterator<ImportTasksResponse>;
  }

  /** Sends a step and waits for its answer. Rejects with a CallFailure. */
  async ask(step: NonNullable<ImportTasksRequest['step']>): Promise<ImportTasksResponse> {
    this.stream.write({ step });
    return this.answer();
  }

  /** The next answer. Rejects with a CallFailure. */
  async answer(): Promise<ImportTasksResponse> {
    const timer = setTimeout(() => {
      this.late = true;
      this.stream.cancel();
    }, this.timeoutMs);
    try {
      const next = await this.answers.next();
      if (next.done !== true) return next.value;
    } catch (error) {
      if (!this.late) throw this.connection.failureOf(error);
    } finally {
      clearTimeout(timer);
    }
    const details = this.late
      ? `no answer within ${this.timeoutMs / 1000} s`
      : 'the import ended before it was finished';
    const code = this.late ? status.DEADLINE_EXCEEDED : status.UNAVAILABLE;
    throw this.connection.failureOf(Object.assign(new Error(details), { code, details }));
  }

  end(): void {
    this.stream.end();
  }

  /** Gives the call up. What was answered stays. */
  cancel(): void {
    // An error that nobody waits for any more must not end the process.
    this.stream.on('error', () => undefined);
    this.stream.cancel();
  }
}
