// One append to a transcript as its row holds it: a ReadTranscriptResponse with its items alone. It is read and written by field, since that
// message comes with the service and its clients, which rules do not load.

import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { TranscriptItem } from '../../gen/holdfast/v1/checkpoint';
import { WIRE_BYTES, WireScan } from '../wire';

/** The field number of ReadTranscriptResponse.items, and its tag. */
const ITEMS = 1;
const ITEMS_TAG = (ITEMS << 3) | WIRE_BYTES;

/** Encodes items as a row. */
export const transcriptBatch = {
  encode(items: readonly TranscriptItem[], writer = new BinaryWriter()): BinaryWriter {
    for (const item of items) TranscriptItem.encode(item, writer.uint32(ITEMS_TAG).fork()).join();
    return writer;
  },
};

/** The items of a row, in order. */
export function itemsIn(image: Uint8Array): TranscriptItem[] {
  const items: TranscriptItem[] = [];
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.field !== ITEMS || scan.wire !== WIRE_BYTES) continue;
    items.push(TranscriptItem.decode(image.subarray(scan.valueStart, scan.end)));
  }
  return items;
}
