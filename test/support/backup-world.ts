// A server whose backups a test makes, looks at and damages.

import { join } from 'node:path';
import { BackupServiceClient } from '../../src/gen/holdfast/v1/backup_service';
import type { Backup } from '../../src/gen/holdfast/v1/backup';
import { Backup as BackupCodec } from '../../src/gen/holdfast/v1/backup';
import type { Operation } from '../../src/gen/holdfast/v1/operation';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { BatchCreateTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import type { StoreSettings } from '../../src/engine/store-settings';
import { boot, call } from './boot';
import type { Booted, BootOptions } from './boot';
import { storeSettings } from './store-settings';

/** A server with what it takes to make backups. */
export interface BackupWorld extends Booted {
  readonly backups: BackupServiceClient;
  /** Where the backups are. */
  readonly backupsAt: string;
  /** Makes one and waits for it. Rejects with the operation's error. */
  make(backupId?: string): Promise<Backup>;
  /** Waits for an operation to end, and gives the backup that it brought. */
  ended(operation: Operation | undefined): Promise<Backup>;
  createTasks(count: number, bytes?: number): Promise<void>;
}

export async function backupWorld(options: BootOptions = {}): Promise<BackupWorld> {
  const booted = await boot(options);
  const backups = booted.client(BackupServiceClient);
  const ended = async (operation: Operation | undefined): Promise<Backup> => {
    const { operation: end } = await call(booted.operations, 'waitOperation', {
      name: operation!.name,
      timeout: { seconds: 60, nanos: 0 },
    });
    if (end?.state !== OperationState.SUCCEEDED || end.result?.$case !== 'response') {
      throw new Error(`the operation ended as ${end?.state}: ${JSON.stringify(end?.result)}`);
    }
    return BackupCodec.decode(end.result.value.value);
  };
  return {
    ...booted,
    backups,
    backupsAt: options.engine?.settings?.backups.dir ?? join(booted.dir, 'backups'),
    ended,
    make: async (backupId = '') => {
      const { operation } = await call(backups, 'createBackup', newBackup({ backupId }));
      return ended(operation);
    },
    createTasks: async (count, bytes = 10) => {
      for (let made = 0; made < count; made += 500) {
        const requests = Array.from({ length: Math.min(500, count - made) }, (_, index) => ({
          task: { title: `task ${made + index}`, description: 'x'.repeat(bytes) },
        }));
        const request = BatchCreateTasksRequest.fromPartial({ parent: 'projects/default', requests });
        await call(booted.tasks, 'batchCreateTasks', request);
      }
    },
  };
}

export function newBackup(
  more: { backupId?: string; description?: string; requestId?: string; validateOnly?: boolean } = {},
) {
  return { backupId: '', description: '', requestId: '', validateOnly: false, ...more };
}

/** Settings of a store that does nothing by itself, but for what is given about backups. */
export function backupSettings(dir: string, more: Partial<StoreSettings['backups']> = {}): StoreSettings {
  const settings = storeSettings(dir);
  return { ...settings, backups: { ...settings.backups, ...more } };
}
