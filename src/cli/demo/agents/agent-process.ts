// An agent: a process of its own that can be killed, frozen and woken, and what is known of its lives.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What an agent is told; clients/typescript/demo/agent.ts reads it. */
export interface Told {
  readonly address: string;
  readonly project: string;
  readonly sessionTtlMs: number;
  readonly leaseTtlMs: number;
  readonly partMs: number;
}

/** What the agent's program says in its lines. */
interface Said {
  readonly said: 'session' | 'task' | 'part' | 'outcome' | 'lost';
  readonly task?: string;
  readonly kind?: string;
  readonly why?: string;
  readonly adopted?: number;
}

export type Doing = 'dead' | 'idle' | 'working' | 'frozen';

/** From a time, in milliseconds since the demo's start, to the next change. */
export interface Change {
  readonly atMs: number;
  readonly doing: Doing;
  /** A sign for the moment itself: a birth, a death. */
  readonly mark?: '+' | 'X';
}

/** Something that an agent was told when it was too late. */
export interface Refused {
  readonly atMs: number;
  readonly agent: string;
  /** The name of a task; empty for the session. */
  readonly task: string;
  readonly why: string;
}

export class AgentProcess {
  readonly changes: Change[] = [];
  readonly refused: Refused[] = [];
  /** Parts of tasks that were done, and those of them that were done as a late or second time. */
  parts = 0;
  adopted = 0;
  kills = 0;
  freezes = 0;
  /** The name of the task that it works on; undefined for none. */
  task: string | undefined;
  private lives = 0;
  private frozen = false;
  private child: ChildProcess | undefined;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  /** `nowMs` gives milliseconds since the demo's start. */
  constructor(
    readonly id: string,
    private readonly program: string,
    private readonly told: Told,
    private readonly nowMs: () => number,
  ) {}

  get isAlive(): boolean {
    return this.child !== undefined;
  }

  /** Alive, awake and in the middle of a task. */
  get isWorking(): boolean {
    return this.child !== undefined && !this.frozen && this.task !== undefined;
  }

  /** Begins a life. A later one takes up what the one before it left. */
  start(): void {
    const config = { ...this.told, agent: this.id, resume: this.lives > 0 };
    this.lives++;
    // An empty environment: what is set for other clients does not concern this one.
    const child = spawn(process.execPath, [this.program, JSON.stringify(config)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {},
    });
    this.child = child;
    this.change('idle', '+');
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => void errors.push(text));
    createInterface({ input: child.stdout }).on('line', (line) => this.hear(JSON.parse(line) as Said));
    child.on('close', (code, signal) => {
      if (this.child !== child) return;
      this.child = undefined;
      this.task = undefined;
      this.change('dead', signal === null ? undefined : 'X');
      if (signal === null && code !== 0) this.failure = new Error(`${this.id} ended with ${code}:\n${errors.join('')}`);
      this.wake();
    });
  }

  /** SIGKILL: it says nothing to anybody. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.kills++;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  /** SIGSTOP: its connection stays open, its time stands still. */
  freeze(): void {
    this.freezes++;
    this.frozen = true;
    this.change('frozen');
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.frozen = false;
    this.change(this.task === undefined ? 'idle' : 'working');
    this.child?.kill('SIGCONT');
  }

  /** SIGTERM: it gives back what it holds and ends its session. Rejects if it, or a life before, ended in another way than it was told to. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child) {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      if (this.frozen) this.thaw();
      await closed;
    }
    this.mustBeWell();
  }

  /** Ends the process at once, for whoever gives up. */
  abandon(): void {
    this.child?.kill('SIGKILL');
  }

  /** Throws what the process failed with. */
  mustBeWell(): void {
    if (this.failure) throw this.failure;
  }

  /** Resolves when the agent has said something more, or its process has ended. */
  heard(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.wake;
      this.wake = () => {
        before();
        resolve();
      };
    });
  }

  private hear({ said, task = '', kind, why = '', adopted = 0 }: Said): void {
    // What a process said before it was killed may arrive after that.
    if (!this.child) return;
    if (said === 'task') {
      this.task = task;
      this.change('working');
    } else if (said === 'part') {
      this.parts++;
    } else if (said === 'session') {
      this.adopted += adopted;
    } else {
      if (said === 'outcome') {
        this.task = undefined;
        this.change('idle');
      }
      if (kind === 'dropped' || said === 'lost') this.refused.push({ atMs: this.nowMs(), agent: this.id, task, why });
    }
    const { wake } = this;
    this.wake = () => undefined;
    wake();
  }

  private change(doing: Doing, mark?: Change['mark']): void {
    this.changes.push({ atMs: this.nowMs(), doing, ...(mark && { mark }) });
  }
}
