/**
 * What an engine asks of whoever serves it: to stop, and to be replaced by another that starts on what was changed meanwhile.
 *
 * Boundary: the engine knows no server and no process. What is asked is done by src/main/host.
 */

/** What must be done to the store while nobody has it: a swap of journal and state. */
export interface OfflineWork {
  /** What it is, for callers that are turned away meanwhile and for the log. */
  readonly reason: string;
  /** Why the next start is to build the state anew, whatever the state says of itself, and to serve the capsule meanwhile; undefined: it is not. */
  readonly rebuild?: string | undefined;
  /** Called once the engine has stopped and let the data directory go. It leaves a store that starts, whether it succeeds or throws. */
  run(): Promise<void>;
}

/** How the swap before this start ended. */
export interface HandedOver {
  /** The work's reason. */
  readonly reason: string;
  /** What it threw; undefined when it succeeded. */
  readonly failure: string | undefined;
}

/** What was asked, on its way to whoever serves. */
export class HostRequests {
  private readonly workers: ((work: OfflineWork) => void)[] = [];
  private readonly stoppers: ((reason: string, timeoutMs: number | undefined) => void)[] = [];

  /** Whether somebody serves the engine who can stop it and start it again. */
  get isServed(): boolean {
    return this.workers.length > 0;
  }

  handOver(work: OfflineWork): void {
    for (const listener of served(this.workers)) listener(work);
  }

  onHandOver(listener: (work: OfflineWork) => void): void {
    this.workers.push(listener);
  }

  requestStop(reason: string, timeoutMs: number | undefined): void {
    for (const listener of served(this.stoppers)) listener(reason, timeoutMs);
  }

  onStopRequest(listener: (reason: string, timeoutMs: number | undefined) => void): void {
    this.stoppers.push(listener);
  }
}

function served<Listener>(listeners: readonly Listener[]): readonly Listener[] {
  if (listeners.length === 0) throw new Error('nobody serves this engine who could stop it or start it again');
  return listeners;
}
