// Which tasks a claim of the next ready one takes.

import { indexedOf } from '../../domain/indexed';
import type { Filter } from '../../domain/query/filter';
import { QueryRow } from '../../domain/query/query-row';
import type { ResolveExternalId } from '../../domain/query/query-row';
import { WIRE_BYTES, WireScan } from '../../domain/wire';
import type { Indexed } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import { claimKeyOf } from '../query/order';
import type { ClaimKey } from '../query/order';

/** Field number of holdfast.v1.Task; a disk format (docs/adr/0003). */
const TASK_REQUIRED_CAPABILITIES = 24;
/** Later than any `not_before`: a task is asked about as it will be when it is due. */
const DUE = Number.MAX_SAFE_INTEGER;

/** The tasks of one window. */
export class Demand {
  /** Equal for demands that take the same tasks. */
  readonly key: string;
  private readonly capabilities: ReadonlySet<string>;

  /** `assignee`: the agent that its tasks are meant for; empty for tasks that are meant for nobody. */
  constructor(
    readonly project: string,
    readonly queue: string,
    readonly assignee: string,
    capabilities: readonly string[],
    private readonly filter: Filter,
    private readonly resolve: ResolveExternalId,
  ) {
    this.capabilities = new Set(capabilities);
    this.key = JSON.stringify([assignee, [...this.capabilities].sort(), filter.text]);
  }

  /** The key of a task that this takes as soon as it is due; undefined for any other. `held`: blockers or children hold it back. */
  keyOf(id: string, image: Uint8Array, held: boolean, indexed: Indexed = indexedOf(image)): ClaimKey | undefined {
    if (held || !this.concerns(indexed) || indexed.assignee !== this.assignee) return undefined;
    if (!this.isAble(image)) return undefined;
    const { project, filter, resolve } = this;
    if (filter.conditions.length > 0 && !filter.matches(new QueryRow(project, id, image, false, resolve), DUE)) {
      return undefined;
    }
    return claimKeyOf(indexed, id);
  }

  private concerns({ state, deleted, queue }: Indexed): boolean {
    return state === TaskState.PENDING && !deleted && queue === this.queue;
  }

  private isAble(image: Uint8Array): boolean {
    const scan = new WireScan(image);
    while (scan.next()) {
      if (scan.field !== TASK_REQUIRED_CAPABILITIES || scan.wire !== WIRE_BYTES) continue;
      if (!this.capabilities.has(scan.text())) return false;
    }
    return true;
  }
}
