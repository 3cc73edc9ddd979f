// Goal: whatever happens to the connection, events are seen once and in order, and mutations are applied once. Method: a proxy
// breaks connections at random places of the byte stream; what the client saw is compared with what the server has.

import { bulkResultOf, DependencyKind, OperationState, TaskState, View } from '@holdfast/client';
import type { Event, ImportProgress } from '@holdfast/client';
import { boot } from '../../../test/support/boot';
import type { Booted } from '../../../test/support/boot';
import { chosenSeed, randomFrom, say } from '../../../test/support/seed';
import { tempDir } from '../../../test/support/temp-dir';
import { step } from './conformance-step';
import { connected, served } from './connected';
import { CuttingProxy } from './cutting-proxy';

function portOf({ address }: Booted): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

const places = (events: readonly Event[]): string[] =>
  events.map(({ position, index, type, name }) => `${position!.sequence}.${index} ${type} ${name}`);

/** Everything that a server has told and can tell again. */
async function journalOf(server: Booted): Promise<string[]> {
  const events: Event[] = [];
  const direct = connected({ address: server.address });
  for (let after = undefined; ;) {
    const page = await direct.events.read({ after, project: '-', pageSize: 1000 });
    events.push(...page.events);
    if (page.caughtUp) return places(events);
    after = page.position;
  }
}

step(
  'watch-cut',
  async () => {
    const random = randomFrom(chosenSeed());
    const { server, holdfast: writer } = await served();
    const proxy = await CuttingProxy.start(() => portOf(server));
    let uncut = false;
    proxy.budget = () => (uncut ? undefined : 200 + random.below(random.pick([500, 20_000, 3_000_000])));
    let reconnects = 0;
    const reader = connected({ address: proxy.address });
    const watch = reader.events.watch({ start: 'earliest', project: '-', onReconnect: () => reconnects++ });
    const seen: Event[] = [];
    const reading = (async () => {
      for await (const entry of watch) {
        if (entry.kind !== 'events') continue;
        seen.push(...entry.events);
        if (entry.events.some(({ name }) => name.endsWith('/last'))) return;
      }
    })();
    for (let n = 0; n < 40 || proxy.cuts < 15; n++) {
      // Some commands are larger than one message of the stream, 1 MiB: their events come in fragments.
      const large = n < 40 && n % 10 === 9;
      const size = large ? 80 : 1 + random.below(4);
      const description = 'x'.repeat(large ? 20_000 : random.below(2000));
      await writer.tasks.createBatch(
        Array.from({ length: size }, (_, k) => ({ fields: { title: `Task ${n}.${k}`, description } })),
      );
      if (random.chance(0.2)) proxy.cut();
    }
    await writer.tasks.create({ title: 'Last' }, { id: 'last' });
    // The large commands need a connection that lives long enough.
    uncut = true;
    proxy.cut();
    await reading;
    expect(places(seen)).toEqual(await journalOf(server));
    say(`${seen.length} events over ${reconnects + 1} streams, ${proxy.cuts} cut in the middle`);
  },
  600_000,
);

step(
  'lost-reply',
  async () => {
    const random = randomFrom(chosenSeed());
    const { server } = await served();
    const proxy = await CuttingProxy.start(() => portOf(server));
    // A connection begins with some 100 bytes of settings; a reply has about 300.
    proxy.budget = () => 60 + random.below(1500);
    const writer = connected({ address: proxy.address, retryForMs: 30_000 });
    const names: string[] = [];
    for (let n = 0; n < 60; n++) names.push((await writer.tasks.create({ title: `Task ${n}` })).name);
    const tasks = await connected({ address: server.address }).tasks.list().toArray();
    expect(tasks.map(({ title }) => title).sort()).toEqual(names.map((_, n) => `Task ${n}`).sort());
    expect(new Set(names).size).toBe(60);
    expect(new Map(tasks.map(({ name, title }) => [name, title]))).toEqual(
      new Map(names.map((name, n) => [name, `Task ${n}`])),
    );
    expect(proxy.cuts).toBeGreaterThan(5);
    say(`60 mutations over ${proxy.cuts} broken connections`);
  },
  600_000,
);

step(
  'watch-restart',
  async () => {
    const dir = tempDir();
    let server = await boot({ dir });
    const port = portOf(server);
    const holdfast = connected({ address: server.address, retryForMs: 30_000 });
    const watch = holdfast.events.watch({ start: 'earliest', project: '-' });
    const seen: Event[] = [];
    const reading = (async () => {
      for await (const entry of watch) {
        if (entry.kind !== 'events') continue;
        seen.push(...entry.events);
        if (entry.events.some(({ name }) => name.endsWith('/last'))) return;
      }
    })();
    let over = false;
    let created = 0;
    const writing = (async () => {
      for (; !over; created++) await holdfast.tasks.create({ title: `Task ${created}` });
      await holdfast.tasks.create({ title: 'Last' }, { id: 'last' });
    })();
    for (let restarts = 0; restarts < 3; restarts++) {
      const goal = created + 20;
      while (created < goal) await new Promise((resolve) => setImmediate(resolve));
      await server.stop();
      server = await boot({ dir, server: { endpoints: [{ host: '127.0.0.1', port }] } });
    }
    over = true;
    await writing;
    await reading;
    expect(places(seen)).toEqual(await journalOf(server));
    expect(await holdfast.tasks.list().toArray()).toHaveLength(created + 1);
    // The directory goes with the test: the server must let go of it first.
    await server.stop();
  },
  600_000,
);

