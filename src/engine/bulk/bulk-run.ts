import { setTimeout } from 'node:timers/promises';
import { changeOf } from '../../domain/bulk-change';
import type { BulkChange } from '../../domain/bulk-change';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import type { Action, Command } from '../../domain/command';
import { BULK_REFUSALS_MAX } from '../../domain/limits';
import { parseOperation } from '../../domain/names';
import { NO_PROJECT } from '../../domain/operation';
import type { Outcome } from '../../domain/own-requests';
import { Refusal } from '../../domain/refusal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Operation, OperationState } from '../../gen/holdfast/v1/operation';
import type { BulkChangeTasksResult } from '../../gen/holdfast/v1/task_service';
import { formatBulkCursor, parseBulkCursor, requestOf, responseOf } from './bulk-messages';
import { BulkRequestIds } from './bulk-request-id';
import { BulkSelection } from './bulk-selection';
import type { SelectedTask } from './bulk-selection';
import type { Executed } from '../executed';
import type { OperationsParts } from '../operations/operations-parts';
import type { Slots } from '../operations/slots';

/** How often progress is journalled at most, in milliseconds. */
const REPORT_MS = 1000;
/** When a command that was turned away is sent again, in milliseconds, if the refusal does not say. */
const RETRY_MS = 100;
/** Characters of a refusal in words: 20 of them stay small beside the request that the operation keeps. */
const REFUSAL_LENGTH_MAX = 300;

/** The server cannot take commands: the operation stands still until the next start. */
const PAUSES: ReadonlySet<string> = new Set(['DRAINING', 'HALTED', 'OUTCOME_UNKNOWN']);
/** The server cannot take this command at present. */
const WAITS: ReadonlySet<string> = new Set(['OVERLOADED', 'DISK_FULL', 'RECOVERING']);

/** What it does, for a person. */
const PHASES: Readonly<Record<BulkChange['$case'], string>> = {
  cancel: 'canceling',
  pause: 'pausing',
  resume: 'resuming',
  retry: 'retrying',
  complete: 'completing',
  delete: 'deleting',
  update: 'updating',
};

/**
 * One life of a bulk change: from where its row stands to its end, or to the stop of the server.
 *
 * B3. Each task is changed by a command of its own, in the name of whoever asked for the operation: the rules of the verb, and
 *     its permission, are checked inside that commit.
 * B4. Progress is journalled when nothing is in flight, with the sequence that it rests on: what the result counts lies at or
 *     before that sequence, what it does not yet count after it. A new life reads the records after it and counts the rest, so
 *     that a result adds up whatever stopped the lives before.
 * B5. No task is changed twice: its request id is worked out of the operation and the task (Q1), and what the lives before did
 *     after the last progress is known from the journal, however long ago that was.
 * B6. A cancel is seen between two pages, and while a command is kept waiting.
 */
export class BulkRun {
  private readonly ids: BulkRequestIds;
  /** Request ids of changes that the row does not count yet, made in an earlier life. */
  private earlier: ReadonlySet<string> = new Set();
  private result: BulkChangeTasksResult = { changed: 0, refused: new Map(), refusals: [] };
  private total = 0;
  private canceled = false;
  private reportedMs = performance.now();

  constructor(
    private readonly parts: OperationsParts,
    private readonly slots: Slots,
    private readonly stopping: AbortSignal,
    private readonly name: string,
  ) {
    this.ids = new BulkRequestIds(name);
  }

  /** Resolves when the operation has ended, or has to wait for another life. Rejects when it could not be told how it ended. */
  async run(): Promise<void> {
    const operation = await this.look();
    if (operation?.state !== OperationState.RUNNING) return;
    let outcome: Outcome | undefined;
    try {
      outcome = await this.work(operation);
    } catch (fault) {
      if (isPause(fault)) return;
      outcome = { state: OperationState.FAILED, error: this.parts.describe(fault) };
    }
    if (outcome && !this.stopping.aborted) await this.report(operation, undefined, outcome);
  }

  /** Goes through the pages. Gives the end, or undefined when the server stops first. */
  private async work(operation: Operation): Promise<Outcome | undefined> {
    const { creator, progress } = operation;
    const request = requestOf(operation);
    const { sequence, result, place } = parseBulkCursor(operation.cursor);
    this.earlier = await this.changesAfter(sequence);
    this.result = { ...result, changed: result.changed + this.earlier.size };
    const selection = new BulkSelection(this.parts.engine, request);
    this.canceled = operation.cancelRequested;
    // A life that goes on from an earlier one reports its first page: lives may be shorter than the time between reports.
    if (this.earlier.size > 0) this.reportedMs -= REPORT_MS;
    this.total = progress?.total || (await countOf(selection));
    let at = place;
    while (!this.canceled && !this.stopping.aborted) {
      const { tasks, next } = await selection.page(at);
      await this.changeAll(tasks, request.change!, creator);
      if (this.stopping.aborted) break;
      this.canceled ||= (await this.look())?.cancelRequested ?? true;
      if (this.canceled || next === undefined) break;
      at = next;
      if (performance.now() - this.reportedMs >= REPORT_MS) await this.report(operation, at);
    }
    if (this.stopping.aborted) return undefined;
    const state = this.canceled ? OperationState.CANCELED : OperationState.SUCCEEDED;
    return { state, response: responseOf(this.result) };
  }

