// The keeper of health on a real server: what it journals, what watchers are told, and what it leaves unsaid.

import { timestampOf } from '../../../src/domain/timestamp';
import type { Health } from '../../../src/gen/holdfast/v1/system';
import { HealthStatus } from '../../../src/gen/holdfast/v1/system';
import type { Files } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import { bootHost } from '../../support/boot-host';
import type { BootedHost } from '../../support/boot-host';
import { EventStream } from '../../support/event-stream';
import { storeSettings } from '../../support/store-settings';
import { tempDir } from '../../support/temp-dir';

const MIB = 1024 * 1024;

/** A disk whose free bytes the test sets. */
function disk(initialBytes: number) {
  const set = { freeBytes: initialBytes };
  const freeBytes = (): Promise<number> => Promise.resolve(set.freeBytes);
  const files = Object.assign(Object.create(nodeFiles) as Files, { freeBytes });
  return { set, files };
}

/** The looks of these servers are made by the test. */
function server(files: Files, dir = tempDir()): Promise<BootedHost> {
  return bootHost({ dir, engine: { files, settings: storeSettings(dir) } });
}

const look = ({ served }: BootedHost): Promise<void> => served.maintenance.health.look();
const codes = ({ issues }: Health): string[] => issues.map(({ code }) => code);

test('each change is journalled and told once, with its issues and since when', async () => {
  const { set, files } = disk(100 * 1024 * MIB);
  const booted = await server(files);
  const { served } = booted;
  const before = served.engine.status.durable;
  const stream = new EventStream(booted.events, { types: ['health.*'], start: { $case: 'now', value: true } });
  await stream.until(() => stream.messages.length > 0);
  await look(booted);
  expect(served.engine.status.durable).toBe(before);

  set.freeBytes = 100 * MIB;
  await look(booted);
  await look(booted);
  expect(served.engine.status.durable).toBe(before + 1);
  set.freeBytes = 100 * 1024 * MIB;
  await look(booted);
  await stream.until(({ events }) => events.length === 2);
  const told = stream.events.map(({ type, principal, name, after }) => {
    const health = after!.resource!.$case === 'health' ? after!.resource.value : undefined;
    return [type, principal, name, HealthStatus.DEGRADED === health!.status, codes(health!)];
  });
  expect(told).toEqual([
    ['health.changed', 'system', 'health', true, ['disk_low']],
    ['health.changed', 'system', 'health', false, []],
  ]);
  stream.cancel();
});

test('a server that starts again with the same issue keeps its since and tells nothing', async () => {
  const { files } = disk(100 * MIB);
  const first = await server(files);
  await look(first);
  const { issues } = await first.served.maintenance.health.check();
  await first.stop();
  const second = await server(files, first.dir);
  const before = second.served.engine.status.durable;
  const found = await second.served.maintenance.health.check();
  expect(found.issues).toMatchObject([{ code: 'disk_low', since: issues[0]!.since }]);
  await look(second);
  expect(second.served.engine.status.durable).toBe(before);
});

test('a check on demand journals nothing', async () => {
  const { files } = disk(100 * MIB);
  const { served } = await server(files);
  const before = served.engine.status.durable;
  const health = await served.maintenance.health.check();
  expect(codes(health)).toEqual(['disk_low']);
  expect(served.engine.status.durable).toBe(before);
});

test('it looks by the clock', async () => {
  const { files } = disk(100 * MIB);
  const dir = tempDir();
  const settings = storeSettings(dir, { healthCheckIntervalMs: 10 });
  const booted = await bootHost({ dir, engine: { files, settings } });
  const stream = new EventStream(booted.events, {
    types: ['health.changed'],
    start: { $case: 'earliest', value: true },
  });
  await stream.until(({ events }) => events.length === 1);
  stream.cancel();
});

test('a draining server journals no change', async () => {
  const { files } = disk(100 * MIB);
  const { served } = await server(files);
  served.engine.drain();
  const before = served.engine.status.durable;
  await look({ served } as BootedHost);
  expect(served.engine.status.durable).toBe(before);
});

test('since when an issue is there begins anew once it was gone', async () => {
  const { set, files } = disk(100 * MIB);
  let wallMs = Date.UTC(2030, 0, 1);
  let monotonicMs = 0;
  const clock = { wallMs: () => wallMs, monotonicMs: () => monotonicMs };
  const dir = tempDir();
  const { served } = await bootHost({ dir, engine: { files, clock, settings: storeSettings(dir) } });
  const { health } = served.maintenance;
  const since = async (): Promise<unknown> => (await health.check()).issues[0]?.since;
  const pass = (): void => {
    wallMs += 100;
    monotonicMs += 100;
    void served.engine.nowMs;
  };
  const first = await since();
  pass();
  expect(await since()).toEqual(first);
  set.freeBytes = 100 * 1024 * MIB;
  expect(await since()).toBeUndefined();
  pass();
  set.freeBytes = 100 * MIB;
  expect(await since()).toEqual(timestampOf(served.engine.nowMs));
  expect(await since()).not.toEqual(first);
});
