import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { Refusal } from '../domain/refusal';
import type { ReasonName } from '../domain/refusal';
import { codeOf, DETAILS_KEY, refusalStatus } from './status';

type PartialStatusObject = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

/** What grpc-js itself refuses has no details: gives it the reason that its code stands for. */
export function explained(status: PartialStatusObject): PartialStatusObject {
  if (status.metadata && status.metadata.get(DETAILS_KEY).length > 0) return status;
  const reason = bareReasons.find((name) => codeOf[name] === status.code);
  return reason ? refusalStatus(new Refusal(reason, status.details)) : status;
}

const bareReasons: readonly ReasonName[] = [
  'FIELD_INVALID',
  'NOT_FOUND',
  'TOO_LARGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'DEADLINE_EXCEEDED',
  'CANCELLED',
];
