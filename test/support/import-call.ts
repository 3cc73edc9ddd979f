import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import { Task } from '../../src/gen/holdfast/v1/task';
import { ImportedTask } from '../../src/gen/holdfast/v1/task_service';
import type {
  ImportTasksRequest,
  ImportTasksResponse,
  TaskServiceClient,
} from '../../src/gen/holdfast/v1/task_service';

/** One ImportTasks call of a test: answers as they come, and how it ended. */
export class ImportCall {
  readonly answers: ImportTasksResponse[] = [];
  /** The reason of the status: OK, or that of its details, or the bare code. */
  readonly ended: Promise<string>;
  readonly stream: ClientDuplexStream<ImportTasksRequest, ImportTasksResponse>;
  private readonly waiting: (() => void)[] = [];

  constructor(client: TaskServiceClient) {
    this.stream = client.importTasks();
    this.stream.on('data', (answer: ImportTasksResponse) => {
      this.answers.push(answer);
      for (const wake of this.waiting.splice(0)) wake();
    });
    this.ended = new Promise((resolve) => {
      let reason = 'OK';
      this.stream.on('error', (error: ServiceError) => (reason = reasonOf(error)));
      this.stream.on('status', () => setImmediate(() => resolve(reason)));
    });
  }

  /** Sends without waiting. */
  send(step: ImportTasksRequest['step']): void {
    this.stream.write({ step });
  }

  /** Sends, and gives the next answer. Rejects with the reason if the call ends instead. */
  async ask(step: ImportTasksRequest['step']): Promise<ImportTasksResponse> {
    const count = this.answers.length;
    this.send(step);
    return this.answer(count);
  }

  /** The answer with this index, when it is there. */
  async answer(index: number): Promise<ImportTasksResponse> {
    while (this.answers.length <= index) {
      const next = new Promise<undefined>((resolve) => this.waiting.push(() => resolve(undefined)));
      const ended = await Promise.race([next, this.ended]);
      if (ended !== undefined && this.answers.length <= index) throw new Error(`the call ended: ${ended}`);
    }
    return this.answers[index]!;
  }

  begin(importId = '', parent = 'projects/default'): Promise<ImportTasksResponse> {
    return this.ask({ $case: 'begin', value: { parent, importId } });
  }

  chunk(tasks: readonly ImportedTask[]): Promise<ImportTasksResponse> {
    return this.ask({ $case: 'chunk', value: { tasks: [...tasks] } });
  }

  /** Finishes, and gives the last answer. */
  async finish(): Promise<ImportTasksResponse> {
    let answer = await this.ask({ $case: 'finish', value: {} });
    while (!answer.finished) answer = await this.answer(this.answers.indexOf(answer) + 1);
    return answer;
  }
}

/** A task to import. */
export function importedTask(key: string, task: Partial<Task> = {}, more: Partial<ImportedTask> = {}): ImportedTask {
  return { ...ImportedTask.create(), key, task: Task.fromPartial({ title: key, ...task }), ...more };
}

function reasonOf({ metadata, code }: ServiceError): string {
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? [];
  if (!Buffer.isBuffer(bytes)) return String(code);
  return ErrorInfo.decode(Status.decode(bytes).details[0]!.value).reason;
}
