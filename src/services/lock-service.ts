import type { Server, ServerUnaryCall } from '@grpc/grpc-js';
import { formatSession, parseSession } from '../domain/sessions/agent-names';
import type { Caller } from '../domain/command';
import { formatLock, parseLock } from '../domain/locks/lock-names';
import { notFound } from '../domain/refusal';
import { WIRE_BYTES, WireScan } from '../domain/wire';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { Lock } from '../gen/holdfast/v1/lock';
import { LockServiceService } from '../gen/holdfast/v1/lock_service';
import type {
  AcquireLockRequest,
  GetLockRequest,
  ListLocksRequest,
  ReleaseLockRequest,
} from '../gen/holdfast/v1/lock_service';
import { PositionTooOld } from '../storage/journal/journal';
import { checkLocks } from './check-locks';
import { commandOf } from './command-of';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { findProject, pageSizeOf, rowOf } from './reading';
import { entityReply, mutation } from './replies';
import type { ServiceContext } from './replies';
import { canonicalText } from './request-hash';
import { readRowPage } from './row-page';
import { splice } from './splice';

/** Unary methods that may wait longer than the operation timeout. */
export const waitingLockMethods: readonly string[] = [LockServiceService.acquireLock.path];
/** Lock.session. */
const SESSION_FIELD = 2;

/** Serves holdfast.v1.LockService. */
export function addLockService(server: Server, context: ServiceContext): void {
  server.addService(serve(LockServiceService), {
    acquireLock: unary(context, (request: AcquireLockRequest, caller, call: ServerUnaryCall<unknown, Buffer>) =>
      acquireLock(context, request, caller, call),
    ),
    renewLock: mutation(context, 'renewLock'),
    releaseLock: unary(context, (request: ReleaseLockRequest, caller) => releaseLock(context, request, caller)),
    getLock: unary(context, (request: GetLockRequest) => getLock(context, request)),
    listLocks: unary(context, (request: ListLocksRequest, caller) => listLocks(context, request, caller)),
    checkLocks: checkLocks(context),
  });
}

/** A request that waits leaves with its call. */
async function acquireLock(
  context: ServiceContext,
  request: AcquireLockRequest,
  caller: Caller,
  call: ServerUnaryCall<unknown, Buffer>,
): Promise<Buffer> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  return entityReply(context, await context.engine.execute(commandOf('acquireLock', request, caller), gone.signal));
}

/** The reply has the lock as it was: the record that ends it says where that stands. */
async function releaseLock(context: ServiceContext, request: ReleaseLockRequest, caller: Caller): Promise<Buffer> {
  const { engine, positions } = context;
  const { project, id } = parseLock(request.name, 'name');
  const before = await rowOf(engine, EntityKind.LOCK, project, id);
  const { replies, sequence } = await engine.execute(commandOf('releaseLock', request, caller));
  const ended = replies[0]!;
  const image = before?.sequence === ended.previousSequence ? before.image : await imageBefore(context, ended);
  return positions.entityReply(image, sequence);
}

/** A row as it was before the change that removed it. Of one that the journal no longer reaches back to, the name. */
async function imageBefore(
  { engine }: ServiceContext,
  { kind, project, id, previousSequence }: Change,
): Promise<Uint8Array> {
  try {
    const { changes } = await engine.record(previousSequence);
    const written = changes.find((each) => each.kind === kind && each.project === project && each.id === id);
    if (written) return written.image;
  } catch (fault) {
    if (!(fault instanceof PositionTooOld)) throw fault;
  }
  return Lock.encode(Lock.fromPartial({ name: formatLock(project, id) })).finish();
}

async function getLock({ engine, positions }: ServiceContext, request: GetLockRequest): Promise<Buffer> {
  const sequence = engine.reach(request.atLeast);
  const { project, id } = parseLock(request.name, 'name');
  const row = await rowOf(engine, EntityKind.LOCK, project, id);
  if (!row) throw notFound('lock', request.name, 'has ended, or never was');
  return positions.entityReply(row.image, sequence);
}

/** In the order of granting; of one session, if it is given. */
async function listLocks(
  { engine, positions }: ServiceContext,
  request: ListLocksRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const pageSize = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const project = await findProject(engine, request.parent, 'parent');
  const session = request.session === '' ? '' : sessionNameOf(request.session);
  const query = canonicalText('listLocks', { ...request, pageSize: 0, pageToken: '', atLeast: undefined });
  const after = decodePageToken(request.pageToken, query, principal);
  return engine.withSnapshot(async (snapshot) => {
    const rows = snapshot.scan({ by: 'locks', project }, { after });
    const { parts, next } = await readRowPage(
      rows,
      pageSize,
      ({ row }) => session === '' || sessionOf(row.image) === session,
    );
    if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}

function sessionNameOf(name: string): string {
  const { project, id } = parseSession(name, 'session');
  return formatSession(project, id);
}

function sessionOf(image: Uint8Array): string {
  const scan = new WireScan(image);
  while (scan.next()) if (scan.field === SESSION_FIELD && scan.wire === WIRE_BYTES) return scan.text();
  return '';
}
