// RestoreBackup into a server that serves: what it refuses, what a dry run says, what clients see of the swap.

import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BackupServiceClient, RestoreBackupRequest } from '../../src/gen/holdfast/v1/backup_service';
import type { RestoreBackupResponse } from '../../src/gen/holdfast/v1/backup_service';
import { RestorePlan } from '../../src/gen/holdfast/v1/backup';
import type { Position } from '../../src/gen/holdfast/v1/common';
import { CreateTaskRequest, GetTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { WatchEventsRequest, ReadEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { WatchEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { GetOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import type { Operation } from '../../src/gen/holdfast/v1/operation';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { call } from '../support/boot';
import { bootHost } from '../support/boot-host';
import type { BootedHost } from '../support/boot-host';
import { reasonOf } from '../support/refusals';

interface World {
  readonly booted: BootedHost;
  readonly backups: BackupServiceClient;
  readonly create: (title: string) => Promise<{ name: string; position: Position }>;
  readonly restore: (request: Partial<RestoreBackupRequest>) => Promise<RestoreBackupResponse>;
  readonly title: (name: string) => Promise<string | undefined>;
}

async function world(): Promise<World> {
  const booted = await bootHost();
  const backups = booted.client(BackupServiceClient);
  return {
    booted,
    backups,
    create: async (title) => {
      const request = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title } });
      const { task, position } = await call(booted.tasks, 'createTask', request);
      return { name: task!.name, position: position! };
    },
    restore: (request) => call(backups, 'restoreBackup', RestoreBackupRequest.fromPartial(request)),
    title: async (name) => {
      try {
        return (await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name }))).task!.title;
      } catch (error) {
        if ((error as ServiceError).code === Code.NOT_FOUND) return undefined;
        throw error;
      }
    },
  };
}

async function ended(booted: BootedHost, name: string): Promise<Operation> {
  const { operation } = await call(booted.operations, 'getOperation', GetOperationRequest.fromPartial({ name }));
  return operation!;
}

async function refusalOf(attempt: Promise<unknown>) {
  const fault = await attempt.then(
    () => undefined,
    (error: ServiceError) => error,
  );
  return { ...reasonOf(fault)!, message: fault!.details };
}

const at = (value: Position) => ({ target: { $case: 'position' as const, value } });

