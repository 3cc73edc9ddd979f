import type { SessionWork } from '../../gen/holdfast/journal/v1/journal';
import type { Session } from '../../gen/holdfast/v1/session';

/** The session that acts. */
export interface ActingSession {
  readonly project: string;
  readonly id: string;
  readonly name: string;
  readonly session: Session;
  /** To be changed in place. */
  readonly work: SessionWork;
  /** The id of its agent. */
  readonly agent: string;
}
