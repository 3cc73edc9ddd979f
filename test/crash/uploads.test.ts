// Goal: a server that is killed in an upload shows nothing of it and keeps nothing of it, and a large upload costs no memory. Method: the
// built server as a child, killed by SIGKILL, its files and its memory as the kernel tells them.

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import {
  DownloadCheckpointRequest,
  ListCheckpointsRequest,
  SaveCheckpointRequest,
  SessionServiceClient,
  StartSessionRequest,
  UploadCheckpointRequest,
} from '../../src/gen/holdfast/v1/session_service';
import type { DownloadCheckpointResponse } from '../../src/gen/holdfast/v1/session_service';
import { anonymousBytes } from '../bench/process-figures';
import { call } from '../support/boot';
import { tempDir } from '../support/temp-dir';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const MIB = 1024 * 1024;
const parent = 'projects/default/sessions/s1';
const chunk = randomBytes(MIB);

const clientOf = ({ address }: ServerProcess): SessionServiceClient =>
  new SessionServiceClient(address, credentials.createInsecure());

async function begin(client: SessionServiceClient): Promise<void> {
  const request = StartSessionRequest.fromPartial({ parent: 'projects/default', sessionId: 's1', agent: 'ann' });
  await call(client, 'startSession', request);
}

/** Sends so many MiB. `onSent` hears how many are on their way; with false it ends there, and the stream stays open. */
function upload(client: SessionServiceClient, mebibytes: number, onSent: (sent: number) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = client.uploadCheckpoint((error, response) =>
      error ? reject(error) : resolve(response.checkpoint!.digest),
    );
    const value = SaveCheckpointRequest.fromPartial({ parent, checkpoint: {} });
    stream.write(UploadCheckpointRequest.fromPartial({ part: { $case: 'begin', value } }));
    let sent = 0;
    const pump = (): void => {
      if (!onSent(sent)) return;
      if (sent++ === mebibytes) stream.end();
      else stream.write({ part: { $case: 'chunk', value: chunk } }, pump);
    };
    pump();
  });
}

const blobFiles = (dir: string): string[] =>
  (readdirSync(join(dir, 'blobs'), { recursive: true }) as string[]).filter((name) => /\.(blob|new)$/.test(name));

it('a server that is killed in an upload keeps and shows nothing of it, and removes what no record names', async () => {
  const dir = tempDir();
  const first = await startServer(dir);
  const client = clientOf(first);
  await begin(client);
  const kept = await call(
    client,
    'saveCheckpoint',
    SaveCheckpointRequest.fromPartial({ parent, checkpoint: { data: chunk, namespace: 'kept' } }),
  );
  const broken = upload(client, 64, (sent) => sent < 32);
  broken.catch(() => undefined);
  while (!blobFiles(dir).some((name) => name.endsWith('.new'))) await delay(5);
  await first.kill();
  await expect(broken).rejects.toBeDefined();
  client.close();
  // What a crash leaves between a flush and its record: a whole file that no record names.
  const stray = createHash('sha256').update('stray').digest('hex');
  const folder = join(dir, 'blobs', stray.slice(0, 2), stray.slice(2, 4));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${stray}.blob`), 'stray');
  const second = await startServer(dir);
  const again = clientOf(second);
  const list = await call(again, 'listCheckpoints', ListCheckpointsRequest.fromPartial({ parent, namespace: '-' }));
  expect(list.checkpoints.map(({ name }) => name)).toEqual([kept.checkpoint!.name]);
  while (blobFiles(dir).length > 1) await delay(20);
  expect(blobFiles(dir)[0]).toContain(kept.checkpoint!.digest);
  again.close();
  await second.kill();
}, 300_000);

it('an upload and a download of 200 MiB cost the server no memory that grows with them', async () => {
  const server = await startServer(tempDir());
  const client = clientOf(server);
  await begin(client);
  await upload(client, 8, () => true);
  const before = anonymousBytes(server.pid);
  let most = before;
  const look = (): true => {
    most = Math.max(most, anonymousBytes(server.pid));
    return true;
  };
  const startMs = performance.now();
  const digest = await upload(client, 200, look);
  const uploadMs = performance.now() - startMs;
  const hash = createHash('sha256');
  for (let i = 0; i < 200; i++) hash.update(chunk);
  expect(digest).toBe(hash.digest('hex'));
  const name = `${parent}/checkpoints/c2`;
  let bytes = 0;
  const stream = client.downloadCheckpoint(DownloadCheckpointRequest.fromPartial({ name }));
  for await (const { part } of stream as AsyncIterable<DownloadCheckpointResponse>) {
    if (part?.$case === 'chunk') bytes += part.value.length;
    look();
  }
  expect(bytes).toBe(200 * MIB);
  const grown = Math.round((most - before) / MIB);
  process.stdout.write(
    `200 MiB up in ${Math.round(uploadMs)} ms; the server's own memory grew by ${grown} MiB at most\n`,
  );
  expect(grown).toBeLessThan(100);
  client.close();
  await server.kill();
}, 300_000);
