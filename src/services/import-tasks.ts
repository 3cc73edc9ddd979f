// One ImportTasks call: chunks in, an answer for each, then the release.
//
// T1. One message is worked on at a time (guard, G5): what an import costs in memory is one chunk.
// T2. An answer says what is durable. A chunk is one commit; one that is too much for that is parted.
// T3. Nothing about an import is kept but `import_id` in its tasks: any call that names it goes on with it, also two at once,
//     and the release finds its tasks by listing what is PAUSED.

import { randomBytes } from 'node:crypto';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Action, Caller } from '../domain/command';
import { NothingToImport } from '../domain/import-tasks';
import { formatProject, idProblem, parseProject } from '../domain/names';
import { fieldInvalid, notFound, Refusal } from '../domain/refusal';
import type { Executed } from '../engine/executed';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { ImportBegin, ImportedTask, ImportTasksRequest } from '../gen/holdfast/v1/task_service';
import { ImportTasksResponse } from '../gen/holdfast/v1/task_service';
import { ImportCounts } from './import-report';
import { releaseAll } from './import-release';
import { callerOfCall, UnreadRequest } from './method';
import { rowOf } from './reading';
import type { ServiceContext } from './replies';
import { statusOf } from './status';

export type ImportCall = ServerDuplexStream<ImportTasksRequest | UnreadRequest, Buffer>;

type ImportAction = Extract<Action, { kind: 'importTasks' | 'releaseImport' }>;

/** Random bytes of an import's name, where the caller gave none: no two of a project meet. */
const GIVEN_ID_BYTES = 12;

/** ImportTasks. */
export function importTasks(context: ServiceContext): (call: ImportCall) => void {
  return (call) => {
    void serveImport(context, call);
  };
}

/** Which import a call is about. */
interface Import {
  readonly project: string;
  readonly parent: string;
  readonly importId: string;
}

async function serveImport(context: ServiceContext, call: ImportCall): Promise<void> {
  const { guard, log } = context;
  try {
    const run = new ImportCallRun(context, call, callerOfCall(context, call));
    // A loop that is left must not destroy the stream: its status has yet to go out.
    for await (const message of call.iterator({ destroyOnReturn: false }) as AsyncIterable<
      ImportTasksRequest | UnreadRequest
    >) {
      if (message instanceof UnreadRequest) throw message.refusal;
      if (await run.take(message)) break;
    }
    call.end();
  } catch (fault) {
    // A caller that went away is told nothing; what it was answered stays.
    if (call.cancelled || call.destroyed) return;
    call.emit('error', statusOf(fault, log, guard.spanOf(call.metadata)?.traceId));
  }
}

class ImportCallRun {
  private readonly counts = new ImportCounts();
  private about: Import | undefined;
  private sequence: number;
  private readonly gone: Promise<unknown>;

  constructor(
    private readonly context: ServiceContext,
    private readonly call: ImportCall,
    private readonly caller: Caller,
  ) {
    this.sequence = context.engine.reach(undefined);
    this.gone = new Promise((resolve) => call.once('cancelled', resolve));
  }

  /** Does one step and answers it; true after the last. */
  async take({ step }: ImportTasksRequest): Promise<boolean> {
    if (!step) throw fieldInvalid('step', 'is required: begin, chunk or finish');
    if (step.$case === 'begin') {
      if (this.about) throw fieldInvalid('begin', 'comes once, as the first message');
      this.about = await begin(this.context, step.value);
      await this.answer(false);
      return false;
    }
    if (!this.about) throw fieldInvalid(step.$case, 'comes after begin');
    if (step.$case === 'chunk') await this.importChunk(this.about, step.value.tasks, 0);
    else await this.finish(this.about);
    await this.answer(step.$case === 'finish');
    return step.$case === 'finish';
  }

  /** T2. */
  private async importChunk(about: Import, tasks: readonly ImportedTask[], offset: number): Promise<void> {
    const { parent, importId } = about;
    if (tasks.length === 0) return;
    const lenient = tasks.length === 1;
    try {
      const request = { parent, importId, tasks, offset, lenient };
      const { sequence } = await this.execute({ kind: 'importTasks', request });
      await this.count(about, sequence, tasks);
    } catch (fault) {
      if (fault instanceof NothingToImport) return this.counts.addThere(tasks.length);
      if (lenient || !isTooMuch(fault)) throw fault;
      const half = tasks.length >> 1;
      await this.importChunk(about, tasks.slice(0, half), offset);
      await this.importChunk(about, tasks.slice(half), offset + half);
    }
  }

  private finish(about: Import): Promise<void> {
    const { project, importId } = about;
    return releaseAll(this.context.engine, project, importId, (names) => this.releaseNames(about, names));
  }

  private async count({ project }: Import, sequence: number, tasks: readonly ImportedTask[]): Promise<void> {
    const { engine } = this.context;
    this.sequence = sequence;
    const record = await engine.record(sequence);
    this.counts.addRecord(record, tasks, project, (externalId) => engine.taskIdByExternalId(project, externalId));
  }

  private async releaseNames(about: Import, names: readonly string[]): Promise<void> {
    const { parent, importId } = about;
    try {
      const { sequence } = await this.execute({ kind: 'releaseImport', request: { parent, importId, names } });
      this.sequence = sequence;
      const { changes } = await this.context.engine.record(sequence);
      this.counts.addReleased(changes.filter(({ kind }) => kind === EntityKind.TASK).length);
      await this.answer(false);
    } catch (fault) {
      if (fault instanceof NothingToImport) return;
      if (names.length === 1 || !isTooMuch(fault)) throw fault;
      await this.releaseNames(about, names.slice(0, names.length >> 1));
      await this.releaseNames(about, names.slice(names.length >> 1));
    }
  }

  private execute(action: ImportAction): Promise<Executed> {
    return this.context.engine.execute({ ...action, caller: this.caller, validateOnly: false });
  }

  /** Answers, and waits until the caller takes more. */
  private async answer(finished: boolean): Promise<void> {
    const { history } = this.context.positions;
    const position = { history, sequence: this.sequence };
    const importId = this.about?.importId ?? '';
    const response = ImportTasksResponse.encode({ importId, report: this.counts.take(), finished, position }).finish();
    if (this.call.cancelled) throw new Refusal('CANCELLED', 'the caller is gone');
    // A stream that was canceled calls nobody back.
    await Promise.race([this.gone, new Promise((resolve) => this.call.write(Buffer.from(response), resolve))]);
  }
}

/** Finds the project, and gives the import a name if it has none. Refuses NOT_FOUND and FIELD_INVALID. */
async function begin({ engine }: ServiceContext, { parent, importId }: ImportBegin): Promise<Import> {
  const project = parseProject(parent, 'begin.parent');
  if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', formatProject(project));
  const problem = importId === '' ? undefined : idProblem(importId);
  if (problem) throw fieldInvalid('begin.import_id', problem);
  return { project, parent, importId: importId || `i-${randomBytes(GIVEN_ID_BYTES).toString('hex')}` };
}

/** Whether it may fit in parts. */
function isTooMuch(fault: unknown): boolean {
  return fault instanceof Refusal && (fault.reason === 'TOO_LARGE' || fault.reason === 'GRAPH_TOO_LARGE');
}
