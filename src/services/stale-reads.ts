// What a server answers that serves a capsule: some reads, each marked as possibly stale, and nothing else.
//
// R1. Every answer carries `holdfast-stale: true`, refusals too.
// R2. What is not there may be there all the same: NOT_FOUND becomes RECOVERING, and so does a position that lies ahead.
// R3. A method that reads what a capsule never holds is refused before it looks.

import { ServerInterceptingCall, status as Code } from '@grpc/grpc-js';
import type { ServerInterceptor } from '@grpc/grpc-js';
import type { Emergency } from '../engine/emergency/emergency';
import { refusalStatus } from './status';

/** The metadata key of an answer that may be older than what is durable. */
export const STALE_KEY = 'holdfast-stale';

/** The methods that are served, by service; docs/operations.md has the list. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  'holdfast.v1.TaskService': ['GetTask', 'ListTasks'],
  'holdfast.v1.ProjectService': ['GetProject', 'ListProjects'],
  'holdfast.v1.QueueService': ['GetQueue', 'ListQueues'],
  'holdfast.v1.SessionService': ['GetSession', 'ListSessions'],
  'holdfast.v1.AgentService': ['GetAgent', 'ListAgents'],
  'holdfast.v1.LockService': ['GetLock', 'ListLocks', 'CheckLocks'],
  'holdfast.v1.RecoveryService': ['GetRecoveryReport'],
  'holdfast.v1.SystemService': ['GetStatus', 'CheckHealth', 'GetConfig', 'Drain'],
};
/** Services that are no part of the store. */
const BESIDE = /^\/grpc\./;

const PATHS: ReadonlySet<string> = new Set(
  Object.entries(SERVED).flatMap(([service, methods]) => methods.map((method) => `/${service}/${method}`)),
);
/** Codes of refusals that rest on what is not there. */
const UNKNOWN: ReadonlySet<Code> = new Set([Code.NOT_FOUND, Code.OUT_OF_RANGE]);

/** Puts the calls of a server under these rules. */
export function staleReads(emergency: Emergency): ServerInterceptor {
  return ({ path }, call) => {
    if (BESIDE.test(path)) return new ServerInterceptingCall(call);
    const recovering = (): ReturnType<typeof refusalStatus> => refusalStatus(emergency.refusal());
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) => {
            if (PATHS.has(path)) pass(metadata);
            else call.sendStatus(marked(recovering()));
          },
        }),
      sendMetadata: (metadata, next) => {
        metadata.set(STALE_KEY, 'true');
        next(metadata);
      },
      sendStatus: (status, next) => next(marked(UNKNOWN.has(status.code) ? recovering() : status)),
    });
  };
}

type WireStatus = Parameters<ServerInterceptingCall['sendStatus']>[0];

function marked(status: WireStatus): WireStatus {
  status.metadata?.set(STALE_KEY, 'true');
  return status;
}
