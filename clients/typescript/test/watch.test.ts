// Following events with a server that behaves; connections that break are in faults.test.ts.

import type { Event, Watch, WatchEntry } from '@holdfast/client';
import { status as Code } from '@grpc/grpc-js';
import { WatchEventsResponse } from '../src/gen/holdfast/v1/event_service';
import { boot } from '../../../test/support/boot';
import { step } from './conformance-step';
import { connected, refusal, served } from './connected';
import { failure, fakeServer } from './fake-server';

/** The entries up to the first that meets the condition. */
async function until(watch: Watch, last: (entry: WatchEntry) => boolean): Promise<WatchEntry[]> {
  const entries: WatchEntry[] = [];
  for await (const entry of watch) {
    entries.push(entry);
    if (last(entry)) break;
  }
  return entries;
}

function eventsOf(entries: readonly WatchEntry[]): Event[] {
  return entries.flatMap((entry) => (entry.kind === 'events' ? entry.events : []));
}

const sees = (name: string) => (entry: WatchEntry) =>
  entry.kind === 'events' && entry.events.some((event) => event.name.endsWith(name));

step('watch', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Before' });
  const watch = holdfast.events.watch({ types: ['task.created'] });
  await watch.ready;
  await holdfast.tasks.createBatch([{ fields: { title: 'A' } }, { fields: { title: 'B' } }]);
  await holdfast.tasks.complete('t2');
  await holdfast.tasks.create({ title: 'Last' });
  const entries = await until(watch, ({ kind }) => kind === 'caught-up');
  const names = entries.flatMap((entry) => (entry.kind === 'events' ? [entry.events.map(({ name }) => name)] : []));
  expect(names).toEqual([['projects/default/tasks/t2', 'projects/default/tasks/t3'], ['projects/default/tasks/t4']]);
  expect(eventsOf(entries)[0]?.after?.resource).toMatchObject({ $case: 'task', value: { title: 'A' } });
});

step('watch-resume', async () => {
  const { holdfast } = await served();
  for (let n = 0; n < 6; n++) await holdfast.tasks.create({ title: `Task ${n}` });
  const all = eventsOf(await until(holdfast.events.watch({ start: 'earliest', project: '-' }), sees('/t6')));
  for (const { position } of all) {
    if (position!.sequence === all.at(-1)!.position!.sequence) continue;
    const rest = eventsOf(await until(holdfast.events.watch({ start: position!, project: '-' }), sees('/t6')));
    expect(rest).toEqual(all.filter((event) => event.position!.sequence > position!.sequence));
  }
  expect(all.length).toBeGreaterThanOrEqual(6);
});

step('watch-snapshot', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.createBatch(
    Array.from({ length: 40 }, (_, n) => ({ fields: { title: `Task ${n}`, description: 'x'.repeat(20_000) } })),
  );
  await holdfast.tasks.delete('t7');
  const watch = holdfast.events.watch({ start: 'snapshot' });
  const resources: string[] = [];
  const edges: [boolean, boolean][] = [];
  for await (const entry of watch) {
    if (entry.kind === 'snapshot') {
      edges.push([entry.first, entry.last]);
      expect(entry.position === undefined).toBe(!entry.last);
      for (const { resource } of entry.resources) if (resource?.$case === 'task') resources.push(resource.value.name);
      if (entry.last) await holdfast.tasks.create({ title: 'After' }, { id: 'after' });
    }
    if (sees('/after')(entry)) break;
  }
  expect(new Set(resources).size).toBe(39);
  expect(resources).toHaveLength(39);
  expect(edges.length).toBeGreaterThan(1);
  expect(edges.filter(([first]) => first)).toHaveLength(1);
  expect(edges.at(-1)![1]).toBe(true);
});

step('watch-stop', async () => {
  const { server, holdfast } = await served();
  const stop = new AbortController();
  const watch = holdfast.events.watch({ signal: stop.signal, start: 'earliest' });
  const entries: WatchEntry[] = [];
  for await (const entry of watch) {
    entries.push(entry);
    if (entry.kind === 'caught-up') stop.abort();
  }
  expect(entries.at(-1)?.kind).toBe('caught-up');
  const other = holdfast.events.watch({ start: 'earliest' });
  for await (const entry of other) if (entry.kind === 'caught-up') holdfast.close();
  expect(() => watch[Symbol.asyncIterator]()).toThrow('iterated once');
  while (server.server.openWatches > 0) await new Promise((resolve) => setImmediate(resolve));
});

