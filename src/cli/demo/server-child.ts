import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server as a child process, which can be killed as a power failure or an out-of-memory killer would. */
export class ServerChild {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
    /** What the start found: "created", "clean" or "unclean". */
    readonly found: string,
    /** From the start of the process until it served, as the server measured it. */
    readonly tookMs: number,
  ) {}

  /** Starts a server and resolves when it serves. `port` 0: any free one. Rejects with its output if it ends instead. */
  static async start(program: string, dir: string, port: number): Promise<ServerChild> {
    const args = [program, 'serve', '--host', '127.0.0.1', '--port', String(port), '--dir', dir];
    // An empty environment: what is set for other servers does not concern this one.
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env: {} });
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      said.push(line);
      const facts = servingLine(line);
      if (!facts) continue;
      // The log goes on; unread it would fill the pipe and stop the server.
      child.stderr.resume();
      return new ServerChild(child, facts.addresses[0]!, facts.found, facts.tookMs);
    }
    throw new Error(`the server did not start:\n${said.join('\n')}`);
  }

  get port(): number {
    return Number(this.address.slice(this.address.lastIndexOf(':') + 1));
  }

  /** SIGKILL: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

interface Serving {
  readonly addresses: readonly string[];
  readonly found: string;
  readonly tookMs: number;
}

function servingLine(line: string): Serving | undefined {
  if (!line.includes('"msg":"serving"')) return undefined;
  return JSON.parse(line) as Serving;
}
