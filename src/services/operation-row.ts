// What the reads of operations have in common.

import { indexedOf } from '../domain/indexed';
import { parseOperation } from '../domain/names';
import { NO_PROJECT } from '../domain/operation';
import { notFound } from '../domain/refusal';
import type { Row } from '../domain/view';
import type { Engine } from '../engine/engine';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { OperationState } from '../gen/holdfast/v1/operation';
import type { OperationChanges } from './operation-changes';
import { rowOf } from './reading';
import type { ServiceContext } from './replies';
import type { WatchHub } from './watch-hub';

/** What long reads of operations need besides. */
export interface OperationContext extends ServiceContext {
  readonly hub: WatchHub;
  readonly changes: OperationChanges;
}

/** The row of an operation. Refuses FIELD_INVALID and NOT_FOUND. */
export async function findOperation(engine: Engine, name: string): Promise<Row> {
  const id = parseOperation(name, 'name');
  const row = await rowOf(engine, EntityKind.OPERATION, NO_PROJECT, id);
  if (!row) throw notFound('operation', name);
  return row;
}

/** Whether an operation's row says that it runs. */
export function isRunning(image: Uint8Array): boolean {
  return indexedOf(image, EntityKind.OPERATION).state === OperationState.RUNNING;
}