step('history', async () => {
  const first = await boot();
  const port = Number(first.address.slice(first.address.lastIndexOf(':') + 1));
  const holdfast = connected({ address: first.address });
  await holdfast.tasks.create({ title: 'Of the first history' });
  const watch = holdfast.events.watch();
  await watch.ready;
  const watched = refusal(until(watch, () => false));
  await first.stop();
  const second = await boot({ server: { endpoints: [{ host: '127.0.0.1', port }] } });
  expect(await watched).toMatchObject({ code: 'OUT_OF_RANGE', reason: 'POSITION_UNKNOWN' });
  expect(holdfast.position?.history).toBe(second.engine.history);
  const reader = connected({ address: second.address });
  reader.observe({ history: 'f'.repeat(16), sequence: 7 });
  const error = await refusal(reader.tasks.get('t1'));
  expect(error).toMatchObject({ reason: 'POSITION_UNKNOWN', metadata: { history: second.engine.history } });
  expect((error as Error).message).toContain('restored from a backup');
  expect(await reader.tasks.list().toArray()).toEqual([]);
});

test('progress moves the position while nothing matches, if asked for', async () => {
  const { holdfast } = await served();
  const watch = holdfast.events.watch({ types: ['project.*'], progress: true, progressIntervalMs: 100 });
  await watch.ready;
  await holdfast.tasks.create({ title: 'No match' });
  const reached = (entry: WatchEntry) =>
    entry.kind === 'progress' && entry.position.sequence === holdfast.position?.sequence;
  expect((await until(watch, reached)).map(({ kind }) => kind)).not.toContain('events');
});

test('a position that the journal no longer holds ends the watch, and says what to do', async () => {
  const address = await fakeServer({
    watchEvents: (stream) => stream.emit('error', failure(Code.OUT_OF_RANGE, 'POSITION_TOO_OLD', { oldest: '90' })),
  });
  const watch = connected({ address }).events.watch({ start: { history: 'a'.repeat(16), sequence: 3 } });
  const error = await refusal(until(watch, () => false));
  expect(error).toMatchObject({ reason: 'POSITION_TOO_OLD', metadata: { oldest: '90' } });
  expect((error as Error).message).toContain('snapshot');
});

test('a malformed request ends the watch', async () => {
  const { holdfast } = await served();
  const error = await refusal(until(holdfast.events.watch({ types: ['task.flown'] }), () => false));
  expect(error).toMatchObject({ reason: 'FIELD_INVALID' });
});

test('without a server a watch waits, or gives up when it is told to', async () => {
  const { server, holdfast } = await served();
  await server.stop();
  const heard: string[] = [];
  const watch = holdfast.events.watch({ giveUpAfterMs: 300, onReconnect: ({ code }) => heard.push(code) });
  expect(await refusal(until(watch, () => false))).toMatchObject({ code: 'UNAVAILABLE' });
  expect(await refusal(watch.ready)).toMatchObject({ code: 'UNAVAILABLE' });
});

test('a stream that falls silent is taken for dead and opened again', async () => {
  const position = { history: 'a'.repeat(16), sequence: 3 };
  let streams = 0;
  const address = await fakeServer({
    watchEvents: (stream) => {
      streams++;
      if (streams === 1)
        stream.write(WatchEventsResponse.fromPartial({ position, payload: { $case: 'progress', value: {} } }));
      else stream.write(WatchEventsResponse.fromPartial({ position, payload: { $case: 'caughtUp', value: {} } }));
    },
  });
  const watch = connected({ address }).events.watch({ start: position, progressIntervalMs: 100 });
  const entries = await until(watch, ({ kind }) => kind === 'caught-up');
  expect([entries.length, streams]).toEqual([1, 2]);
});

test('a snapshot that breaks off begins again, and says so', async () => {
  const position = { history: 'a'.repeat(16), sequence: 3 };
  const starts: unknown[] = [];
  const address = await fakeServer({
    watchEvents: (stream) => {
      starts.push(stream.request.start?.$case);
      const chunk = (last: boolean) =>
        stream.write(
          WatchEventsResponse.fromPartial({ position, payload: { $case: 'snapshot', value: { resources: [], last } } }),
        );
      chunk(false);
      if (starts.length === 1) stream.emit('error', failure(Code.UNAVAILABLE, 'DRAINING'));
      else chunk(true);
    },
  });
  const watch = connected({ address }).events.watch({ start: 'snapshot' });
  const entries = await until(watch, (entry) => entry.kind === 'snapshot' && entry.last);
  expect(entries.map((entry) => entry.kind === 'snapshot' && [entry.first, entry.last])).toEqual([
    [true, false],
    [true, false],
    [false, true],
  ]);
  expect(starts).toEqual(['snapshot', 'snapshot']);
});
