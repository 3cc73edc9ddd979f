import type { View } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Queue } from '../../gen/holdfast/v1/queue';

/** How many tasks of a queue may be claimed now: 0 while it is paused. Reads one row, if the queue has settings. */
export function roomIn(view: View, project: string, queue: string): number {
  const row = view.row(EntityKind.QUEUE, project, queue);
  if (!row) return Number.MAX_SAFE_INTEGER;
  const { paused, concurrencyLimit } = Queue.decode(row.image);
  if (paused) return 0;
  if (concurrencyLimit === 0) return Number.MAX_SAFE_INTEGER;
  return Math.max(concurrencyLimit - view.queueCounts(project, queue).running, 0);
}

/** Whether something may be claimed. A row that is damaged is for the decision to find, which can have it healed. */
export function hasRoom(view: View, project: string, queue: string): boolean {
  try {
    return roomIn(view, project, queue) > 0;
  } catch {
    return true;
  }
}

/** Whether the end of a task makes room for another. */
export function isLimited(view: View, project: string, queue: string): boolean {
  try {
    const row = view.row(EntityKind.QUEUE, project, queue);
    return row !== undefined && Queue.decode(row.image).concurrencyLimit > 0;
  } catch {
    return true;
  }
}
