// Runs the command line in memory, as if it were a process.

import { PassThrough, Readable, Writable } from 'node:stream';
import type { CliContext, ServeFlags } from '../../src/cli/context';
import { createProgram } from '../../src/cli/program';
import { restoreStopped } from '../../src/main/restore-stopped';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly served: ServeFlags | undefined;
}

export interface Given {
  readonly env?: Record<string, string>;
  readonly stdin?: string | Readable;
  readonly columns?: number;
  readonly isTty?: boolean;
  /** Ctrl-C, when it aborts. */
  readonly interrupt?: AbortSignal;
  /** Sees each line of stdout as it comes; true closes stdout, as `head` does. */
  readonly onLine?: (line: string) => boolean | void;
}

/** Runs `holdfast` with these arguments to its end. */
export async function commandLine(args: readonly string[], given: Given = {}): Promise<Ran> {
  let exitCode = 0;
  let served: ServeFlags | undefined;
  const stdout = collector(given.onLine);
  const stderr = collector();
  const context: CliContext = {
    env: given.env ?? {},
    stdin: typeof given.stdin === 'string' ? Readable.from([given.stdin]) : (given.stdin ?? new PassThrough().end()),
    stdout: stdout.stream,
    stderr: Object.assign(stderr.stream, { isTTY: given.isTty ?? false }),
    isTty: given.isTty ?? false,
    canAsk: given.isTty ?? false,
    columns: given.columns ?? 80,
    serve: (flags) => Promise.resolve(void (served = flags)),
    restoreStopped,
    recoverStopped: () => Promise.reject(new Error('no store is recovered here')),
    onInterrupt: (act) => {
      given.interrupt?.addEventListener('abort', act, { once: true });
      return () => given.interrupt?.removeEventListener('abort', act);
    },
    onSignal: (signal, act) => {
      process.on(signal, act);
      return () => void process.removeListener(signal, act);
    },
    setExitCode: (code) => void (exitCode = code),
  };
  await createProgram(context).parseAsync(args, { from: 'user' });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text(), served };
}

function collector(onLine?: Given['onLine']) {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      text += chunk.toString();
      if (onLine?.(chunk.toString().trimEnd())) stream.destroy(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
      done();
    },
  });
  return { stream, text: () => text };
}