  /** Resolves when none of these is in flight any more. */
  private async changeAll(tasks: readonly SelectedTask[], change: BulkChange, principal: string): Promise<void> {
    const inFlight: Promise<void>[] = [];
    for (const task of tasks) {
      if (this.earlier.has(this.ids.of(task.uid).requestId.toString('hex'))) continue;
      await this.slots.take();
      inFlight.push(this.changeOne(task, change, principal).finally(() => this.slots.give()));
    }
    const settled = await Promise.allSettled(inFlight);
    for (const each of settled) if (each.status === 'rejected') throw each.reason;
  }

  private async changeOne({ name, uid }: SelectedTask, change: BulkChange, principal: string): Promise<void> {
    const caller = { principal, session: '', sessionToken: '' };
    const command = { ...changeOf(change, name), ...this.ids.of(uid), caller, validateOnly: false };
    try {
      const executed = await this.send(command);
      // A replay was counted when it was made: the task has moved in the listing, and was read twice.
      if (executed && !executed.replayed) this.result.changed++;
    } catch (fault) {
      if (!(fault instanceof Refusal) || isPause(fault)) throw fault;
      this.refused(name, fault);
    }
  }

  /** Sends a command until it is decided. Gives undefined when a cancel or the stop of the server comes first. */
  private async send(command: Command): Promise<Executed | undefined> {
    while (!this.canceled && !this.stopping.aborted) {
      try {
        return await this.parts.engine.execute(command);
      } catch (fault) {
        if (!(fault instanceof Refusal) || !WAITS.has(fault.reason)) throw fault;
        await setTimeout(fault.details.retryAfterMs ?? RETRY_MS, undefined, { signal: this.stopping }).catch(
          () => undefined,
        );
        this.canceled ||= (await this.look())?.cancelRequested ?? true;
      }
    }
    return undefined;
  }

  private refused(name: string, { reason, message }: Refusal): void {
    const { refused, refusals } = this.result;
    refused.set(reason, (refused.get(reason) ?? 0) + 1);
    if (refusals.length === BULK_REFUSALS_MAX) return;
    const words = message.includes(name) ? message : `${name}: ${message}`;
    refusals.push(words.slice(0, REFUSAL_LENGTH_MAX).toWellFormed());
  }

  /** Journals how far it is (B4), or how it ended. Resolves when that is durable, or cannot become so in this life. */
  private async report(operation: Operation, place: string | undefined, outcome?: Outcome): Promise<void> {
    const { engine } = this.parts;
    const cursor = formatBulkCursor({ sequence: engine.status.durable, result: this.result, place });
    let done = this.result.changed;
    for (const count of this.result.refused.values()) done += count;
    const total = outcome ? done : this.total && Math.max(this.total, done);
    const phase = outcome ? 'done' : PHASES[requestOf(operation).change!.$case];
    const progress = { phase, done, total, unit: 'tasks' };
    const action: Action = { kind: 'advanceOperation', request: { name: this.name, progress, cursor, outcome } };
    const caller = { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' };
    while (!this.stopping.aborted) {
      try {
        await engine.execute({ ...action, caller, validateOnly: false });
        this.reportedMs = performance.now();
        return;
      } catch (fault) {
        if (isPause(fault)) return;
        if (!(fault instanceof Refusal) || !WAITS.has(fault.reason)) throw fault;
        await setTimeout(fault.details.retryAfterMs ?? RETRY_MS, undefined, { signal: this.stopping }).catch(
          () => undefined,
        );
      }
    }
  }

  /** The operation as it is, or undefined if it is gone. */
  private async look(): Promise<Operation | undefined> {
    const row = await this.parts.engine.read(EntityKind.OPERATION, NO_PROJECT, parseOperation(this.name, 'name'));
    return row && Operation.decode(row.image);
  }

  /** The request ids of this operation's changes after a sequence, in hexadecimal digits. */
  private async changesAfter(sequence: number): Promise<ReadonlySet<string>> {
    const { feed } = this.parts.engine;
    const found = new Set<string>();
    const head = feed.head;
    const cursor = feed.open(sequence);
    try {
      while (cursor.position < head) {
        for (const { requestId } of (await cursor.next()).records) {
          if (this.ids.has(requestId)) found.add(Buffer.from(requestId).toString('hex'));
        }
      }
    } finally {
      cursor.close();
    }
    return found;
  }
}

/** How many tasks there are to change; 0 if they are too many to count. */
async function countOf(selection: BulkSelection): Promise<number> {
  const { matched, limited } = await selection.count(0);
  return limited ? 0 : matched;
}

function isPause(fault: unknown): boolean {
  return fault instanceof Refusal && PAUSES.has(fault.reason);
}
