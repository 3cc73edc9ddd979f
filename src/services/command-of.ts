import type { Action, Caller, Command } from '../domain/command';
import { requestHash } from './request-hash';
import { parseRequestId } from './request-id';

/** What every mutation's request has. Purges, the progress of operations and the parts of an import have none. */
interface Mutation {
  readonly requestId: string;
  readonly validateOnly: boolean;
}

/** The kinds of commands that callers may ask for. */
export type AskedKind = Exclude<
  Action['kind'],
  | `purge${string}`
  | `expire${string}`
  | 'renewSession'
  | 'advanceOperation'
  | 'startWork'
  | 'changeHealth'
  | 'repairRow'
  | 'completeRecovery'
  | 'importTasks'
  | 'releaseImport'
>;
/** The request of a kind of command. */
export type RequestOf<Kind extends AskedKind> = Extract<Action, { kind: Kind }>['request'] & Mutation;

/** The command of a request. Refuses a request id that is no UUID; the rest is the decision's to check. */
export function commandOf<Kind extends AskedKind>(kind: Kind, request: RequestOf<Kind>, caller: Caller): Command {
  const requestId = parseRequestId(request.requestId);
  return {
    kind,
    request,
    caller,
    requestId,
    requestHash: requestId && requestHash(kind, request),
    validateOnly: request.validateOnly,
  } as Command;
}
