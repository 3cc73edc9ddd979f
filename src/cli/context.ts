// What the command line needs of the process that it runs in. main.ts builds it; tests build their own.

import type { RestorePlan } from '../gen/holdfast/v1/backup';
import type { RecoveryReport, RecoveryStrategy } from '../gen/holdfast/v1/recovery';

/** A recovery of a data directory that no server uses. */
export interface StoppedRecovery {
  readonly dir: string;
  readonly backupsDir: string;
  readonly mirrorDir: string | undefined;
  /** Unspecified: the state is built anew only if it is not sound. */
  readonly strategy: RecoveryStrategy;
  readonly dryRun: boolean;
  readonly warn: (message: string) => void;
}

/** What came of it. */
export interface StoppedRecoveryOutcome {
  /** Undefined when nothing is wrong. */
  readonly report: RecoveryReport | undefined;
  /** What is to be done, one sentence each. */
  readonly advice: readonly string[];
  /** What may be lost although nothing names it; undefined if nothing may be. */
  readonly doubt?: string | undefined;
}

/** The flags of `serve` as given, in camel case; those not given are absent. Their meaning is the configuration's. */
export type ServeFlags = Readonly<Record<string, string | boolean | undefined>>;

/** A restore of a data directory that no server uses. */
export interface StoppedRestore {
  readonly dir: string;
  /** Where its backups are. */
  readonly backups: string;
  /** Its mirror, if anything names one. */
  readonly mirror: string | undefined;
  /** The id of the backup to begin with; empty: the newest that serves. */
  readonly backup: string;
  readonly sequence: number | undefined;
  /** Journal time, in milliseconds since 1970. */
  readonly timeMs: number | undefined;
  readonly dryRun: boolean;
  readonly warn: (message: string) => void;
}

export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  /** Progress bars appear here, if it is a terminal. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Whether stdout is a terminal: decides on colour. */
  readonly isTty: boolean;
  /** Whether stdin and stderr are terminals: only then is there somebody to ask. */
  readonly canAsk: boolean;
  /** How wide the terminal is; 80 where that is not known. */
  readonly columns: number;
  /** Runs the server until it is told to stop. */
  serve(flags: ServeFlags): Promise<void>;
  /** Restores a stopped store. Throws DirectoryInUse, or a Refusal, with nothing changed. */
  restoreStopped(order: StoppedRestore): Promise<RestorePlan>;
  /** Recovers a stopped store, or says what that would take. Throws DirectoryInUse, or JournalCorruption with nothing changed. */
  recoverStopped(order: StoppedRecovery): Promise<StoppedRecoveryOutcome>;
  /** From now on Ctrl-C calls `act` instead of ending the process; the function given back ends that. */
  onInterrupt(act: () => void): () => void;
  /** From now on this signal calls `act` instead of ending the process; the function given back ends that. */
  onSignal(signal: NodeJS.Signals, act: () => void): () => void;
  /** Sets the exit code that the process ends with. See exit-code.ts. */
  setExitCode(code: number): void;
}
