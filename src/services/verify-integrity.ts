import type { Caller } from '../domain/command';
import { Refusal } from '../domain/refusal';
import type { VerifyIntegrityRequest } from '../gen/holdfast/v1/system_service';
import type { ServiceContext } from './replies';

/** Refuses: checks come with the keeper of integrity. */
export function verifyIntegrity(
  _context: ServiceContext,
  _request: VerifyIntegrityRequest,
  _caller: Caller,
): Promise<Buffer> {
  return Promise.reject(new Refusal('UNIMPLEMENTED', 'this server checks its integrity at its start only'));
}
