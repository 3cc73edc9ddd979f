/**
 * What a bulk change's operation carries: its request, its response and its cursor. The codecs are here and not in `domain`,
 * because those of requests load gRPC.
 */
import { formatCursor, parseCursor } from '../../domain/operation-cursor';
import { imageOf } from '../../domain/row-image';
import type { Any } from '../../gen/google/protobuf/any';
import type { Operation } from '../../gen/holdfast/v1/operation';
import { anyOf } from '../operations/long-work';
import { BulkChangeTasksRequest, BulkChangeTasksResult } from '../../gen/holdfast/v1/task_service';

/** The type of the request that begins a bulk change. */
export const BULK_REQUEST_TYPE = 'holdfast.v1.BulkChangeTasksRequest';
const RESULT_TYPE = 'holdfast.v1.BulkChangeTasksResult';

/** Where a bulk change stands: see `domain/operation-cursor`. */
export interface BulkCursor {
  readonly sequence: number;
  readonly result: BulkChangeTasksResult;
  readonly place: string | undefined;
}

/** The request as its operation keeps it: without what is about the call alone. */
export function metadataOf(request: BulkChangeTasksRequest): Any {
  const kept = { ...request, requestId: '', validateOnly: false, _unknownFields: undefined };
  return anyOf(BULK_REQUEST_TYPE, imageOf(BulkChangeTasksRequest, kept));
}

/** The bulk change that an operation is about. */
export function requestOf({ metadata }: Operation): BulkChangeTasksRequest {
  return BulkChangeTasksRequest.decode(metadata!.value);
}

/** What a bulk change came to, as an operation's response. */
export function responseOf(result: BulkChangeTasksResult): Any {
  return anyOf(RESULT_TYPE, imageOf(BulkChangeTasksResult, result));
}

/** The text of a cursor. */
export function formatBulkCursor({ sequence, result, place }: BulkCursor): string {
  return formatCursor({ sequence, result: imageOf(BulkChangeTasksResult, result), place });
}

/** What a cursor's text says. Throws RangeError on any other text. */
export function parseBulkCursor(text: string): BulkCursor {
  const { sequence, result, place } = parseCursor(text);
  return { sequence, result: BulkChangeTasksResult.decode(result), place };
}
