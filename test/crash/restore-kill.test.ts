// Goal: a server that is killed in the middle of a restore is the old store or the restored one, wholly, and no number comes twice. Method: the built
// server as a child, tasks created all the while, RestoreBackup called online, SIGKILL at a random moment of it, a new start; then everything
// is compared with what was acknowledged. The restore goes on by itself where it was cut off before its swap: its end is waited for.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { credentials, status as Code } from '@grpc/grpc-js';
import {
  BackupServiceClient,
  CreateBackupRequest,
  RestoreBackupRequest,
} from '../../src/gen/holdfast/v1/backup_service';
import type { Position } from '../../src/gen/holdfast/v1/common';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { OperationServiceClient, WaitOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import {
  BatchCreateTasksRequest,
  CreateTaskRequest,
  ListTasksRequest,
  TaskServiceClient,
} from '../../src/gen/holdfast/v1/task_service';
import { verifyJournal } from '../../src/storage/journal/verify';
import { incomingDir, journalDir } from '../../src/storage/layout';
import { nodeFiles } from '../../src/storage/node-files';
import { call } from '../support/boot';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const KILLS = countFromEnvironment('HOLDFAST_RESTORE_KILLS', 10);
const parent = 'projects/default';
/** Tasks in the backup: enough for a swap to have something to compare. */
const TASKS = 300;
/** How long anything may take before the test gives up, in milliseconds: far above what it takes on a busy machine. */
const WITHIN_MS = 120_000;

/** A task as it is compared: its title and its version. */
type Seen = ReadonlyMap<string, string>;

interface Clients {
  readonly tasks: TaskServiceClient;
  readonly backups: BackupServiceClient;
  readonly operations: OperationServiceClient;
  close(): void;
}

function clientsOf({ address }: ServerProcess): Clients {
  const insecure = credentials.createInsecure();
  const tasks = new TaskServiceClient(address, insecure);
  const backups = new BackupServiceClient(address, insecure);
  const operations = new OperationServiceClient(address, insecure);
  const all = [tasks, backups, operations];
  return { tasks, backups, operations, close: () => all.forEach((each) => each.close()) };
}

/** A call that is made again while the server gives way to itself. */
async function insist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const endMs = performance.now() + WITHIN_MS; ;) {
    try {
      return await work();
    } catch (fault) {
      if ((fault as { code?: Code }).code !== Code.UNAVAILABLE || performance.now() > endMs) throw fault;
      await delay(20);
    }
  }
}

async function listed({ tasks }: Clients): Promise<{ seen: Seen; position: Position }> {
  const seen = new Map<string, string>();
  for (let pageToken = ''; ;) {
    const request = ListTasksRequest.fromPartial({ parent, pageSize: 1000, pageToken });
    const page = await insist(() => call(tasks, 'listTasks', request));
    for (const { title, etag } of page.tasks) seen.set(title, etag);
    pageToken = page.nextPageToken;
    if (pageToken === '') return { seen, position: page.position! };
  }
}

/** Creates tasks one after the other until it is stopped or the server is gone. */
class Creator {
  /** What was acknowledged, in order. */
  readonly acknowledged: { readonly title: string; readonly position: Position }[] = [];
  /** Titles of which nobody knows. */
  readonly unknown = new Set<string>();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  start({ tasks }: Clients, prefix: string): void {
    this.stopping = false;
    this.running = (async () => {
      for (let count = 0; !this.stopping; count += 1) {
        const title = `${prefix}-${count}`;
        try {
          const request = CreateTaskRequest.fromPartial({ parent, task: { title } });
          const { position } = await call(tasks, 'createTask', request);
          this.acknowledged.push({ title, position: position! });
        } catch {
          this.unknown.add(title);
          await delay(5);
        }
      }
    })();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }
}

