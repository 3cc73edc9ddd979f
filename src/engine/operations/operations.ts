import { setMaxListeners } from 'node:events';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { indexedOf } from '../../domain/indexed';
import { OPERATIONS_RUNNING_MAX } from '../../domain/limits';
import { formatOperation } from '../../domain/names';
import { Operation, OperationState } from '../../gen/holdfast/v1/operation';
import { BulkRun } from '../bulk/bulk-run';
import { BULK_REQUEST_TYPE } from '../bulk/bulk-messages';
import { typeOf } from './long-work';
import type { OperationsParts } from './operations-parts';
import { Slots } from './slots';
import { WorkRun } from './work-run';

/** Commands of all operations that are in flight at once: a flush takes that many for little more than one, and they
 *  never fill more than a hundredth of the inbox. */
const IN_FLIGHT_MAX = 32;

/**
 * The operations that this process works on.
 *
 * It works on top of the engine, by its public face: to the committer, an operation is a caller like others. It stands in this
 * floor and not in `services`, because it is no part of the wire: any face of the engine needs it. How a fault is told is handed
 * in, because the one table of statuses is a floor above.
 *
 * B1. What runs is what the rows say: `start` finds every RUNNING operation, whoever began it and whenever.
 * B2. `stop` is no outcome: an operation that has not ended goes on at the next start.
 */
export class Operations {
  /** What runs, by name. */
  private readonly runs = new Map<
    string,
    { readonly type: string; readonly isOwn: boolean; readonly done: Promise<void> }
  >();
  private readonly stopping = new AbortController();
  private readonly slots = new Slots(IN_FLIGHT_MAX);

  constructor(private readonly parts: OperationsParts) {
    // Each command that waits listens: Node would take them for a leak.
    setMaxListeners(IN_FLIGHT_MAX + OPERATIONS_RUNNING_MAX, this.stopping.signal);
  }

  /** How many operations are worked on. */
  get count(): number {
    return this.runs.size;
  }

  /** Takes up every operation that runs. */
  async start(): Promise<void> {
    const running = await this.parts.engine.withSnapshot(async (snapshot) => {
      const found: (readonly [name: string, type: string, isOwn: boolean])[] = [];
      for await (const { id, row } of snapshot.scan({ by: 'operations' })) {
        const { state } = indexedOf(row.image, EntityKind.OPERATION);
        if (state !== OperationState.RUNNING) continue;
        const { metadata, creator } = Operation.decode(row.image);
        found.push([formatOperation(id), typeOf(metadata!), creator === PRINCIPAL_SYSTEM]);
      }
      return found;
    });
    for (const [name, type, isOwn] of running) this.begin(name, type, isOwn);
  }

  /** Whether work that this type of request began is under way. */
  isRunning(type: string): boolean {
    return [...this.runs.values()].some((run) => run.type === type);
  }

  /** The same, of work that a caller asked for: what the server began by itself does not count. */
  isAskedFor(type: string): boolean {
    return [...this.runs.values()].some((run) => run.type === type && !run.isOwn);
  }

  /** Works on an operation from now on, unless it is worked on already or has ended. `type` is that of the request which began it; `isOwn`
   *  tells that the server did. */
  begin(name: string, type: string, isOwn = false): void {
    if (this.stopping.signal.aborted || this.runs.has(name)) return;
    const { parts } = this;
    const done = this.runOf(name, type)
      .catch((fault: Error) => parts.onNotice({ level: 'error', message: `${name} stands still: ${fault.message}` }))
      .finally(() => this.runs.delete(name));
    this.runs.set(name, { type, isOwn, done });
  }

  /** Resolves when nobody works on an operation any more: it has ended, or waits for the next start. */
  async over(name: string): Promise<void> {
    await this.runs.get(name)?.done;
  }

  private runOf(name: string, type: string): Promise<void> {
    const { parts, slots } = this;
    const { signal } = this.stopping;
    if (type === BULK_REQUEST_TYPE) return new BulkRun(parts, slots, signal, name).run();
    const work = parts.works.find((each) => each.type === type);
    if (!work) return Promise.reject(new Error(`this server knows no work that ${type} begins`));
    return new WorkRun(parts, work, signal, name).run();
  }

  /** Sends nothing more, and resolves when what was sent is answered. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.runs.values()].map(({ done }) => done));
  }
}
