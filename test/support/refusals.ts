import type { ServiceError } from '@grpc/grpc-js';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import { DETAILS_KEY } from '../../src/services/status';

/** Why a call was refused, and what the refusal tells; undefined for what is no refusal of ours. */
export function reasonOf(fault: unknown): { reason: string; metadata: Record<string, string> } | undefined {
  const bytes = (fault as Partial<ServiceError> | undefined)?.metadata?.get(DETAILS_KEY)[0];
  if (!bytes) return undefined;
  const { reason, metadata } = ErrorInfo.decode(Status.decode(bytes as Buffer).details[0]!.value);
  return { reason, metadata: Object.fromEntries(metadata) };
}
