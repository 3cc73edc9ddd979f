import type { Server } from '@grpc/grpc-js';
import { checkNewBackup, parseBackup } from '../domain/backup-name';
import type { Caller } from '../domain/command';
import { CREATE_TYPE, VERIFY_TYPE } from '../engine/backups/backup-works';
import { backupOf } from '../engine/backups/backup-message';
import { Backup } from '../gen/holdfast/v1/backup';
import { BackupServiceService, CreateBackupRequest, VerifyBackupRequest } from '../gen/holdfast/v1/backup_service';
import type { DeleteBackupRequest, GetBackupRequest, ListBackupsRequest } from '../gen/holdfast/v1/backup_service';
import { newestFirst } from '../storage/backup/catalogue';
import type { PlacedBackup } from '../storage/backup/catalogue';
import { deleteBackup } from './delete-backup';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { pageSizeOf } from './reading';
import type { ServiceContext } from './replies';
import { restoreBackup } from './restore-backup';
import { splice } from './splice';
import type { Part } from './splice';
import { startedWork } from './work-command';
import type { StartedWork } from './work-command';

/** Serves holdfast.v1.BackupService. */
export function addBackupService(server: Server, context: ServiceContext): void {
  server.addService(serve(BackupServiceService), {
    createBackup: unary(context, (request: CreateBackupRequest, caller) => createBackup(context, request, caller)),
    listBackups: unary(context, (request: ListBackupsRequest, caller) => listBackups(context, request, caller)),
    getBackup: unary(context, (request: GetBackupRequest) => getBackup(context, request)),
    verifyBackup: unary(context, (request: VerifyBackupRequest, caller) => verifyBackup(context, request, caller)),
    restoreBackup: restoreBackup(context),
    deleteBackup: unary(context, (request: DeleteBackupRequest, caller) => deleteBackup(context, request, caller)),
  });
}

/** What would keep it from being made is refused at once, unless it is a retry: then its operation is what counts. */
async function createBackup(context: ServiceContext, request: CreateBackupRequest, caller: Caller): Promise<Buffer> {
  const { backupId, description } = request;
  checkNewBackup(backupId, description);
  const kept = CreateBackupRequest.encode({ ...CreateBackupRequest.create(), backupId, description }).finish();
  const admit = (): Promise<void> => context.maintenance.backups.backups.admit(backupId);
  return workReply(context, await startedWork(context, CREATE_TYPE, kept, 'bytes', request, caller, admit));
}

async function verifyBackup(context: ServiceContext, request: VerifyBackupRequest, caller: Caller): Promise<Buffer> {
  const { name, deep } = request;
  const id = parseBackup(name, 'name');
  const kept = VerifyBackupRequest.encode({ ...VerifyBackupRequest.create(), name, deep }).finish();
  const admit = async (): Promise<void> => void (await context.maintenance.backups.backups.get(id));
  // What the server verifies by itself may take hours, and nobody waits for it.
  const isBusy = (): boolean => context.operations.isAskedFor(VERIFY_TYPE);
  return workReply(context, await startedWork(context, VERIFY_TYPE, kept, 'bytes', request, caller, admit, isBusy));
}

/** Newest first. */
async function listBackups(
  { maintenance, positions, engine }: ServiceContext,
  request: ListBackupsRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const pageSize = pageSizeOf(request.pageSize);
  const after = decodePageToken(request.pageToken, 'listBackups', principal);
  const all = await maintenance.backups.backups.list();
  // The last one of the page before may be gone: what comes after its place follows.
  const place = after === undefined ? undefined : (JSON.parse(after) as PlacedBackup);
  const rest = place ? all.filter((each) => newestFirst(place, each) < 0) : all;
  const page = rest.slice(0, pageSize);
  const parts: Part[] = page.map((each) => ({ field: 1, bytes: Backup.encode(backupOf(each, all)).finish() }));
  if (rest.length > page.length) {
    parts.push({ field: 2, bytes: Buffer.from(encodePageToken(placeOf(page.at(-1)!), 'listBackups', principal)) });
  }
  parts.push({ field: 3, bytes: positions.bytes(engine.reach(undefined)) });
  return splice(parts);
}

function placeOf({ id, manifest }: PlacedBackup): string {
  return JSON.stringify({ id, manifest: manifest && { sequence: manifest.sequence, createdAt: manifest.createdAt } });
}

async function getBackup(
  { maintenance, positions, engine }: ServiceContext,
  { name }: GetBackupRequest,
): Promise<Buffer> {
  const backup = await maintenance.backups.backups.get(parseBackup(name, 'name'));
  return positions.entityReply(Backup.encode(backup).finish(), engine.reach(undefined));
}

function workReply({ positions }: ServiceContext, { image, sequence }: StartedWork): Buffer {
  const parts: Part[] = image ? [{ field: 1, bytes: image }] : [];
  return splice([...parts, { field: 2, bytes: positions.bytes(sequence) }]);
}
