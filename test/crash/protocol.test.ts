// Goal: whoever breaks the protocol gets a clear error and harms nobody else. Method: a process sends thousands of malformed,
// oversized and half-sent requests at a steady pace; in between, as many good ones at the same pace. Calls of another client
// are measured in both: their latencies are compared within the run, never with a clock of another machine.
//
// HOLDFAST_ATTACKS sets the number of hostile requests.

import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { Attacker } from './attacker';
import type { Outcomes } from './attacker';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';
import { ServiceClient } from './service-client';

const attacks = countFromEnvironment('HOLDFAST_ATTACKS', 10_000);
/** Good and hostile campaigns take turns, so that what else the machine does hits both. */
const ROUNDS = 5;
/** A fifth of what one core answers, in requests a second: the server is loaded, not flooded. */
const PER_SECOND = 600;
/** Latency that a garbage collection of either process may add, in milliseconds. */
const SLACK_MS = 5;
/** LevelDB's write buffer (32 MiB), the row cache (24 MB) and the feed's recent records (4 MiB) fill up meanwhile, in bytes;
 *  the rest is for heaps that have not shrunk. */
const GROWTH_BYTES_MAX = 96 * 1024 * 1024;
/** The server's limit for requests that do not arrive: short, so that the test need not wait. */
const TIMEOUT = '2s';

/** What each kind may get. Anything else, silence above all, is a failure. */
const allowed: Readonly<Record<string, RegExp>> = {
  good: /^grpc 0$/,
  noise: /^grpc 3$/,
  'a good message with flipped bytes': /^grpc [035]$/,
  'a message shorter than it says': /^(grpc (3|12|13)|reset \d+)$/,
  'a message of four gigabytes, it says': /^grpc 8$/,
  // grpc-js takes it as it is.
  'compression without a name': /^grpc (0|3|12|13)$/,
  'two messages': /^grpc (3|12|13)$/,
  'no message': /^grpc (3|12|13)$/,
  'an unknown method': /^grpc 12$/,
  'an unknown service': /^grpc 12$/,
  'another content type': /^http 415$/,
  'a GET': /^(http 4\d\d|grpc 12|grpc 13)$/,
  'a timeout in words': /^(grpc (0|3|13)|http 400)$/,
  'a session of nonsense': /^grpc (3|16)$/,
  'headers of 60 kB': /^(grpc (8|3)|http 431|reset \d+|goaway \d+)$/,
  // The decoder replaces what is no letter.
  'bytes that are no UTF-8': /^grpc [03]$/,
  'a number beyond 2^53': /^grpc 3$/,
  'a document 60 objects deep': /^grpc 3$/,
  'a request id that is none': /^grpc 3$/,
  'a title of a thousand letters': /^grpc 3$/,
  'a name of nonsense': /^grpc 3$/,
  'half a message': /^grpc 4$/,
  'headers alone': /^grpc 4$/,
  'a call taken back at once': /^reset \d+$/,
  'a message of 5 MiB': /^(grpc 8|reset \d+)$/,
  'noise instead of HTTP': /^closed$/,
  'a connection cut in a frame': /^closed$/,
};

let server: ServerProcess;
let client: ServiceClient;
let attacker: Attacker;

beforeEach(async () => {
  server = await startServer(tempDir(), { env: { PERSISTENCE_OPERATION_TIMEOUT: TIMEOUT } });
  client = new ServiceClient(server.address);
  attacker = new Attacker();
});
afterEach(async () => {
  attacker.end();
  client.close();
  await server.kill();
});

/** Calls of an honest client, one after another, until `until` settles. Gives their latencies in milliseconds. */
async function latencies(until: Promise<unknown>): Promise<number[]> {
  const measured: number[] = [];
  let running = true;
  const ended = until.finally(() => (running = false));
  while (running) {
    const begun = performance.now();
    const task = { title: 'from an honest client' };
    const request = CreateTaskRequest.fromPartial({ parent: 'projects/default', task });
    const { tasks } = await client.mutate({ method: 'createTask', request });
    await client.getTask(tasks[0]!.name);
    measured.push(performance.now() - begun);
    await delay(1);
  }
  await ended;
  return measured;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}

function merge(into: Record<string, Record<string, number>>, outcomes: Outcomes): void {
  for (const [kind, counts] of Object.entries(outcomes)) {
    const sums = (into[kind] ??= {});
    for (const [outcome, count] of Object.entries(counts)) sums[outcome] = (sums[outcome] ?? 0) + count;
  }
}

it(
  `${attacks} requests against the rules get clear errors and slow nobody down`,
  async () => {
    const random = randomFrom(chosenSeed());
    const outcomes: Record<string, Record<string, number>> = {};
    const port = Number(server.address.split(':')[1]);
    const count = Math.ceil(attacks / ROUNDS);
    const quiet: number[] = [];
    const attacked: number[] = [];
    let memoryBefore = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const hostile of [false, true]) {
        const campaign = attacker.begin({ port, seed: random.below(2 ** 32), count, perSecond: PER_SECOND, hostile });
        (hostile ? attacked : quiet).push(...(await latencies(campaign.sent)));
        merge(outcomes, await campaign.outcomes);
        if (round === 0 && !hostile) memoryBefore = server.rssAnonBytes();
      }
    }
    const growth = server.rssAnonBytes() - memoryBefore;
    const [quietMs, attackedMs] = [percentile(quiet, 0.99), percentile(attacked, 0.99)];
    for (const [kind, counts] of Object.entries(outcomes)) say(`${kind}: ${JSON.stringify(counts)}`);
    say(
      `p99 of ${quiet.length} quiet calls ${quietMs.toFixed(1)} ms, of ${attacked.length} attacked ${attackedMs.toFixed(1)} ms`,
    );
    say(`anonymous memory grew by ${(growth / 2 ** 20).toFixed(1)} MiB`);

    const wrong = Object.entries(outcomes).flatMap(([kind, counts]) =>
      Object.keys(counts)
        .filter((outcome) => !allowed[kind]?.test(outcome))
        .map((outcome) => `${kind} got ${outcome}, ${counts[outcome]} times`),
    );
    expect(wrong).toEqual([]);
    expect(attackedMs).toBeLessThanOrEqual(2 * quietMs + SLACK_MS);
    expect(growth).toBeLessThanOrEqual(GROWTH_BYTES_MAX);
    await server.stop();
  },
  120_000 + (attacks / PER_SECOND) * 10_000,
);
