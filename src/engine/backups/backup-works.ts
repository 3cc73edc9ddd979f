// CreateBackup, VerifyBackup and DeleteBackup as work that an operation tells: who asked for it, when, and what came of it.

import { parseBackup } from '../../domain/backup-name';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { parseOperation } from '../../domain/names';
import { NO_PROJECT } from '../../domain/operation';
import { Refusal } from '../../domain/refusal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Backup } from '../../gen/holdfast/v1/backup';
import {
  CreateBackupRequest,
  DeleteBackupRequest,
  DeleteBackupResponse,
  VerifyBackupRequest,
} from '../../gen/holdfast/v1/backup_service';
import { Operation } from '../../gen/holdfast/v1/operation';
import type { Any } from '../../gen/google/protobuf/any';
import { Pace } from '../../storage/backup/pace';
import type { Engine } from '../engine';
import { anyOf } from '../operations/long-work';
import type { LongWork, WorkContext } from '../operations/long-work';
import type { Backups } from './backups';

export const CREATE_TYPE = 'holdfast.v1.CreateBackupRequest';
export const VERIFY_TYPE = 'holdfast.v1.VerifyBackupRequest';
export const DELETE_TYPE = 'holdfast.v1.DeleteBackupRequest';

/** The cursor of a deletion that was allowed. */
const DELETING = 'deleting';

/** Told how automatic backups end: undefined for a good end. */
export type OnAutomatic = (failure: Error | undefined) => void;

export function createBackupWork(engine: Engine, backups: Backups, onAutomatic: OnAutomatic): LongWork {
  const run = async (context: WorkContext, isAutomatic: boolean): Promise<Any> => {
    const { backupId, description } = CreateBackupRequest.decode(context.request);
    const id = backupId || context.cursor || (await freeId(engine, backups, isAutomatic));
    if (await wasMade(backups, id, context.name)) return backupAny(await backups.get(id));
    if (backupId === '' && context.cursor === '') await context.keep(id);
    await backups.make({
      ...{ id, description, operation: context.name },
      kind: isAutomatic ? 'AUTOMATIC' : 'NAMED',
      pace: new Pace(backups.bytesPerSecond, context.signal),
      onProgress: (phase, done, total) => context.report({ phase, done, total, unit: 'bytes' }),
    });
    return backupAny(await backups.get(id));
  };
  return {
    type: CREATE_TYPE,
    run: async (context) => {
      const isAutomatic = (await creatorOf(engine, context.name)) === PRINCIPAL_SYSTEM;
      try {
        const made = await run(context, isAutomatic);
        if (isAutomatic) onAutomatic(undefined);
        return made;
      } catch (error) {
        if (isAutomatic && !context.signal.aborted) onAutomatic(error as Error);
        throw error;
      }
    },
  };
}

/** What the server verifies by itself takes this part of the backups' rate: nobody waits for it. */
const OWN_RATE = 1 / 4;

export function verifyBackupWork(engine: Engine, backups: Backups): LongWork {
  return {
    type: VERIFY_TYPE,
    run: async (context) => {
      const { name, deep } = VerifyBackupRequest.decode(context.request);
      const isOwn = (await creatorOf(engine, context.name)) === PRINCIPAL_SYSTEM;
      const pace = new Pace(backups.bytesPerSecond * (isOwn ? OWN_RATE : 1), context.signal);
      const onProgress = (done: number, total: number): void =>
        context.report({ phase: 'verifying', done, total, unit: 'bytes' });
      return backupAny(await backups.verify(parseBackup(name, 'name'), { pace, deep, onProgress }));
    },
  };
}

/** A deletion that an earlier life carried through, and did not come to tell, has succeeded. */
export function deleteBackupWork(backups: Backups): LongWork {
  return {
    type: DELETE_TYPE,
    run: async (context) => {
      const id = parseBackup(DeleteBackupRequest.decode(context.request).name, 'name');
      const isResumed = context.cursor === DELETING;
      if (!isResumed) {
        await backups.delete(id, true);
        await context.keep(DELETING);
      }
      await backups.delete(id, false).catch((error: unknown) => {
        if (!(isResumed && error instanceof Refusal && error.reason === 'NOT_FOUND')) throw error;
      });
      const response = DeleteBackupResponse.encode(DeleteBackupResponse.create()).finish();
      return anyOf('holdfast.v1.DeleteBackupResponse', response);
    },
  };
}

/** An earlier life of the same operation may have come to the end, and not to its telling. */
async function wasMade(backups: Backups, id: string, operation: string): Promise<boolean> {
  return (await backups.list()).some((each) => each.id === id && each.manifest?.operation === operation);
}

/** An id from the time: `b-20260131-120000`, `auto-20260131-120000`, with a number behind it if it is taken. */
async function freeId(engine: Engine, backups: Backups, isAutomatic: boolean): Promise<string> {
  const time = new Date(engine.options.clock.wallMs()).toISOString();
  const stem = `${isAutomatic ? 'auto' : 'b'}-${time.slice(0, 10).replaceAll('-', '')}-${time.slice(11, 19).replaceAll(':', '')}`;
  const taken = new Set((await backups.list()).map(({ id }) => id));
  let id = stem;
  for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`;
  return id;
}

async function creatorOf(engine: Engine, name: string): Promise<string> {
  const row = await engine.read(EntityKind.OPERATION, NO_PROJECT, parseOperation(name, 'name'));
  return row ? Operation.decode(row.image).creator : '';
}

function backupAny(backup: Backup): Any {
  return anyOf('holdfast.v1.Backup', Backup.encode(backup).finish());
}
