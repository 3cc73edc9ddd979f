import { Refusal } from '../domain/refusal';
import type { Engine } from './engine';

/** Who prepares something in `incoming` at present. */
const users = new WeakMap<Engine, string>();

/**
 * Takes `incoming` of a served store for one piece of work; gives the function that gives it back. Refuses with QUOTA while another one has it.
 *
 * I1. One restore or recovery prepares a journal or a state at a time.
 */
export function takeIncoming(engine: Engine, what: string): () => void {
  const other = users.get(engine);
  if (other !== undefined) {
    const message = `${other} is under way, and one restore or recovery at a time is allowed: wait for it to end`;
    throw new Refusal('QUOTA', message, { metadata: { limit: '1' } });
  }
  users.set(engine, what);
  return () => void users.delete(engine);
}
