import { status as Code } from '@grpc/grpc-js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import type { RestoreBackupRequest } from '../gen/holdfast/v1/backup_service';
import type { UnreadRequest } from './method';
import type { ServiceContext } from './replies';

/** RestoreBackup. */
export function restoreBackup(_context: ServiceContext): handleUnaryCall<RestoreBackupRequest | UnreadRequest, Buffer> {
  return (_call, callback) => callback({ code: Code.UNIMPLEMENTED, details: 'RestoreBackup is not served yet' });
}
