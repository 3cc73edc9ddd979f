// One change for many tasks, and what came of it.

import { maskOf, taskOf } from './fields';
import type { TaskFields } from './fields';
import type { Operation } from './gen/holdfast/v1/operation';
import { BulkChangeTasksResult } from './gen/holdfast/v1/task_service';
import type { BulkChangeTasksRequest } from './gen/holdfast/v1/task_service';

interface Why {
  /** Why, for people. */
  readonly reason?: string;
}

/** What to do to each task: exactly one of these. */
export type BulkChange =
  | { readonly cancel: Why }
  | { readonly pause: Why }
  | { readonly resume: Why }
  | { readonly retry: Why }
  | { readonly complete: Why }
  | { readonly delete: Readonly<Record<string, never>> }
  | { readonly update: TaskFields; readonly updateMask?: readonly string[] };

/** The message of a change. */
export function bulkChangeOf(change: BulkChange): NonNullable<BulkChangeTasksRequest['change']> {
  if ('cancel' in change) return { $case: 'cancel', value: why(change.cancel) };
  if ('pause' in change) return { $case: 'pause', value: why(change.pause) };
  if ('resume' in change) return { $case: 'resume', value: why(change.resume) };
  if ('retry' in change) return { $case: 'retry', value: why(change.retry) };
  if ('complete' in change) return { $case: 'complete', value: why(change.complete) };
  if ('delete' in change) return { $case: 'delete', value: {} };
  const updateMask = [...(change.updateMask ?? maskOf(change.update))];
  return { $case: 'update', value: { task: taskOf(change.update), updateMask } };
}

/** What a bulk change came to; undefined while its operation has no response. */
export function bulkResultOf(operation: Operation): BulkChangeTasksResult | undefined {
  const { result } = operation;
  const ours = result?.$case === 'response' && result.value.typeUrl.endsWith('/holdfast.v1.BulkChangeTasksResult');
  return ours ? BulkChangeTasksResult.decode(result.value.value) : undefined;
}

function why({ reason = '' }: Why): { reason: string } {
  return { reason };
}