step(
  'watch-slow',
  async () => {
    const { server, holdfast } = await served({ server: { stallTimeoutMs: 300 } });
    const reader = connected({ address: server.address });
    const reasons: (string | undefined)[] = [];
    const watch = reader.events.watch({ project: '-', onReconnect: ({ reason }) => reasons.push(reason) });
    await watch.ready;
    const from = holdfast.events.read({ project: '-', pageSize: 1000 });
    const before = places((await from).events).length;
    // More than the windows of the connection and of the stream take in.
    const description = 'x'.repeat(60_000);
    const count = 300;
    for (let n = 0; n < count; n += 20) {
      await holdfast.tasks.createBatch(
        Array.from({ length: 20 }, (_, k) => ({ fields: { title: `Task ${n + k}`, description } })),
      );
    }
    await holdfast.tasks.create({ title: 'Last' }, { id: 'last' });
    const seen: Event[] = [];
    for await (const entry of watch) {
      if (entry.kind !== 'events') continue;
      seen.push(...entry.events);
      if (seen.length === entry.events.length) {
        while (server.server.openWatches > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      }
      if (entry.events.some(({ name }) => name.endsWith('/last'))) break;
    }
    expect(seen).toHaveLength(count + 1);
    expect(places(seen)).toEqual((await journalOf(server)).slice(before));
    expect(reasons.length).toBeGreaterThanOrEqual(1);
  },
  600_000,
);

step(
  'import-cut',
  async () => {
    const random = randomFrom(chosenSeed());
    const { server } = await served();
    const proxy = await CuttingProxy.start(() => portOf(server));
    // A step brings some 800 bytes: its answer, and the windows that are opened for a megabyte on its way.
    proxy.budget = () => (proxy.cuts >= 12 ? undefined : 300 + random.below(5000));
    const count = 500;
    const description = 'x'.repeat(20_000);
    const tasks = Array.from({ length: count }, (_, n) => ({
      key: `TASK-${n}`,
      task: { title: `Task ${n}`, description, state: n % 3 === 0 ? TaskState.SUCCEEDED : TaskState.PENDING },
      edges: n === 0 ? [] : [{ key: `TASK-${random.below(n)}`, kind: DependencyKind.BLOCKS }],
      notes: [{ text: `said of ${n}` }],
    }));
    const importer = connected({ address: proxy.address, retryForMs: 30_000 });
    let last: ImportProgress | undefined;
    let steps = 0;
    let cutsBetween = 0;
    const onReconnect = (): void => void (cutsBetween += steps > 0 ? 1 : 0);
    for await (const progress of importer.tasks.import(tasks, { onReconnect })) {
      last = progress;
      steps++;
    }
    expect(last).toMatchObject({ finished: true, report: { released: expect.any(Number) as number } });
    expect(last!.report.created).toBeLessThanOrEqual(count);
    const reader = connected({ address: server.address });
    const imported = await reader.tasks.list({ view: View.FULL, pageSize: 100 }).toArray();
    expect(imported.map(({ title, state, importId }) => [title, state, importId]).sort()).toEqual(
      tasks.map(({ task }) => [task.title, task.state, '']).sort(),
    );
    expect(imported.flatMap(({ dependencies }) => dependencies)).toHaveLength(count - 1);
    expect(await reader.tasks.notes(undefined, { pageSize: 1000 }).toArray()).toHaveLength(count);
    expect(cutsBetween).toBeGreaterThan(0);
    say(`${count} tasks in ${steps} steps over ${proxy.cuts} broken connections, ${cutsBetween} after the first step`);
  },
  600_000,
);

step(
  'wait-restart',
  async () => {
    const dir = tempDir();
    const first = await boot({ dir });
    const holdfast = connected({ address: first.address, retryForMs: 30_000 });
    const count = 1000;
    await holdfast.tasks.createBatch(Array.from({ length: count }, (_, n) => ({ fields: { title: `Task ${n}` } })));
    const { name } = await holdfast.tasks.bulk('state = PENDING', { complete: {} });
    const waited = holdfast.operations.wait(name);
    await first.stop();
    const second = await boot({ dir, server: { endpoints: [{ host: '127.0.0.1', port: portOf(first) }] } });
    const ended = await waited;
    expect([ended.state, bulkResultOf(ended)?.changed]).toEqual([OperationState.SUCCEEDED, count]);
    await second.stop();
  },
  600_000,
);
