import type { Caller } from '../domain/command';
import { AUDIT_ANCHORS_MAX } from '../domain/audit-limits';
import { fieldInvalid } from '../domain/refusal';
import { VERIFY_AUDIT_TYPE } from '../engine/audit/verify-audit';
import { VerifyAuditRequest } from '../gen/holdfast/v1/event_service';
import { afterOf } from './event-start';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { startedWork } from './work-command';

/** Bytes of a SHA-256. */
const CHAIN_BYTES = 32;

/** VerifyAudit: starts the work. */
export function verifyAudit(context: ServiceContext): (request: VerifyAuditRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, caller) => {
    const { after, anchors } = request;
    if (after) afterOf(engine, after, 'after');
    if (anchors.length > AUDIT_ANCHORS_MAX) {
      throw fieldInvalid('anchors', `has ${anchors.length} entries, at most ${AUDIT_ANCHORS_MAX} are taken`);
    }
    anchors.forEach(({ position, chain }, index) => {
      if (!position) throw fieldInvalid(`anchors[${index}].position`, 'is required');
      if (chain.length !== CHAIN_BYTES) throw fieldInvalid(`anchors[${index}].chain`, `must have ${CHAIN_BYTES} bytes`);
      engine.reach(position);
    });
    const kept = VerifyAuditRequest.encode({ ...VerifyAuditRequest.create(), after, anchors }).finish();
    const { image, sequence } = await startedWork(context, VERIFY_AUDIT_TYPE, kept, 'records', request, caller);
    const parts: Part[] = image ? [{ field: 1, bytes: image }] : [];
    return splice([...parts, { field: 2, bytes: positions.bytes(sequence) }]);
  };
}
