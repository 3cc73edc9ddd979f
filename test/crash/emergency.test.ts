// Goal: the server as it is installed serves its capsule when it is told to, and is whole again by itself. Method: a real process whose LevelDB is
// removed between a stop and `holdfast serve --recover emergency`; nothing here waits for a time.

import { rmSync } from 'node:fs';
import { BatchCreateTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { stateDir } from '../../src/storage/layout';
import { tempDir } from '../support/temp-dir';
import { startServer } from './server-process';
import { ServiceClient } from './service-client';

it('serves the capsule under --recover emergency, then everything, and stops in peace', async () => {
  const dir = tempDir();
  const first = await startServer(dir);
  const writer = new ServiceClient(first.address);
  const requests = Array.from({ length: 20 }, () => ({ task: { title: 'kept' } }));
  const request = BatchCreateTasksRequest.fromPartial({ parent: 'projects/default', requests });
  const names = (await writer.mutate({ method: 'batchCreateTasks', request })).tasks.map(({ name }) => name);
  writer.close();
  await first.stop();
  rmSync(stateDir(dir), { recursive: true });
  const server = await startServer(dir, { args: ['--recover', 'emergency'] });
  expect(server.printed).toMatch(/"emergency":"the state is built anew \(asked for by --recover emergency\)/);
  await server.ready(/the whole store is served/);
  await server.ready(/\b127\.0\.0\.1:([1-9]\d*)/);
  const reader = new ServiceClient(server.address);
  expect((await reader.listTasks()).map(({ name }) => name).sort()).toEqual(names.sort());
  reader.close();
  await server.stop();
});

it('refuses another strategy, and says where it is', async () => {
  await expect(startServer(tempDir(), { args: ['--recover', 'cold'] })).rejects.toThrow(/holdfast recover --dir/);
});
