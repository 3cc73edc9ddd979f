// A server under measurement: a process of its own, started, asked and stopped.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { connect } from './raw-client';
import type { RawClient } from './raw-client';

const root = join(__dirname, '..', '..');
const hook = join(root, 'test', 'support', 'typescript.js');
/** The built program. */
export const builtMain = join(root, 'dist', 'main.js');
/** Longer than any start that is measured: a cold replay of the largest store. */
const startMsMax = 600_000;

export interface ChildServer {
  readonly pid: number;
  /** `HOST:PORT`. */
  readonly address: string;
  readonly client: RawClient;
  /** From the start of the process until its address was printed, in milliseconds. */
  readonly startedMs: number;
  /** SIGTERM, and waits for the end. Rejects if it ends with another code than 0. */
  stop(): Promise<void>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
}

/** `nodeOptions` go to node itself. */
export function startEcho(nodeOptions: readonly string[] = []): Promise<ChildServer> {
  return start('echo', [...nodeOptions, '--require', hook, join(__dirname, 'echo-server.ts')]);
}

/** Starts the built server over `dir`. */
export function startHoldfast(dir: string, nodeOptions: readonly string[] = []): Promise<ChildServer> {
  return start('holdfast', [...nodeOptions, builtMain, 'serve', '--port', '0', '--dir', dir]);
}

async function start(what: string, args: readonly string[]): Promise<ChildServer> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  // A run that dies takes its servers with it.
  const reap = () => child.kill('SIGKILL');
  process.once('exit', reap);
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      process.removeListener('exit', reap);
      resolve(signal ?? code ?? 'unknown');
    });
  });
  const address = await printedAddress(what, child, ended);
  const startedMs = performance.now() - began;
  const client = connect(address);
  return {
    pid: child.pid!,
    address,
    client,
    startedMs,
    stop: async () => {
      client.close();
      child.kill('SIGTERM');
      const how = await ended;
      if (how !== 0 && how !== 'SIGTERM') throw new Error(`${what} ended with ${how}`);
    },
    kill: async () => {
      client.close();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function printedAddress(what: string, child: ChildProcess, ended: Promise<number | string>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${what} did not start: ${why}\n${text.slice(-2000)}`));
    };
    const timer = setTimeout(() => fail(`no address within ${startMsMax} ms`), startMsMax);
    const look = (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-64 * 1024);
      const address = /127\.0\.0\.1:(\d{2,5})\b/.exec(text)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout!.on('data', look);
    child.stderr!.on('data', look);
    void ended.then((how) => fail(`it ended with ${how}`));
  });
}
