import { TRANSCRIPT_KNOWN_UUIDS } from '../../../src/domain/checkpoints/checkpoint-limits';
import { hashesIn, uuidHash } from '../../../src/domain/checkpoints/uuid-hash';
import { EntityKind, Transcript } from '../../../src/gen/holdfast/journal/v1/journal';
import { AppendTranscriptRequest, StartSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { World } from '../../support/world';

it('the hash of a uuid is what is on disk', () => {
  const texts = ['', 'a', 'b', '0190c7a2-7d2b-7f00-8000-0242ac120002', 'ü'];
  expect(texts.map((text) => uuidHash(text).toString('hex'))).toEqual([
    '54e1ce7fd10efc51',
    'e63290a64ab75b06',
    '3c2e6a940612b234',
    'd6b8c90e0f1bcd93',
    'e765f335dd2f09d1',
  ]);
});

it('no two of many uuids have one hash', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 100_000; i++)
    seen.add(uuidHash(`0190c7a2-7d2b-7f00-8000-${i.toString(16).padStart(12, '0')}`).toString('latin1'));
  expect(seen.size).toBe(100_000);
});

it('what repeated items are known by stays bounded', () => {
  const world = new World();
  const start = StartSessionRequest.fromPartial({ parent: 'projects/p', sessionId: 's', agent: 'a' });
  world.run({ kind: 'startSession', request: start });
  const append = (from: number): void => {
    const items = Array.from({ length: 100 }, (_, i) => ({ uuid: `u${from + i}`, text: 'x' }));
    const request = AppendTranscriptRequest.fromPartial({ parent: 'projects/p/sessions/s', items });
    world.run({ kind: 'appendTranscript', request });
  };
  for (let batch = 0; batch < 30; batch++) append(batch * 100);
  append(2950);
  const { recentUuids, items, lastIndex } = Transcript.decode(world.view.row(EntityKind.TRANSCRIPT, 'p', 's/')!.image);
  expect([hashesIn(recentUuids).size, items, lastIndex]).toEqual([TRANSCRIPT_KNOWN_UUIDS, 3050, 3050]);
});
