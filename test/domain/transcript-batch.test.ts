import { TranscriptItem } from '../../src/gen/holdfast/v1/checkpoint';
import { ReadTranscriptResponse } from '../../src/gen/holdfast/v1/session_service';
import { imageOf } from '../../src/domain/row-image';
import { itemsIn, transcriptBatch } from '../../src/domain/checkpoints/transcript-batch';

const items = [1, 2, 300].map((index) =>
  TranscriptItem.fromPartial({ index, uuid: `u${index}`, content: { text: 'x'.repeat(index) } }),
);

it('an append reads and writes what the whole message does', () => {
  const batch = { items, more: false, total: 0, position: undefined };
  const image = imageOf(transcriptBatch, items);
  expect(image).toEqual(Buffer.from(ReadTranscriptResponse.encode(batch).finish()));
  expect(itemsIn(image).map(({ index }) => index)).toEqual([1, 2, 300]);
  expect(itemsIn(image)).toEqual(ReadTranscriptResponse.decode(image).items);
  expect([itemsIn(new Uint8Array()), imageOf(transcriptBatch, []).length]).toEqual([[], 0]);
});
