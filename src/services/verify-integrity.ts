// VerifyIntegrity: begins a check of the store.

import type { Caller } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import { VERIFY_INTEGRITY_TYPE } from '../engine/integrity/integrity';
import { Operation } from '../gen/holdfast/v1/operation';
import { IntegrityLevel } from '../gen/holdfast/v1/system';
import { VerifyIntegrityRequest, VerifyIntegrityResponse } from '../gen/holdfast/v1/system_service';
import type { ServiceContext } from './replies';
import { startedWork } from './work-command';

/** The encoded reply. Refuses as `startedWork` does. */
export async function verifyIntegrity(
  context: ServiceContext,
  request: VerifyIntegrityRequest,
  caller: Caller,
): Promise<Buffer> {
  const { level, reportOnly } = request;
  if (level < IntegrityLevel.UNSPECIFIED || level > IntegrityLevel.COMPREHENSIVE) {
    throw fieldInvalid('level', 'is MINIMAL, STANDARD or COMPREHENSIVE; unset, the setting validationLevel');
  }
  const kept = VerifyIntegrityRequest.encode(VerifyIntegrityRequest.fromPartial({ level, reportOnly })).finish();
  const started = await startedWork(context, VERIFY_INTEGRITY_TYPE, kept, 'rows', request, caller);
  const operation = started.image && Operation.decode(started.image);
  const position = { history: context.engine.history, sequence: started.sequence };
  return Buffer.from(VerifyIntegrityResponse.encode({ operation, position }).finish());
}