/** Waits until no operation runs any more; gives how the newest one ended. */
async function settled({ operations }: Clients): Promise<OperationState | undefined> {
  const all = { pageSize: 0, pageToken: '', atLeast: undefined };
  for (const endMs = performance.now() + WITHIN_MS; performance.now() < endMs;) {
    const { operations: found } = await insist(() => call(operations, 'listOperations', all));
    const running = found.find(({ state }) => state === OperationState.RUNNING);
    if (!running) return found[0]?.state;
    const wait = WaitOperationRequest.fromPartial({ name: running.name, timeout: { seconds: 5, nanos: 0 } });
    await insist(() => call(operations, 'waitOperation', wait));
  }
  throw new Error('an operation does not end');
}

it('is the old store or the restored one, wholly, and gives no number twice', async () => {
  const random = randomFrom(chosenSeed());
  const dir = tempDir();
  let server = await startServer(dir);
  let clients = clientsOf(server);
  const requests = Array.from({ length: TASKS }, (_, index) => ({ task: { title: `kept-${index}` } }));
  await call(clients.tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
  const kept = (await listed(clients)).seen;
  await call(clients.backups, 'createBackup', CreateBackupRequest.fromPartial({ backupId: 'base' }));
  await settled(clients);
  let before: Seen = kept;
  let history = (await listed(clients)).position.history;
  const given = new Map<number, string>();
  let highest = 0;
  // From the call to the moment at which the new history serves, in milliseconds: the first round measures it.
  let tookMs = 0;
  const counts = { old: 0, restored: 0 };
  for (let round = 0; round <= KILLS; round += 1) {
    const creator = new Creator();
    creator.start(clients, `round-${round}`);
    while (creator.acknowledged.length < 5) await delay(5);
    const startMs = performance.now();
    const request = RestoreBackupRequest.fromPartial({ name: 'backups/base' });
    const begun = call(clients.backups, 'restoreBackup', request).catch(() => undefined);
    if (round === 0) {
      await begun;
      await settled(clients);
      tookMs = performance.now() - startMs;
    } else {
      await delay(random.below(Math.ceil(tookMs * 1.2)));
      await server.kill();
    }
    await creator.stop();
    if (round > 0) {
      clients.close();
      server = await startServer(dir);
      clients = clientsOf(server);
      await settled(clients);
    }
    const after = await listed(clients);
    const isOld = after.position.history === history;
    counts[isOld ? 'old' : 'restored'] += 1;
    const expected = new Map(isOld ? before : kept);
    for (const { title, position } of creator.acknowledged) {
      // Each number is given once, in whatever history.
      expect(given.get(position.sequence)).toBeUndefined();
      given.set(position.sequence, title);
      if (position.history === after.position.history) expected.set(title, after.seen.get(title) ?? 'it is lost');
    }
    const strangers = [...after.seen.keys()].filter((title) => !expected.has(title) && !creator.unknown.has(title));
    expect(strangers).toEqual([]);
    for (const [title, etag] of expected) expect([title, after.seen.get(title)]).toEqual([title, etag]);
    expect(existsSync(incomingDir(dir))).toBe(false);
    // The next number is above all that were ever told.
    highest = Math.max(highest, ...given.keys());
    const next = await call(
      clients.tasks,
      'createTask',
      CreateTaskRequest.fromPartial({ parent, task: { title: `probe-${round}` } }),
    );
    expect(next.position!.sequence).toBeGreaterThan(highest);
    given.set(next.position!.sequence, 'the probe');
    ({
      seen: before,
      position: { history },
    } = await listed(clients));
  }
  say(JSON.stringify({ ...counts, tookMs: Math.round(tookMs), numbers: given.size }));
  expect(counts.restored).toBeGreaterThan(0);
  await server.stop();
  clients.close();
  expect((await verifyJournal({ files: nodeFiles, dir: journalDir(dir) })).problems).toEqual([]);
  expect(existsSync(join(dir, 'backups', 'base', 'manifest'))).toBe(true);
}, 900_000);
