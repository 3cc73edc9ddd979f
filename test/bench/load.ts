// Loads one method of a server from a process of its own and says how fast it answered.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLoad, FrameLoadResult } from './frame-load';
import { framed } from './reference';
import { percentile } from './statistics';

export interface Load {
  readonly address: string;
  /** `Service/Method` without the package. */
  readonly method: string;
  /** The request's message, without its frame. */
  readonly message: Uint8Array;
  /** A request id that stands in the message, 36 characters: each request gets another in its place. */
  readonly requestId?: string;
  /** A text that stands in the message: each request gets other words in its place. */
  readonly words?: string;
  readonly count: number;
  readonly connections: number;
  /** On each connection. */
  readonly inFlight: number;
}

export interface LoadResult {
  readonly tool: LoadTool;
  readonly count: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Bytes of gRPC messages and their frames that came back. */
  readonly dataBytes: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

export type LoadTool = 'h2load' | 'frames';

let h2loadFound: boolean | undefined;

/** h2load where it is installed. */
export function availableTool(): LoadTool {
  h2loadFound ??= spawnSync('h2load', ['--version'], { stdio: 'ignore' }).status === 0;
  return h2loadFound ? 'h2load' : 'frames';
}

/**
 * Sends `count` requests and waits for all replies. Rejects unless each came back as OK with a message: gRPC errors have no
 * data, so that a failed call shows in the count (frames) or as bytes that are missing (h2load; the caller knows how many).
 */
export async function runLoad(load: Load, tool: LoadTool): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-load-'));
  try {
    const body = join(folder, 'body.bin');
    const bytes = framed(load.message);
    writeFileSync(body, bytes);
    // h2load sends the same body each time.
    const varied = load.requestId !== undefined || load.words !== undefined;
    if (tool === 'frames' || varied) return await byFrames(load, body, bytes);
    return await byH2load(load, body, join(folder, 'requests.tsv'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byFrames(load: Load, body: string, bytes: Buffer): Promise<LoadResult> {
  const { address, method, count, connections, inFlight } = load;
  const requestIdAt = placeOf(load.requestId, bytes);
  const varied = { requestIdAt, wordsAt: placeOf(load.words, bytes), wordsLength: load.words?.length };
  const order: FrameLoad = { address, method, body, ...varied, count, connections, inFlight };
  const hook = join(__dirname, '..', 'support', 'typescript.js');
  const args = ['--require', hook, join(__dirname, 'frame-load.ts'), JSON.stringify(order)];
  const result = JSON.parse(await output(process.execPath, args)) as FrameLoadResult;
  if (result.failed > 0) throw new Error(`${method}: ${result.failed} of ${count} calls failed`);
  return summary('frames', result.good, result.seconds, result.dataBytes, result.latenciesUs);
}

function placeOf(text: string | undefined, bytes: Buffer): number | undefined {
  if (text === undefined) return undefined;
  const at = bytes.indexOf(text, 0, 'latin1');
  if (at === -1) throw new Error('the message does not hold the text that is to vary');
  return at;
}

async function byH2load(load: Load, body: string, log: string): Promise<LoadResult> {
  const args = ['-n', load.count, '-c', load.connections, '-m', load.inFlight, '-d', body, `--log-file=${log}`];
  const headers = ['-H', 'content-type: application/grpc', '-H', 'te: trailers'];
  const url = `http://${load.address}/holdfast.v1.${load.method}`;
  const text = await output('h2load', [...args.map(String), ...headers, url]);
  const good = Number(/(\d+) 2xx/.exec(text)?.[1]);
  const dataBytes = Number(/\((\d+)\) data/.exec(text)?.[1]);
  if (good !== load.count) throw new Error(`${load.method}: ${good} of ${load.count} calls came back:\n${text}`);
  // The log is finer than the summary, which rounds to 10 ms and counts the connecting.
  let first = Infinity;
  let last = 0;
  const latenciesUs: number[] = [];
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [start, , took] = line.split('\t').map(Number);
    if (start === undefined || took === undefined) continue;
    first = Math.min(first, start);
    last = Math.max(last, start + took);
    latenciesUs.push(took);
  }
  return summary('h2load', good, (last - first) / 1e6, dataBytes, latenciesUs);
}

function summary(
  tool: LoadTool,
  count: number,
  seconds: number,
  dataBytes: number,
  latenciesUs: readonly number[],
): LoadResult {
  const p50Us = percentile(latenciesUs, 0.5);
  const p99Us = percentile(latenciesUs, 0.99);
  return { tool, count, seconds, perSecond: count / seconds, dataBytes, p50Us, p99Us };
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 256 << 20 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command}: ${error.message.slice(0, 500)}\n${stderr.slice(-2000)}`));
      else resolve(stdout);
    });
  });
}