describe('RestoreBackup', () => {
  it('takes the server back to a position, in a new history, and its operation says so', async () => {
    const { booted, create, restore, title } = await world();
    const kept = await create('kept');
    const gone = await create('gone');
    const { operation, plan } = await restore(at(kept.position));
    expect(plan).toMatchObject({ backup: '', target: kept.position, abandoned: { history: kept.position.history } });
    const served = await booted.whenServing(2);
    expect(await title(kept.name)).toBe('kept');
    expect(await title(gone.name)).toBeUndefined();
    const done = await ended(booted, operation!.name);
    expect(done.state).toBe(OperationState.SUCCEEDED);
    if (done.result?.$case !== 'response') throw new Error('no response');
    const result = RestorePlan.decode(done.result.value.value);
    expect(result.newHistory).toBe(served.engine.history);
    expect(result.newHistory).not.toBe(kept.position.history);
    expect(result.abandonedRecords).toBeGreaterThanOrEqual(2);
    expect(result.newFirstSequence).toBeGreaterThan(gone.position.sequence);
    expect(readdirSync(join(booted.dir, result.archive, 'journal')).some((name) => name.endsWith('.seg'))).toBe(true);
    expect(existsSync(join(booted.dir, 'incoming'))).toBe(false);
    const next = await create('next');
    expect(next.position.sequence).toBeGreaterThan(result.newFirstSequence);
    expect(next.position.history).toBe(result.newHistory);
  });

  it('serves positions of the history that was left up to the fork, and says of later ones where it was', async () => {
    const { booted, create, restore } = await world();
    const kept = await create('kept');
    const gone = await create('gone');
    await restore(at(kept.position));
    await booted.whenServing(2);
    const read = (after: Position) =>
      call(booted.events, 'readEvents', ReadEventsRequest.fromPartial({ parent: 'projects/-', after }));
    const { events } = await read({ ...kept.position, sequence: kept.position.sequence - 1 });
    expect(events[0]).toMatchObject({ type: 'task.created', position: kept.position });
    expect(events.at(-1)).toMatchObject({ type: 'operation.ended' });
    expect(events.some(({ position }) => position!.sequence === gone.position.sequence)).toBe(false);
    const refusal = await refusalOf(read(gone.position));
    expect(refusal).toMatchObject({ reason: 'POSITION_UNKNOWN' });
    expect(refusal.metadata['fork']).toBe(String(kept.position.sequence));
    expect(refusal.message).toContain(`behind sequence ${kept.position.sequence}`);
  });

  it('tells watchers: their streams end with RECOVERING, and go on from where they were', async () => {
    const { booted, create, restore } = await world();
    const first = await create('first');
    const watching = (after: Position) => {
      const stream = booted.events.watchEvents(
        WatchEventsRequest.fromPartial({
          parent: 'projects/-',
          start: { $case: 'after', value: after },
        }),
      );
      const seen: string[] = [];
      stream.on('data', (message: WatchEventsResponse) => {
        if (message.payload?.$case === 'events') seen.push(...message.payload.value.events.map(({ type }) => type));
      });
      const end = new Promise<ServiceError>((resolve) => stream.on('error', resolve));
      return { stream, seen, end };
    };
    const before = watching(first.position);
    await restore(at(first.position));
    const error = await before.end;
    expect(error.code).toBe(Code.UNAVAILABLE);
    expect(error.details).toContain('restore');
    await booted.whenServing(2);
    const after = watching(first.position);
    while (!after.seen.includes('operation.ended')) await new Promise((resolve) => setImmediate(resolve));
    after.stream.cancel();
    await after.end;
  });

  it('says in a dry run what would change, and changes nothing', async () => {
    const { booted, create, restore, title } = await world();
    const kept = await create('kept');
    const gone = await create('gone');
    const { operation, plan } = await restore({ ...at(kept.position), validateOnly: true });
    expect(operation).toBeUndefined();
    expect(plan!.newHistory).toBe('');
    const tasks = plan!.differences.find(({ kind }) => kind === 'tasks');
    expect(tasks).toMatchObject({ kind: 'tasks', removed: 1, restored: 0, reverted: 0, examples: [gone.name] });
    expect(await title(gone.name)).toBe('gone');
    expect(readdirSync(join(booted.dir, 'incoming'))).toEqual([]);
  });

  it('finds the operation of a restore again by its request id, and does not restore twice', async () => {
    const { booted, create, restore } = await world();
    const kept = await create('kept');
    await create('gone');
    const requestId = '6f2d4c8a-3c1b-4b6e-9f00-0123456789ab';
    const one = await restore({ ...at(kept.position), requestId });
    await booted.whenServing(2);
    const later = await create('later');
    const two = await restore({ ...at(kept.position), requestId });
    expect(two.operation!.name).toBe(one.operation!.name);
    expect(two.operation!.state).toBe(OperationState.SUCCEEDED);
    expect((await create('still here')).position.history).toBe(later.position.history);
  });

  it('goes to the moment of a backup, and to one of a history that was left since', async () => {
    const { booted, backups, create, restore, title } = await world();
    const first = await create('first');
    const second = await create('second');
    const made = await call(backups, 'createBackup', {
      backupId: 'b1',
      description: '',
      requestId: '',
      validateOnly: false,
    });
    while ((await ended(booted, made.operation!.name)).state === OperationState.RUNNING);
    const third = await create('third');
    await restore({ name: 'backups/b1' });
    await booted.whenServing(2);
    expect([await title(second.name), await title(third.name)]).toEqual(['second', undefined]);
    await restore(at(first.position));
    await booted.whenServing(3);
    expect([await title(first.name), await title(second.name)]).toEqual(['first', undefined]);
    // b1 is of a history that this one does not come from any more; it is restored all the same.
    const { plan } = await restore({ name: 'backups/b1' });
    expect(plan!.backup).toBe('backups/b1');
    await booted.whenServing(4);
    expect([await title(first.name), await title(second.name), await title(third.name)]).toEqual([
      'first',
      'second',
      undefined,
    ]);
    const { backup } = await call(backups, 'getBackup', { name: 'backups/b1' });
    expect(backup!.keptBecause).toContain('begins with it');
  });

  it('refuses what leads nowhere', async () => {
    const { create, restore } = await world();
    const { position } = await create('one');
    const reason = async (request: Partial<RestoreBackupRequest>) => (await refusalOf(restore(request))).reason;
    expect(await reason({})).toBe('FIELD_INVALID');
    expect(await reason({ name: 'backups/none' })).toBe('NOT_FOUND');
    expect(await reason(at({ ...position, sequence: 10_000 }))).toBe('POSITION_UNKNOWN');
    expect(await reason(at({ history: 'ff'.repeat(8), sequence: 1 }))).toBe('POSITION_UNKNOWN');
    expect(await reason(at({ ...position, sequence: 0 }))).toBe('FIELD_INVALID');
    expect(await reason({ target: { $case: 'time', value: { seconds: 1, nanos: 0 } } })).toBe('POSITION_TOO_OLD');
  });
});
