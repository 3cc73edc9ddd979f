// Operations in words: what they do, how far they are, what came of them.

import type { Operation } from '../gen/holdfast/v1/operation';
import { OperationState } from '../gen/holdfast/v1/operation';
import { BulkChangeTasksRequest, BulkChangeTasksResult } from '../gen/holdfast/v1/task_service';
import { shortId } from './resource-name';
import { oneLine } from './text-width';

const stateWords: Readonly<Record<number, string>> = {
  [OperationState.RUNNING]: 'RUNNING',
  [OperationState.SUCCEEDED]: 'SUCCEEDED',
  [OperationState.FAILED]: 'FAILED',
  [OperationState.CANCELED]: 'CANCELED',
};

/** `operations/{id}` of an id or of such a name. */
export function operationName(typed: string): string {
  return typed.startsWith('operations/') ? typed : `operations/${typed}`;
}

export function operationStateWord({ state, cancelRequested }: Operation): string {
  const word = stateWords[state] ?? `STATE_${state}`;
  return cancelRequested && state === OperationState.RUNNING ? 'CANCELING' : word;
}

export function hasEnded({ state }: Operation): boolean {
  return state !== OperationState.RUNNING && state !== OperationState.UNSPECIFIED;
}

/** "cancel tasks of website: state = PENDING"; the type of what it is about for one that is not known. */
export function purposeOf({ metadata }: Operation): string {
  if (!metadata) return '';
  const type = metadata.typeUrl.slice(metadata.typeUrl.lastIndexOf('/') + 1);
  if (type !== 'holdfast.v1.BulkChangeTasksRequest') return type;
  const { change, parent, filter } = BulkChangeTasksRequest.decode(metadata.value);
  return oneLine(`${change?.$case ?? 'change'} tasks of ${shortId(parent)}: ${filter}`);
}

/** "120 of 500 tasks"; empty before anything is known. */
export function progressWords({ progress }: Operation): string {
  if (!progress) return '';
  const { done, total, unit } = progress;
  return oneLine(total > 0 ? `${done} of ${total} ${unit}` : `${done} ${unit}`);
}

/** What a bulk change came to; undefined for another operation, or while it runs. */
export function bulkResultOf({ result }: Operation): BulkChangeTasksResult | undefined {
  if (result?.$case !== 'response') return undefined;
  return result.value.typeUrl.endsWith('/holdfast.v1.BulkChangeTasksResult')
    ? BulkChangeTasksResult.decode(result.value.value)
    : undefined;
}

/** What came of an operation, one fact a line. */
export function outcomeLines(operation: Operation): string[] {
  const id = shortId(operation.name);
  const { result } = operation;
  if (!hasEnded(operation)) return [`${id} is ${operationStateWord(operation)}: ${progressWords(operation)}`];
  const lines = [`${id} has ${stateWords[operation.state]}: ${progressWords(operation)}`];
  if (result?.$case === 'error') lines.push(oneLine(result.value.message));
  const bulk = bulkResultOf(operation);
  if (!bulk) return lines;
  lines[0] = `${id} has ${stateWords[operation.state]}: ${bulk.changed} changed, ${refusedCount(operation)} refused`;
  for (const [reason, count] of bulk.refused) lines.push(`  ${count} refused: ${reason}`);
  for (const refusal of bulk.refusals) lines.push(`  ${oneLine(refusal)}`);
  return lines;
}

/** How many entities a bulk change was refused for. */
export function refusedCount(operation: Operation): number {
  return [...(bulkResultOf(operation)?.refused.values() ?? [])].reduce((sum, count) => sum + count, 0);
}
