// Where the main thread's time goes: profiles a server (holdfast or echo) under creates, gets or batches, and prints the
// functions with the most self time, in microseconds a call.
//
//     node --require ./test/support/typescript.js test/bench/profile.ts holdfast create 60000
//
// The profile itself is left beside the output for a viewer (Chrome's developer tools open it).

import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEcho, startHoldfast } from './child-server';
import { availableTool, runLoad } from './load';
import { batchRequest, createRequest, getRequest } from './reference';
import { firstTask, manyInFlight } from './stage';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const rowsMax = 45;

async function main(what: string, method: string, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-profile-'));
  const node = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'];
  const server = what === 'echo' ? await startEcho(node) : await startHoldfast(join(folder, 'store'), node);
  const name = await firstTask(server);
  const messages = new Map([
    ['create', ['TaskService/CreateTask', createRequest()] as const],
    ['batch', ['TaskService/BatchCreateTasks', batchRequest(100)] as const],
    ['get', ['TaskService/GetTask', getRequest(name)] as const],
  ]);
  const [path, message] = messages.get(method) ?? ['', new Uint8Array()];
  if (path === '') throw new Error('profile.ts holdfast|echo create|batch|get COUNT');
  const load = { address: server.address, method: path, message, count, ...manyInFlight };
  const result = await runLoad(load, availableTool());
  await server.stop();
  const file = readdirSync(folder).find((entry) => entry.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error('the server left no profile');
  console.log(
    `${what} ${method}: ${Math.round(result.perSecond)} calls a second while profiled; ${join(folder, file)}\n`,
  );
  print(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile, count);
}

function print(profile: Profile, count: number): void {
  const names = new Map(profile.nodes.map((node) => [node.id, nameOf(node)]));
  const selfUs = new Map<string, number>();
  const areaUs = new Map<string, number>();
  for (const [i, id] of profile.samples.entries()) {
    const { label, area } = names.get(id)!;
    const us = profile.timeDeltas[i] ?? 0;
    if (label === '(idle)') continue;
    selfUs.set(label, (selfUs.get(label) ?? 0) + us);
    areaUs.set(area, (areaUs.get(area) ?? 0) + us);
  }
  for (const totals of [areaUs, selfUs]) {
    const sorted = [...totals].sort(([, a], [, b]) => b - a).slice(0, rowsMax);
    for (const [label, us] of sorted) console.log(`${(us / count).toFixed(2).padStart(8)} µs  ${label}`);
    console.log();
  }
}

/** A function with its place, and the part of the program that it belongs to. */
function nameOf({ callFrame }: ProfileNode): { label: string; area: string } {
  const { functionName, url, lineNumber } = callFrame;
  const place = url.replace(/^.*\/node_modules\//, '').replace(/^.*\/(dist|test)\//, '$1/');
  const label = url === '' ? functionName : `${functionName || '(anonymous)'}  ${place}:${lineNumber + 1}`;
  const parts = place.split('/');
  const area = place === '' ? functionName : parts.slice(0, Math.min(2, parts.length - 1) || 1).join('/');
  return { label, area };
}

const [what = 'holdfast', method = 'create', count = '60000'] = process.argv.slice(2);
void main(what, method, Number(count)).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
