import type { TraceContext } from '../domain/command';

/**
 * What the engine tells about its work: the seam to `telemetry`. With nothing attached the engine takes no time stamps.
 */
export interface Observer {
  /** Whether the stages of this command are wanted. Called once a command; must cost nothing when tracing is off. */
  wants(trace: TraceContext | undefined): boolean;
  /** The stages of a command that was wanted, when the last is known. Stamps are `performance.now()`. */
  stages(trace: TraceContext, stages: CommandStages): void;
}

/** Stamps of one command's way, from `performance.now()` in milliseconds. */
export interface CommandStages {
  readonly sequence: number;
  readonly enqueued: number;
  readonly decideStart: number;
  readonly decideEnd: number;
  readonly writeStart: number;
  readonly syncStart: number;
  readonly syncEnd: number;
  readonly applyStart: number;
  readonly applyEnd: number;
}

/** The observer of a server without tracing. */
export const silentObserver: Observer = { wants: () => false, stages: () => undefined };
