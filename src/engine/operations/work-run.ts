import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { parseOperation } from '../../domain/names';
import { NO_PROJECT } from '../../domain/operation';
import type { Outcome } from '../../domain/own-requests';
import { Refusal } from '../../domain/refusal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { OperationProgress } from '../../gen/holdfast/v1/operation';
import { Operation, OperationState } from '../../gen/holdfast/v1/operation';
import type { OperationsParts } from './operations-parts';
import type { LongWork } from './long-work';

/** How often progress is journalled at most, and how often a cancel is looked for, in milliseconds. */
const REPORT_MS = 1000;
/** The server cannot take commands: the operation stands still until the next start. */
const PAUSES: ReadonlySet<string> = new Set(['DRAINING', 'HALTED', 'OUTCOME_UNKNOWN', 'RECOVERING']);

/**
 * One life of long work that is no bulk change: from its start to its end, or to the stop of the server.
 *
 * W1. Progress is journalled at most once a second, and never after the outcome.
 * W2. A cancel is seen within a second, and ends the operation as CANCELED.
 */
export class WorkRun {
  private readonly canceling = new AbortController();
  private progress: OperationProgress = { phase: 'starting', done: 0, total: 0, unit: '' };
  private cursor = '';
  private told = '';
  /** What is being journalled; one after another. Never rejects. */
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: OperationsParts,
    private readonly work: LongWork,
    private readonly stopping: AbortSignal,
    private readonly name: string,
  ) {}

  /** Resolves when the operation has ended, or has to wait for another life. Rejects when it could not be told how it ended. */
  async run(): Promise<void> {
    const operation = await this.look();
    if (operation?.state !== OperationState.RUNNING) return;
    if (operation.progress) this.progress = operation.progress;
    this.cursor = operation.cursor;
    if (operation.cancelRequested) this.canceling.abort();
    const timer = setInterval(() => this.tick(), REPORT_MS);
    let outcome: Outcome;
    try {
      outcome = await this.outcome(operation);
    } catch (fault) {
      if (this.stopping.aborted || isPause(fault)) return;
      outcome = { state: OperationState.FAILED, error: this.parts.describe(fault) };
    } finally {
      clearInterval(timer);
    }
    if (this.stopping.aborted) return;
    await this.telling;
    await this.advance(outcome);
  }

  private async outcome(operation: Operation): Promise<Outcome> {
    const signal = AbortSignal.any([this.stopping, this.canceling.signal]);
    try {
      const response = await this.work.run({
        name: this.name,
        request: operation.metadata!.value,
        cursor: this.cursor,
        signal,
        report: (progress) => (this.progress = progress),
        keep: (cursor) => this.keep(cursor),
      });
      return { state: OperationState.SUCCEEDED, response };
    } catch (fault) {
      if (!this.canceling.signal.aborted || this.stopping.aborted) throw fault;
      return { state: OperationState.CANCELED, response: { typeUrl: '', value: Buffer.alloc(0) } };
    }
  }

  private async keep(cursor: string): Promise<void> {
    this.cursor = cursor;
    await this.telling;
    await this.advance(undefined);
  }

  private tick(): void {
    this.telling = this.telling.then(async () => {
      const operation = await this.look();
      if (operation?.cancelRequested) this.canceling.abort();
      const now = JSON.stringify(this.progress);
      if (now === this.told || this.stopping.aborted) return;
      this.told = now;
      await this.advance(undefined);
    });
    // Progress that could not be told is told with the next, or never: the outcome says all.
    this.telling = this.telling.catch(() => undefined);
  }

  private async advance(outcome: Outcome | undefined): Promise<void> {
    const { name, progress, cursor } = this;
    await this.parts.engine.execute({
      kind: 'advanceOperation',
      request: { name, progress, cursor, outcome },
      caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
      validateOnly: false,
    });
  }

  private async look(): Promise<Operation | undefined> {
    const id = parseOperation(this.name, 'name');
    const row = await this.parts.engine.read(EntityKind.OPERATION, NO_PROJECT, id);
    return row && Operation.decode(row.image);
  }
}

function isPause(fault: unknown): boolean {
  return fault instanceof Refusal && PAUSES.has(fault.reason);
}
