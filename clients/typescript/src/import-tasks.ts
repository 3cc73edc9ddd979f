// Tasks taken over from elsewhere: a stream of steps, one answer each, resumed at the first step without an answer.
//
// I1. A step is sent only after the one before it was answered: what is not answered is one step.
// I2. Every stream carries the same import id, so that a step that was applied but not answered changes nothing a second time.

import { randomUUID } from 'node:crypto';
import { Backoff } from './backoff';
import type { CallOptions } from './call-options';
import type { Connection, Opened } from './connection';
import { taskOf } from './fields';
import type { TaskFields } from './fields';
import { ImportedTask, ImportReport, TaskServiceService } from './gen/holdfast/v1/task_service';
import type { DeepPartial, ImportTasksRequest, ImportTasksResponse } from './gen/holdfast/v1/task_service';
import { HoldfastError } from './error';
import { noDetails } from './status-details';
import type { ClientDuplexStream } from '@grpc/grpc-js';

/** A task as another tracker has it. */
export type ImportedTaskFields = Omit<DeepPartial<ImportedTask>, 'task' | '_unknownFields'> & {
  /** What the source calls it, unique in the project. */
  readonly key: string;
  readonly task: TaskFields;
};

export interface ImportOptions extends CallOptions {
  /** Names the import, in the form of a task id: the same one again resumes it. Without it the client makes one. */
  readonly importId?: string;
  /** The project, instead of the client's own. */
  readonly project?: string;
  /** Hears why the stream broke, before it is opened again. */
  readonly onReconnect?: (error: HoldfastError) => void;
}

/** How an import stands. */
export interface ImportProgress {
  readonly importId: string;
  /**
   * What it came to so far, over all its streams; `issues` from this step alone. After a broken connection tasks of the step that
   * was under way may count as there already.
   */
  readonly report: ImportReport;
  /** All its tasks are released: the last progress. */
  readonly finished: boolean;
}

type Step = NonNullable<ImportTasksRequest['step']>;
type Stream = ClientDuplexStream<ImportTasksRequest, ImportTasksResponse>;
type Counts = Omit<ImportReport, 'issues' | '_unknownFields'>;

/** Tasks of one step: the most that a chunk takes, and bytes far below what a message may have. */
const CHUNK_TASKS_MAX = 500;
const CHUNK_BYTES_MAX = 1024 * 1024;

/** Sends tasks, parents before their children, and gives how the import stands after each step. Throws HoldfastError. */
export async function* importTasks(
  connection: Connection,
  parent: string,
  tasks: Iterable<ImportedTaskFields> | AsyncIterable<ImportedTaskFields>,
  options: ImportOptions,
): AsyncGenerator<ImportProgress, void, undefined> {
  const importId = options.importId ?? `import-${randomUUID()}`;
  const sender = new Sender(connection, { $case: 'begin', value: { parent, importId } }, options);
  try {
    for await (const chunk of chunksOf(tasks)) {
      const step: Step = { $case: 'chunk', value: { tasks: chunk } };
      yield { importId, report: (await sender.send(step)).report, finished: false };
    }
    let answer = await sender.send({ $case: 'finish', value: {} });
    while (!answer.finished) {
      yield { importId, report: answer.report, finished: false };
      answer = await sender.next();
    }
    yield { importId, report: answer.report, finished: true };
  } finally {
    sender.end();
  }
}

interface Answer {
  readonly report: ImportReport;
  readonly finished: boolean;
}

/** Sends steps over as many streams as it takes. */
class Sender {
  private open: (Opened<Stream> & { readonly answers: AsyncIterator<ImportTasksResponse, undefined> }) | undefined;
  private readonly backoff: Backoff;
  /** The step without an answer. */
  private step: Step | undefined;
  /** What the streams before this one came to, and this one so far. */
  private before: Counts = ImportReport.create();
  private sofar: Counts = ImportReport.create();

  constructor(
    private readonly connection: Connection,
    private readonly begin: Step,
    private readonly options: ImportOptions,
  ) {
    this.backoff = new Backoff(connection.options.retryForMs);
  }

  /** Sends a step and gives its answer. */
  send(step: Step): Promise<Answer> {
    this.step = step;
    return this.answered(false);
  }

  /** One more answer to the last step. */
  next(): Promise<Answer> {
    return this.answered(true);
  }

  end(): void {
    this.open?.release();
    this.open = undefined;
  }

  private async answered(sent: boolean): Promise<Answer> {
    const { signal, onReconnect } = this.options;
    let waiting = sent;
    for (;;) {
      try {
        if (!this.open) {
          this.reopen();
          waiting = false;
          await this.exchange(this.begin);
        }
        const answer = await this.exchange(waiting ? undefined : this.step!);
        this.backoff.reset();
        const { issues = [], ...counts } = answer.report ?? ImportReport.create();
        this.sofar = counts;
        return { report: { ...sumOf(this.before, counts), issues }, finished: answer.finished };
      } catch (error) {
        this.end();
        this.connection.mustBeOpen(signal, '');
        const failure = this.connection.errorOf(error);
        const waitMs = this.backoff.waitAfter(failure);
        if (waitMs === undefined) throw failure;
        onReconnect?.(failure);
        await this.connection.pause(waitMs, signal);
        this.connection.mustBeOpen(signal, '');
      }
    }
  }

  private reopen(): void {
    this.before = sumOf(this.before, this.sofar);
    this.sofar = ImportReport.create();
    const opened = this.connection.duplexStream(TaskServiceService.importTasks, this.options);
    const answers = (opened.stream as AsyncIterable<ImportTasksResponse, undefined>)[Symbol.asyncIterator]();
    this.open = { ...opened, answers };
  }

  private async exchange(step: Step | undefined): Promise<ImportTasksResponse> {
    const { stream, answers, release } = this.open!;
    if (step) stream.write({ step });
    const timer = setTimeout(release, this.options.timeoutMs ?? this.connection.options.timeoutMs);
    try {
      const next = await answers.next();
      if (next.done)
        throw new HoldfastError('UNAVAILABLE', { ...noDetails, message: 'the server ended the import early' });
      this.connection.positions.seen(next.value.position);
      return next.value;
    } finally {
      clearTimeout(timer);
    }
  }
}

function sumOf(left: Counts, right: Counts): Counts {
  return {
    created: left.created + right.created,
    alreadyThere: left.alreadyThere + right.alreadyThere,
    released: left.released + right.released,
    parents: left.parents + right.parents,
    dependencies: left.dependencies + right.dependencies,
    unresolved: left.unresolved + right.unresolved,
    notes: left.notes + right.notes,
  };
}

async function* chunksOf(
  tasks: Iterable<ImportedTaskFields> | AsyncIterable<ImportedTaskFields>,
): AsyncGenerator<ImportedTask[], void, undefined> {
  let chunk: ImportedTask[] = [];
  let bytes = 0;
  for await (const fields of tasks) {
    const task = { ...ImportedTask.fromPartial({ ...fields, task: undefined }), task: taskOf(fields.task) };
    const size = ImportedTask.encode(task).finish().length;
    if (chunk.length === CHUNK_TASKS_MAX || (chunk.length > 0 && bytes + size > CHUNK_BYTES_MAX)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(task);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}
