// What keeps a store, put together: backups, checks, recovery, audit, health.

import type { Engine } from './engine';
import type { LongWork } from './operations/long-work';

/** The keepers of one engine's store. They work on top of the engine: to the committer they are callers like others. */
export interface Maintenance {
  /** Long work that operations may begin. */
  readonly works: readonly LongWork[];
  /** Begins what is done by itself. */
  start(): void;
  /** Ends it; call it before the engine stops. Resolves when nothing of it touches the store any more. */
  stop(): Promise<void>;
}

/** The keepers of an engine that has started; nothing of theirs runs yet. */
export function maintenanceOf(_engine: Engine): Maintenance {
  return { works: [], start: () => undefined, stop: () => Promise.resolve() };
}
