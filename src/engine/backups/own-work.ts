import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { Operation } from '../../gen/holdfast/v1/operation';
import type { Engine } from '../engine';
import { anyOf } from '../operations/long-work';

/** Who works on operations. */
export interface WorkRunner {
  begin(name: string, type: string, isOwn: boolean): void;
  isRunning(type: string): boolean;
}

/** Begins an operation of the server's own. `request` is one of the type's, encoded; `unit` is what its
 *  progress counts. Resolves when its beginning is durable and it is worked on. */
export async function beginOwn(
  engine: Engine,
  runner: WorkRunner,
  type: string,
  request: Uint8Array,
  unit: string,
): Promise<void> {
  const { replies } = await engine.execute({
    kind: 'startWork',
    request: { metadata: anyOf(type, request), unit },
    caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
    validateOnly: false,
  });
  runner.begin(Operation.decode(replies[0]!.image).name, type, true);
}
