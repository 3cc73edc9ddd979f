// A program that runs below a command: with its terminal, its signals, and its exit code passed on.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { CliContext } from '../context';
import { Failure } from '../failure';
import { oneLine } from '../text-width';
import { lengthOfTime } from '../times';

/** What came of a program. */
export interface Ended {
  /** Its exit code; 128 and the signal's number if a signal ended it, as shells have it. */
  readonly exitCode: number;
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | undefined;
  /** It was told to stop: by a signal to this command, or by the command itself. */
  readonly stopped: boolean;
  /** "exit code 1 after 12 s: npm test". */
  readonly said: string;
}

/** As shells have it. */
const cannotRun = 126;
const notFound = 127;
const signalBase = 128;
/** A program that is told to stop has so long before it is killed: what a container runtime gives by default. */
const stopWithinMs = 10_000;
const commandShownMax = 200;

/** Signals that ask a program to stop, and that are passed on. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** Those that a terminal sends to all programs in its foreground by itself. */
const terminalSignals: readonly string[] = ['SIGINT', 'SIGQUIT'];

export class Child {
  private stopped = false;
  private killTimer: NodeJS.Timeout | undefined;
  private readonly startedAt = performance.now();
  private readonly forget: (() => void)[];

  private constructor(
    context: CliContext,
    private readonly child: ChildProcess,
    private readonly command: string,
  ) {
    this.forget = stopSignals.map((signal) =>
      context.onSignal(signal, () => {
        this.stopped = true;
        // It has a terminal's signal already; twice may mean something else than once.
        if (!(context.canAsk && terminalSignals.includes(signal))) child.kill(signal);
      }),
    );
  }

  /** Starts a program with these variables over those of the command. Throws a Failure of 126 or 127 if it cannot. */
  static async start(
    context: CliContext,
    [program, ...args]: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<Child> {
    const child = spawn(program!, args, { stdio: 'inherit', env: { ...context.env, ...env } });
    // Signals that come before the program is there must not end this command alone.
    const started = new Child(context, child, oneLine([program, ...args].join(' ')).slice(0, commandShownMax));
    try {
      await once(child, 'spawn');
    } catch (error) {
      started.release();
      const { code, message } = error as NodeJS.ErrnoException;
      throw new Failure(code === 'ENOENT' ? notFound : cannotRun, `cannot run ${program}: ${message}`);
    }
    return started;
  }

  /** Resolves when the program has ended. */
  async ended(): Promise<Ended> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    this.release();
    const signal = this.child.signalCode ?? undefined;
    const exitCode = signal === undefined ? this.child.exitCode! : signalBase + constants.signals[signal];
    const how = signal === undefined ? `exit code ${exitCode}` : `ended by ${signal}`;
    const tookMs = Math.round(performance.now() - this.startedAt);
    return { exitCode, signal, stopped: this.stopped, said: `${how} after ${lengthOfTime(tookMs)}: ${this.command}` };
  }

  /** Asks the program to stop, and kills it if it does not. */
  stop(): void {
    if (this.killTimer) return;
    this.stopped = true;
    this.child.kill('SIGTERM');
    this.killTimer = setTimeout(() => this.child.kill('SIGKILL'), stopWithinMs);
  }

  private release(): void {
    clearTimeout(this.killTimer);
    for (const forget of this.forget.splice(0)) forget();
  }
}
