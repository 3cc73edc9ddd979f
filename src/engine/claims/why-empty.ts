import type { QueueTally, View } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Queue } from '../../gen/holdfast/v1/queue';
import type { Slot } from './waiter';

/** Why there was nothing to claim, as it was decided. */
export interface WhyEmpty {
  readonly counts: QueueTally;
  readonly paused: boolean;
  /** The limit, if it is reached; else 0. */
  readonly concurrencyLimit: number;
  /** When a task may become due, in milliseconds since 1970; undefined: that is not known. */
  readonly nextTimeMs: number | undefined;
}

/** Looks at the queue of these windows at the decided mark. */
export function whyEmpty(view: View, slots: readonly Pick<Slot, 'window' | 'demand'>[], nowMs: number): WhyEmpty {
  const { project, queue } = slots[0]!.demand;
  const row = view.row(EntityKind.QUEUE, project, queue);
  const { paused, concurrencyLimit: limit } = Queue.decode(row?.image ?? NO_BYTES);
  const counts = view.queueCounts(project, queue);
  const times = slots.flatMap(({ window }) => window.nextTimeMs(nowMs) ?? []);
  return {
    counts,
    paused,
    concurrencyLimit: limit > 0 && counts.running >= limit ? limit : 0,
    nextTimeMs: times.length > 0 ? Math.min(...times) : undefined,
  };
}

const NO_BYTES = new Uint8Array(0);
