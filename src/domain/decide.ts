import type { Command, Decision, DecisionContext } from './command';
import type { View } from './view';

/** Decides one command on the state that it sees. Pure and synchronous. Throws a Refusal. */
export function decide(_view: View, _command: Command, _context: DecisionContext): Decision {
  throw new Error('unwritten');
}
