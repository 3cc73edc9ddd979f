#!/usr/bin/env node
// The entry: the only place that reads the environment. The server is loaded when it is asked for: the command line answers
// sooner without it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from './cli/exit-code';
import { createProgram } from './cli/program';

/** LevelDB's reads and the journal's flushes share libuv's threads: with the four that it starts, a compaction of LevelDB
 *  makes commits wait. */
const POOL_THREADS = '8';

process.env.UV_THREADPOOL_SIZE ??= POOL_THREADS;

const version = (JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string })
  .version;

async function main(): Promise<void> {
  const program = createProgram(
    {
      env: process.env,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      isTty: process.stdout.isTTY === true,
      canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
      columns: process.stdout.columns || 80,
      serve: async (flags) => (await import('./main/serve.js')).serve(flags, process.env, version),
      restoreStopped: async (order) => (await import('./main/restore-stopped.js')).restoreStopped(order),
      recoverStopped: async (order) => (await import('./main/recover-stopped.js')).recoverStopped(order, version),
      onInterrupt: (act) => {
        process.on('SIGINT', act);
        return () => void process.removeListener('SIGINT', act);
      },
      onSignal: (signal, act) => {
        process.on(signal, act);
        return () => void process.removeListener(signal, act);
      },
      setExitCode: (code) => void (process.exitCode = code),
    },
    version,
  );
  await program.parseAsync(process.argv);
}

main().catch((fault: unknown) => {
  process.stderr.write(`holdfast: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exit(exitCode.internal);
});
