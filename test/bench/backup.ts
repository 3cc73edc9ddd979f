// What a backup takes, and what it takes from others: one of a tenth of `--tasks` beside nothing, then creates with and without backups in turn.

import {
  CreateBackupRequest,
  CreateBackupResponse,
  DeleteBackupRequest,
} from '../../src/gen/holdfast/v1/backup_service';
import { Backup } from '../../src/gen/holdfast/v1/backup';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { WaitOperationRequest, WaitOperationResponse } from '../../src/gen/holdfast/v1/operation_service';
import { startHoldfast } from './child-server';
import type { ChildServer } from './child-server';
import { runLoad } from './load';
import { batchRequest, createRequest, referenceTaskBytes } from './reference';
import { figure } from './results';
import type { Row } from './results';
import { firstTask, manyInFlight } from './stage';
import type { Stage } from './stage';
import { median } from './statistics';

/** What the original took for 100,000 tasks, in milliseconds (design/performance). */
const seedMsPer100k = 2500;
/** The original's backups took this many times the data. */
const seedSizeFactor = 2;
/** Throughput that is kept while backups are made one after the other, at least. */
const keptLeast = 0.8;
/** Tasks of one batch while seeding. */
const batchTasks = 1000;

export async function measureBackup(stage: Stage): Promise<Row[]> {
  const tasks = Math.ceil(stage.options.tasks / 10);
  const server = await startHoldfast(stage.folder());
  try {
    for (let left = tasks; left > 0; left -= batchTasks) {
      await server.client.unary('TaskService/BatchCreateTasks', batchRequest(Math.min(batchTasks, left)));
    }
    const made: Backup[] = [];
    for (let round = 0; round < stage.options.rounds; round++) {
      made.push(await backUp(server));
      const before = made.at(-2);
      if (before) await drop(server, before);
    }
    return [...alone(made, tasks), await kept(stage, server)];
  } finally {
    await server.stop();
  }
}

function alone(made: readonly Backup[], tasks: number): Row[] {
  const [ms, bytes] = [median(made.map(({ tookMs }) => tookMs)), made.at(-1)!.sizeBytes];
  const seedMs = (seedMsPer100k * tasks) / 100_000;
  const dataBytes = tasks * referenceTaskBytes;
  const words = `backup of ${tasks / 1000} k tasks`;
  return [
    {
      what: `${words}: time`,
      measured: figure(ms, 'ms'),
      against: `${figure(seedMs, 'ms')} (seed)`,
      score: ms / seedMs,
      reach: { bound: 'most', value: 1 },
      raw: made.map(({ tookMs }) => tookMs),
    },
    {
      what: `${words}: size`,
      measured: figure(bytes / 1e6, 'MB'),
      against: `${figure((seedSizeFactor * dataBytes) / 1e6, 'MB')} (2 x data)`,
      score: bytes / (seedSizeFactor * dataBytes),
      reach: { bound: 'most', value: 1 },
      raw: made.map(({ sizeBytes }) => sizeBytes),
    },
  ];
}

/** Creates without a backup and with backups one after the other, in turn. */
async function kept(stage: Stage, server: ChildServer): Promise<Row> {
  const load = async (): Promise<number> => {
    const wanted = {
      address: server.address,
      method: 'TaskService/CreateTask',
      message: createRequest(),
      ...manyInFlight,
    };
    // Not by the stage: it counts records, and backups tell of themselves in some.
    return (await runLoad({ ...wanted, count: stage.options.calls }, stage.tool)).perSecond;
  };
  const [without, beside]: [number[], number[]] = [[], []];
  let backups = 0;
  await firstTask(server);
  // The first round does not count: V8 compiles in it.
  for (let round = -1; round < stage.options.rounds; round++) {
    const quiet = await load();
    let loading = true;
    const making = (async () => {
      while (loading) {
        await drop(server, await backUp(server));
        backups += 1;
      }
    })();
    const busy = await load();
    loading = false;
    await making;
    if (round < 0) continue;
    without.push(quiet);
    beside.push(busy);
  }
  const score = median(without.map((rate, index) => beside[index]! / rate));
  return {
    what: 'creates beside backups',
    measured: figure(median(beside), '/s'),
    against: `${figure(median(without), '/s')} without`,
    score,
    reach: { bound: 'least', value: keptLeast },
    raw: { without, beside, backups },
  };
}

async function backUp({ client }: ChildServer): Promise<Backup> {
  const request = CreateBackupRequest.encode(CreateBackupRequest.create()).finish();
  const { operation } = CreateBackupResponse.decode(await client.unary('BackupService/CreateBackup', request));
  for (;;) {
    const wait = WaitOperationRequest.create({ name: operation!.name, timeout: { seconds: 600, nanos: 0 } });
    const reply = await client.unary('OperationService/WaitOperation', WaitOperationRequest.encode(wait).finish());
    const { operation: now } = WaitOperationResponse.decode(reply);
    if (now?.state === OperationState.RUNNING) continue;
    if (now?.result?.$case !== 'response') throw new Error(`no backup was made: ${JSON.stringify(now?.result)}`);
    return Backup.decode(now.result.value.value);
  }
}

/** The last good one stays: the server refuses, and there is nothing to do about it. */
async function drop({ client }: ChildServer, { name }: Backup): Promise<void> {
  const request = DeleteBackupRequest.encode(DeleteBackupRequest.create({ name })).finish();
  await client.unary('BackupService/DeleteBackup', request);
}
