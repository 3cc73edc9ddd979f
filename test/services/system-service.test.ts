import { boot, call } from '../support/boot';
import { HealthStatus, ServerState } from '../../src/gen/holdfast/v1/system';
import { SystemServiceClient } from '../../src/gen/holdfast/v1/system_service';
import type { ShownSetting } from '../../src/services/system-service';

test('a fresh server tells what it is, and that nothing is to do', async () => {
  const booted = await boot();
  const system = booted.client(SystemServiceClient);
  const { status, position } = await call(system, 'getStatus', {});
  expect(status).toMatchObject({ version: 'test', state: ServerState.SERVING, stateReason: '', found: 'created' });
  expect(position).toMatchObject({ history: booted.engine.history, sequence: 2 });
  expect(status!.journal).toMatchObject({ durable: position, applied: 2, oldest: 1, segments: 1 });
  expect(status!.counts).toMatchObject({ projects: 1, tasks: 0, liveTasks: 0, sessions: 0, watches: 0, waiting: 0 });
  expect(status!.disk!.journalBytes).toBeGreaterThan(0);
  expect(status!.disk!.freeBytes).toBeGreaterThan(status!.disk!.reserveBytes);
  const { health, recommendations } = await call(system, 'checkHealth', {});
  expect(health).toMatchObject({ status: HealthStatus.HEALTHY, issues: [] });
  expect(recommendations).toEqual([]);
});

test('the settings that the server was given are shown in their order', async () => {
  const config: ShownSetting[] = [
    { name: 'dir', value: '.holdfast', source: 'default', text: 'The data directory.' },
    { name: 'port', value: '0', source: 'flag', text: 'The port.' },
  ];
  const booted = await boot({ server: { config } });
  const { settings } = await call(booted.client(SystemServiceClient), 'getConfig', {});
  expect(settings).toMatchObject(config);
});
