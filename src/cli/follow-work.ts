// Long work that a command has begun: waited for, and what it brought told.

import type { Operation } from '../gen/holdfast/v1/operation';
import { printJson } from './commands/operation';
import type { Run } from './command-run';
import { followOperation, tellOutcome } from './follow-operation';
import { shortId } from './resource-name';

/** A message type, as its generated code has it. */
interface Decoded<Message> {
  decode(bytes: Uint8Array): Message;
}

/**
 * Waits for the end of an operation whose response is a message of this type, and prints what `words` makes of that; as JSON the operation.
 * What went wrong is told as it is of any operation. Without `wait` it only says which operation it is. A dry run has none.
 */
export async function followWork<Message>(
  run: Run,
  operation: Operation | undefined,
  wait: boolean,
  response: Decoded<Message>,
  words: (message: Message) => readonly string[],
): Promise<void> {
  const { output, settings } = run;
  if (!operation) return output.line('Would be accepted.');
  const id = shortId(operation.name);
  if (!wait) {
    if (settings.form === 'json') return printJson(run, operation);
    return output.line(`${id} started. Follow it: holdfast operation wait ${id}`);
  }
  const followed = await followOperation(run, operation.name);
  if (settings.form === 'json' && followed.kind === 'ended') await printJson(run, followed.operation);
  const result = followed.kind === 'ended' ? followed.operation.result : undefined;
  if (result?.$case !== 'response') return tellOutcome(run, operation.name, followed);
  const lines = words(response.decode(result.value.value));
  if (settings.form !== 'json') await output.lines(lines);
}
