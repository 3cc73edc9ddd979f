// BulkChangeTasks: starts the operation, or counts what it would be about.

import type { Caller } from '../domain/command';
import { BULK_SAMPLE_MAX } from '../domain/limits';
import { BULK_REQUEST_TYPE, metadataOf } from '../engine/bulk/bulk-messages';
import { BulkSelection } from '../engine/bulk/bulk-selection';
import { BulkChangeTasksResponse } from '../gen/holdfast/v1/task_service';
import type { BulkChangeTasksRequest } from '../gen/holdfast/v1/task_service';
import { View } from '../gen/holdfast/v1/common';
import { Operation } from '../gen/holdfast/v1/operation';
import { commandOf } from './command-of';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { taskInView } from './view-of';

/** Field numbers of BulkChangeTasksResponse. */
const OPERATION = 1;
const SAMPLE = 4;
const POSITION = 5;

/** BulkChangeTasks. A dry run is decided as the real one would be, then counts. */
export function bulkChangeTasks(
  context: ServiceContext,
): (request: BulkChangeTasksRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions, operations } = context;
  return async (request, caller) => {
    const { replies, sequence } = await engine.execute({
      ...commandOf('startOperation', request, caller),
      ...{ kind: 'startOperation', request, metadata: metadataOf(request) },
    });
    if (request.validateOnly) return count(context, request);
    const { image } = replies[0]!;
    operations.begin(Operation.decode(image).name, BULK_REQUEST_TYPE);
    return splice([
      { field: OPERATION, bytes: image },
      { field: POSITION, bytes: positions.bytes(sequence) },
    ]);
  };
}

async function count({ engine, positions }: ServiceContext, request: BulkChangeTasksRequest): Promise<Buffer> {
  const sequence = engine.reach(undefined);
  const { matched, limited, sample } = await new BulkSelection(engine, request).count(BULK_SAMPLE_MAX);
  const parts: Part[] = sample.map((image) => ({ field: SAMPLE, bytes: taskInView(image, View.BASIC, View.BASIC) }));
  parts.push({ field: POSITION, bytes: positions.bytes(sequence) });
  const numbers = { ...BulkChangeTasksResponse.create(), matched, scanLimited: limited };
  return splice(parts, BulkChangeTasksResponse.encode(numbers).finish());
}
