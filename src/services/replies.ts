import type { Caller } from '../domain/command';
import type { Engine } from '../engine/engine';
import type { Executed } from '../engine/executed';
import type { Operations } from '../engine/bulk/operations';
import { commandOf } from './command-of';
import type { AskedKind, RequestOf } from './command-of';
import { unary } from './method';
import type { CallContext } from './method';
import type { PositionEncoding } from './splice';

/** What the services answer from. */
export interface ServiceContext extends CallContext {
  readonly engine: Engine;
  readonly operations: Operations;
  readonly positions: PositionEncoding;
}

/** The reply {1: entity, 2: position} of a command that names one entity. */
export function entityReply({ positions }: ServiceContext, { replies, sequence }: Executed): Buffer {
  return positions.entityReply(replies[0]!.image, sequence);
}

/** The handler of a mutation: the request becomes a command, what came of it the reply. */
export function mutation<Kind extends AskedKind>(
  context: ServiceContext,
  kind: Kind,
  reply: (context: ServiceContext, executed: Executed) => Buffer = entityReply,
): ReturnType<typeof unary<RequestOf<Kind>>> {
  return unary(context, async (request: RequestOf<Kind>, caller: Caller) =>
    reply(context, await context.engine.execute(commandOf(kind, request, caller))),
  );
}
