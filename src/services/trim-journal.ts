import type { Caller } from '../domain/command';
import { Refusal } from '../domain/refusal';
import type { TrimJournalRequest } from '../gen/holdfast/v1/system_service';
import type { ServiceContext } from './replies';

/** Refuses: trimming comes with the keeper of the audit trail. */
export function trimJournal(_context: ServiceContext, _request: TrimJournalRequest, _caller: Caller): Promise<Buffer> {
  return Promise.reject(new Refusal('UNIMPLEMENTED', 'this server keeps its whole journal'));
}
