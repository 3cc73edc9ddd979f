// The built server as a child process that tests stop, freeze and kill. It signals nothing but the child that it started.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a start may take before the test gives up, in milliseconds: some hundred times what it takes. */
const READY_WITHIN_MS = 180_000;
/** How long a stop by SIGTERM may take, in milliseconds. */
const STOP_WITHIN_MS = 120_000;
/** How much of the child's output is kept, in characters: its end matters. */
const OUTPUT_KEPT = 64 * 1024;

const running = new Set<ServerProcess>();

// A test that fails half-way must not leave servers behind.
afterAll(async () => {
  for (const server of [...running]) await server.kill();
});

/** What a power cut needs of a process. */
export interface Pausable {
  pause(): void;
  kill(): Promise<void>;
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartOptions {
  /** More arguments of `serve`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that Node loads before the server: where bugs are planted. */
  readonly preload?: readonly string[];
}

/** The compiled program: of this checkout, or of HOLDFAST_DIST. */
export function builtProgram(): string {
  const program = join(process.env['HOLDFAST_DIST'] ?? join(__dirname, '../../dist'), 'main.js');
  if (!existsSync(program)) throw new Error(`${program} is missing: run node scripts/setup.js`);
  return program;
}

/** Starts the server on a data directory, on a port of its own choice, and waits until it serves. */
export async function startServer(dir: string, options: StartOptions = {}): Promise<ServerProcess> {
  const args = ['serve', '--port', '0', '--dir', dir, ...(options.args ?? [])];
  const server = new ServerProcess(builtProgram(), args, options);
  await server.ready(/\b(?:127\.0\.0\.1|localhost):([1-9]\d*)/);
  return server;
}

/** A child process of a test. */
export class ServerProcess implements Pausable {
  /** Resolves when the process is gone and its output was read. */
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private output = '';
  private listen: (() => void) | undefined;
  private end: Ended | undefined;
  private found: RegExpExecArray | undefined;

  constructor(program: string, args: readonly string[], options: StartOptions = {}) {
    const preload = (options.preload ?? []).flatMap((file) => ['--require', file]);
    this.child = spawn(process.execPath, [...preload, program, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-OUTPUT_KEPT);
        this.listen?.();
      });
    }
    running.add(this);
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.end = { code, signal };
        running.delete(this);
        this.listen?.();
        resolve(this.end);
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What it printed, on both streams, the end of it. */
  get printed(): string {
    return this.output;
  }

  /** The address that it serves on: `127.0.0.1:PORT`. */
  get address(): string {
    const port = this.found?.[1];
    if (port === undefined) throw new Error('the server has not printed its address');
    return `127.0.0.1:${port}`;
  }

  /** Waits until it has printed what matches. Rejects, with its output, when it ends or stays silent for too long. */
  async ready(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = new AbortController();
    const late = delay(READY_WITHIN_MS, 'late' as const, { signal: deadline.signal, ref: false }).catch(() => 'late');
    try {
      for (;;) {
        this.found = pattern.exec(this.output) ?? undefined;
        if (this.found) return this.found;
        if (this.end) throw new Error(`it ended (${describeEnd(this.end)}) before it served:\n${this.output}`);
        const heard = new Promise<'heard'>((resolve) => (this.listen = () => resolve('heard')));
        if ((await Promise.race([heard, late])) === 'late') throw new Error(`it does not serve:\n${this.output}`);
      }
    } finally {
      this.listen = undefined;
      deadline.abort();
    }
  }

  /** Freezes it in the middle of what it does. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Asks it to stop. */
  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /** Ends it at once, as `kill -9` does, and waits until it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Asks it to stop, and waits until it has. Rejects if it does not, or with another code than 0. */
  async stop(): Promise<void> {
    this.terminate();
    const deadline = new AbortController();
    const late = delay(STOP_WITHIN_MS, undefined, { signal: deadline.signal }).catch(() => undefined);
    const end = await Promise.race([this.ended, late]);
    deadline.abort();
    if (!end) await this.kill();
    if (end?.code !== 0) throw new Error(`it did not stop in peace (${describeEnd(end)}):\n${this.output}`);
  }

  /** Anonymous resident memory in bytes: without the tables that LevelDB maps. Linux only. */
  rssAnonBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
  }
}

function describeEnd(end: Ended | undefined): string {
  return end ? (end.signal ?? `code ${end.code}`) : 'still running';
}
