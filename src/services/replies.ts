import type { Caller } from '../domain/command';
import type { Engine } from '../engine/engine';
import type { Executed } from '../engine/executed';
import type { Maintenance } from '../engine/maintenance';
import type { Operations } from '../engine/operations/operations';
import { commandOf } from './command-of';
import type { AskedKind, RequestOf } from './command-of';
import { unary } from './method';
import type { CallContext } from './method';
import { lookingNow } from './readiness';
import type { PositionEncoding } from './splice';
import { repliedTasks } from './task-work';

/** What the services answer from. */
export interface ServiceContext extends CallContext {
  readonly engine: Engine;
  readonly operations: Operations;
  /** Who keeps the store: backups, checks, health. */
  readonly maintenance: Maintenance;
  readonly positions: PositionEncoding;
}

/** The reply {1: entity, 2: position} of a command that names one entity. */
export function entityReply({ positions }: ServiceContext, { replies, sequence }: Executed): Buffer {
  return positions.entityReply(replies[0]!.image, sequence);
}

/** The reply {1: task, 2: position} of a verb about one task, with what goes on at it. */
export async function taskReply(
  { engine, positions }: ServiceContext,
  { replies, sequence }: Executed,
): Promise<Buffer> {
  const [task] = await tasksIn(engine, replies);
  return positions.entityReply(task!, sequence);
}

/** The tasks that a reply names, each with what goes on at it, encoded. */
export function tasksIn(engine: Engine, replies: Executed['replies']): Promise<Uint8Array[]> {
  return lookingNow(engine, (look) => repliedTasks(look, replies));
}

/** The handler of a mutation: the request becomes a command, what came of it the reply. */
export function mutation<Kind extends AskedKind>(
  context: ServiceContext,
  kind: Kind,
  reply: (context: ServiceContext, executed: Executed) => Buffer | Promise<Buffer> = entityReply,
): ReturnType<typeof unary<RequestOf<Kind>>> {
  return unary(context, async (request: RequestOf<Kind>, caller: Caller) =>
    reply(context, await context.engine.execute(commandOf(kind, request, caller))),
  );
}
