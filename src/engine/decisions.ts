import type { DecidedListener } from './decided-listener';
import type { DecidedEffects } from './overlay';

/** Those who follow what is decided for a while. */
export class Decisions implements DecidedListener {
  private readonly listeners = new Set<DecidedListener>();

  /** Tells of each record that is decided from now on, until the function that it gives is called. */
  follow(listener: DecidedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  decided(record: DecidedEffects): void {
    for (const listener of this.listeners) listener.decided(record);
  }
}
