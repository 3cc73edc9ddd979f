import { status as Code } from '@grpc/grpc-js';
import type { TranscriptItem } from '../../src/gen/holdfast/v1/checkpoint';
import {
  AppendTranscriptRequest,
  ClearTranscriptRequest,
  PopTranscriptRequest,
  ReadTranscriptRequest,
  SessionServiceClient,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import type { AppendTranscriptResponse, ReadTranscriptResponse } from '../../src/gen/holdfast/v1/session_service';
import { boot, call } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default/sessions/s1';

async function world() {
  const booted = await boot();
  const sessions = booted.client(SessionServiceClient);
  const start = StartSessionRequest.fromPartial({ parent: 'projects/default', sessionId: 's1', agent: 'ann' });
  await call(sessions, 'startSession', start);
  const append = (texts: readonly string[], fields: object = {}): Promise<AppendTranscriptResponse> => {
    const items = texts.map((text) => ({ uuid: text, role: 'user', text }));
    return call(sessions, 'appendTranscript', AppendTranscriptRequest.fromPartial({ parent, items, ...fields }));
  };
  const read = (fields: object = {}): Promise<ReadTranscriptResponse> =>
    call(sessions, 'readTranscript', ReadTranscriptRequest.fromPartial({ parent, ...fields }));
  const texts = async (fields: object = {}): Promise<string[]> => (await read(fields)).items.map(({ text }) => text);
  const pop = async (fields: object = {}): Promise<TranscriptItem | undefined> =>
    (await call(sessions, 'popTranscript', PopTranscriptRequest.fromPartial({ parent, ...fields }))).item;
  const clear = async (fields: object = {}): Promise<number> =>
    (await call(sessions, 'clearTranscript', ClearTranscriptRequest.fromPartial({ parent, ...fields }))).cleared;
  return { booted, sessions, append, read, texts, pop, clear };
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `m${from + i}`);

it('items are read from the start, after an index, and the last so many', async () => {
  const { append, read, texts } = await world();
  expect(await append(numbers(1, 3))).toMatchObject({ appended: 3, lastIndex: 3 });
  for (let i = 4; i <= 20; i++) await append([`m${i}`]);
  expect(await texts()).toEqual(numbers(1, 20));
  for (const after of [0, 1, 2, 3, 4, 19, 20, 21])
    expect(await texts({ afterIndex: after })).toEqual(numbers(after + 1, 20));
  for (const last of [1, 2, 17, 18, 20, 99]) expect(await texts({ last })).toEqual(numbers(Math.max(1, 21 - last), 20));
  const page = await read({ maxItems: 7, afterIndex: 2 });
  expect([page.items.length, page.more, page.total, page.items[0]!.index]).toEqual([7, true, 20, 3]);
  expect(await read({ path: 'other' })).toMatchObject({ items: [], more: false, total: 0 });
});

it('an item whose uuid is there is left out; one without gets one', async () => {
  const { booted, append, texts, read } = await world();
  await append(['a', 'b']);
  expect(await append(['b', 'c', 'c'])).toMatchObject({ appended: 1, lastIndex: 3 });
  const sequence = booted.engine.status.durable;
  expect(await append(['a', 'b', 'c'])).toMatchObject({ appended: 0, lastIndex: 3 });
  expect(booted.engine.status.durable).toBe(sequence);
  await append([], { items: [{ text: 'x' }, { text: 'x' }] });
  expect(await texts()).toEqual(['a', 'b', 'c', 'x', 'x']);
  const { items } = await read({ last: 2 });
  expect(new Set(items.map(({ uuid }) => uuid)).size).toBe(2);
});

it('the newest item is taken away and given back, again and again, and its number is not given twice', async () => {
  const { append, texts, pop } = await world();
  await append(['a', 'b']);
  await append(['c']);
  const requestId = '018f0000-0000-7000-8000-000000000001';
  const popped = await pop({ requestId });
  expect(popped).toMatchObject({ text: 'c', index: 3 });
  expect(await pop({ requestId })).toEqual(popped);
  expect((await pop())!.text).toBe('b');
  expect(await append(['b'])).toMatchObject({ appended: 1, lastIndex: 4 });
  expect(await texts()).toEqual(['a', 'b']);
  expect([(await pop())!.text, (await pop())!.text, await pop()]).toEqual(['b', 'a', undefined]);
});

it('a transcript is cleared, however long it is, and goes on after its last number', async () => {
  const { append, texts, clear } = await world();
  expect(await clear()).toBe(0);
  await Promise.all(Array.from({ length: 2100 }, (_, i) => append([`m${i}`])));
  const requestId = '018f0000-0000-7000-8000-000000000002';
  expect(await clear({ requestId })).toBe(2100);
  expect(await texts()).toEqual([]);
  expect(await append(['m5'])).toMatchObject({ appended: 1, lastIndex: 2101 });
  expect(await clear({ path: 'none' })).toBe(0);
});

it('long items come in answers that a client takes', async () => {
  const { append, read } = await world();
  const text = 'x'.repeat(200_000);
  for (let i = 0; i < 30; i++) await append([], { items: [{ text }] });
  const first = await read();
  expect([first.items.length, first.more]).toEqual([15, true]);
  const rest = await read({ afterIndex: first.items.at(-1)!.index });
  expect([rest.items.length, rest.more]).toEqual([15, false]);
});

it('malformed appends are refused, and watchers are told of good ones', async () => {
  const { booted, append, clear } = await world();
  const stream = new EventStream(booted.events, { parent: 'projects/default', types: ['transcript.*'] });
  await stream.until((each) => each.of('caughtUp').length === 1);
  await expect(append([])).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  await expect(append(['x'], { path: 'p'.repeat(257) })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  await expect(append(['x'], { parent: `${parent}x` })).rejects.toMatchObject({ code: Code.NOT_FOUND });
  await append(['x'], { path: 'sub/1' });
  await clear({ path: 'sub/1' });
  await stream.until(({ events }) => events.length === 2);
  expect(stream.events.map(({ type, name }) => [type, name])).toEqual([
    ['transcript.appended', `${parent}/transcripts/sub/1`],
    ['transcript.cleared', `${parent}/transcripts/sub/1`],
  ]);
});
