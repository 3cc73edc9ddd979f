import type { DecidedEffects } from './overlay';

/** Whoever keeps something at the decided mark. */
export interface DecidedListener {
  /** A record was decided, and will be durable unless the engine halts. Called in the turn of its decision, in order. */
  decided(record: DecidedEffects): void;
}
