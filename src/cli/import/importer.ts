// Brings tasks into a project so that each ends in the state that it had, whatever crashes in between.
//
// I1. What was answered is durable. After a failure that passes, a new stream with the same import id goes on with the first
//     chunk that was not answered.
// I2. A second run finds the tasks by their keys and leaves them alone: nothing comes twice.
// I3. Tasks are released only after all of them are in: nobody starts on half a backlog.

import { setTimeout as delay } from 'node:timers/promises';
import type { ImportChunk, ImportedTask, ImportTasksResponse } from '../../gen/holdfast/v1/task_service';
import { ImportedTask as ImportedTaskCodec, ImportReport as ServerReport } from '../../gen/holdfast/v1/task_service';
import type { Connection } from '../connection';
import { CallFailure, Failure } from '../failure';
import { ImportStream } from './import-stream';
import type { ImportReport } from './report';
import { addCounts, newReport } from './report';
import type { SourceTask } from './source-task';

export interface ImportTarget {
  readonly connection: Connection;
  /** `projects/{project}` */
  readonly parent: string;
  readonly importId: string;
  /** For one answer. */
  readonly timeoutMs: number;
  /** How long an import without progress is tried again. */
  readonly retryForMs: number;
  /** Called with the number of tasks that went in or were released since the last call. */
  readonly onProgress: (tasks: number) => void;
  /** Called when a stream has broken and another will be opened. */
  readonly onRetry: (failure: CallFailure) => void;
}

/** One commit each: large enough to share its flush, small enough for a smooth bar. */
const chunkTasksMax = 250;
/** The service takes messages up to 4 MiB and records up to 3 MiB; a larger task goes alone. */
const chunkBytesMax = 1024 * 1024;
const retryFirstMs = 100;
const retryLongestMs = 2000;

/**
 * Imports tasks, parents before their children. Resolves when all are durable and released. Rejects with a Failure when the
 * server refuses a task, or is away for too long: another run goes on from there.
 */
export async function importTasks(target: ImportTarget, tasks: readonly SourceTask[]): Promise<ImportReport> {
  const run = new ImportRun(target, tasks);
  let endAt = performance.now() + target.retryForMs;
  for (let waitMs = retryFirstMs; ; waitMs = Math.min(waitMs * 2, retryLongestMs)) {
    const before = run.steps;
    try {
      await run.once();
      return run.report;
    } catch (error) {
      if (!(error instanceof CallFailure) || !error.passing) throw error;
      if (run.steps > before) {
        endAt = performance.now() + target.retryForMs;
        waitMs = retryFirstMs;
      }
      const pauseMs = Math.max(waitMs * (0.5 + Math.random() / 2), error.retryAfterMs);
      if (performance.now() + pauseMs > endAt) throw error;
      target.onRetry(error);
      await delay(pauseMs);
    }
  }
}

class ImportRun {
  readonly report: ImportReport;
  /** Answers so far. */
  steps = 0;
  private readonly chunks: readonly Chunk[];
  private nextChunk = 0;

  constructor(
    private readonly target: ImportTarget,
    tasks: readonly SourceTask[],
  ) {
    this.report = newReport(tasks);
    this.chunks = [...chunksOf(tasks)];
  }

  /** One stream, from the first chunk that was not answered to the end. */
  async once(): Promise<void> {
    const { connection, timeoutMs, parent, importId, onProgress } = this.target;
    const stream = new ImportStream(connection, timeoutMs);
    let last: ServerReport = ServerReport.create();
    const take = ({ report }: ImportTasksResponse): ServerReport => {
      const before = last;
      this.steps++;
      last = report ?? last;
      for (const { key, message } of last.issues) this.report.warnings.push(`${key}: ${message}`);
      return before;
    };
    try {
      take(await stream.ask({ $case: 'begin', value: { parent, importId } }));
      for (; this.nextChunk < this.chunks.length; this.nextChunk++) {
        const { sources, message } = this.chunks[this.nextChunk]!;
        const asked = stream.ask({ $case: 'chunk', value: message });
        take(await asked.catch((error: unknown) => Promise.reject(naming(error, sources) as Error)));
        onProgress(sources.length);
      }
      let answer = await stream.ask({ $case: 'finish', value: {} });
      for (;;) {
        const { released } = take(answer);
        onProgress(last.released - released);
        if (answer.finished) break;
        answer = await stream.answer();
      }
      stream.end();
    } catch (error) {
      stream.cancel();
      throw error;
    } finally {
      addCounts(this.report, last);
    }
  }
}

interface Chunk {
  readonly sources: readonly SourceTask[];
  readonly message: ImportChunk;
}

function* chunksOf(tasks: readonly SourceTask[]): Generator<Chunk> {
  let sources: SourceTask[] = [];
  let messages: ImportedTask[] = [];
  let chunkBytes = 0;
  for (const source of tasks) {
    const message = messageOf(source);
    const bytes = ImportedTaskCodec.encode(message).finish().length;
    if (sources.length === chunkTasksMax || (sources.length > 0 && chunkBytes + bytes > chunkBytesMax)) {
      yield { sources, message: { tasks: messages } };
      [sources, messages, chunkBytes] = [[], [], 0];
    }
    sources.push(source);
    messages.push(message);
    chunkBytes += bytes;
  }
  if (sources.length > 0) yield { sources, message: { tasks: messages } };
}

function messageOf({ key, parentKey, task, edges, notes }: SourceTask): ImportedTask {
  return { key, task, parentKey: parentKey ?? '', edges: [...edges], notes: [...notes] };
}

/** The failure with the source's places instead of the message's indexes. */
function naming(error: unknown, sources: readonly SourceTask[]): unknown {
  if (!(error instanceof CallFailure)) return error;
  const lines = error.fields.map(({ field, description }) => {
    const index = /^chunk\.tasks\[(\d+)\]\.?/.exec(field);
    const source = index && sources[Number(index[1])];
    const path = index ? field.slice(index[0].length) : field;
    return source ? `${source.place}: ${source.key}: ${path}: ${description}` : `${field}: ${description}`;
  });
  return lines.length === 0 ? error : new Failure(error.exitCode, error.message, lines);
}
