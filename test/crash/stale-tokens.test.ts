// Goal: no verb with a stale fencing token is ever accepted, whatever lies between the claim and the verb: a release, a lease that ran out, a new
// holder, a killed server. Method: tokens are made stale in every way that there is, and each is shown with a verb of holders. With the check
// planted away, tokens are accepted, and the test notices.
//
// HOLDFAST_STALE_TOKENS sets how many are shown.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Metadata, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { SessionServiceClient, StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import * as v1 from '../../src/gen/holdfast/v1/task_service';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { callFailed } from './service-client';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const TOKENS = countFromEnvironment('HOLDFAST_STALE_TOKENS', 500);
const TASKS = 10;
/** A server lives for so many stale tokens. */
const TOKENS_A_LIFE = 100;
const LEASE_MS = 1000;

/** Two agents on one server: what one holds, the other takes. */
class Rivals {
  private server!: ServerProcess;
  private tasks!: v1.TaskServiceClient;
  private readonly sessions: Metadata[] = [];
  private readonly socket: string;

  constructor(
    private readonly dir: string,
    private readonly plant?: string,
  ) {
    this.socket = join(dir, 'rivals.sock');
  }

  async start(): Promise<void> {
    const planted = this.plant
      ? { preload: [join(__dirname, 'fixtures/plant.js')], env: { HOLDFAST_PLANT: this.plant } }
      : {};
    this.server = await startServer(join(this.dir, 'store'), { args: ['--socket', this.socket], ...planted });
    this.tasks = new v1.TaskServiceClient(`unix:${this.socket}`, credentials.createInsecure());
  }

  async begin(): Promise<void> {
    const client = new SessionServiceClient(`unix:${this.socket}`, credentials.createInsecure());
    for (const agent of ['ada', 'bob']) {
      const request = StartSessionRequest.fromPartial({ parent: 'projects/default', agent });
      const { session, token } = await new Promise<{ session?: { name: string }; token: string }>((resolve, reject) =>
        client.startSession(request, (error, reply) => (error ? reject(error) : resolve(reply))),
      );
      const metadata = new Metadata();
      metadata.set('holdfast-session', `${session!.name};${token}`);
      this.sessions.push(metadata);
    }
    client.close();
    for (let i = 0; i < TASKS; i++) {
      const task = {
        title: `Task ${i}`,
        retryPolicy: {
          maxAttempts: 100,
          maxBackoff: { seconds: 0, nanos: 1e6 },
          initialBackoff: { seconds: 0, nanos: 1e6 },
        },
      };
      await this.call('createTask', v1.CreateTaskRequest.fromPartial({ parent: 'projects/default', task }), 0);
    }
  }

  async restart(): Promise<void> {
    this.tasks.close();
    await this.server.kill();
    await this.start();
  }

  async end(): Promise<void> {
    this.tasks.close();
    await this.server.kill();
  }

  /** A call in the name of the first or the second agent. Rejects with CallFailed. */
  call<Reply>(method: string, request: unknown, who: number): Promise<Reply> {
    type Call = (
      request: unknown,
      metadata: Metadata,
      done: (error: ServiceError | null, reply: Reply) => void,
    ) => void;
    const call = (this.tasks as unknown as Record<string, Call>)[method]!.bind(this.tasks);
    return new Promise((resolve, reject) =>
      call(request, this.sessions[who]!, (error, reply) => (error ? reject(callFailed(error)) : resolve(reply))),
    );
  }

  async claim(name: string, who: number, leaseMs?: number): Promise<number> {
    const leaseTtl = leaseMs === undefined ? undefined : { seconds: leaseMs / 1000, nanos: 0 };
    for (;;) {
      try {
        const request = v1.ClaimTaskRequest.fromPartial({ name, leaseTtl });
        const reply = await this.call<v1.ClaimTaskResponse>('claimTask', request, who);
        return reply.tasks[0]!.lease!.fencingToken;
      } catch (fault) {
        // It waits out the millisecond of a retry, and the lease of another.
        if (!['NOT_READY', 'ALREADY_CLAIMED'].includes(callReason(fault).reason)) throw fault;
        await delay(5);
      }
    }
  }

  /** Makes a token stale: it was given back, or its lease ran out; in most cases the other agent holds the task. Gives the stale and the present one. */
  async stale(name: string, random: Random): Promise<{ stale: number; present: number; holder: number }> {
    const first = random.below(2);
    if (random.chance(0.02)) {
      const stale = await this.claim(name, first, LEASE_MS);
      // It is given to the other as soon as the lease has ended.
      return { stale, present: await this.claim(name, 1 - first), holder: 1 - first };
    }
    const stale = await this.claim(name, first);
    await this.call('releaseTask', v1.ReleaseTaskRequest.fromPartial({ name, fencingToken: stale }), first);
    if (random.chance(0.1)) return { stale, present: 0, holder: first };
    return { stale, present: await this.claim(name, 1 - first), holder: 1 - first };
  }
}

function verbs(name: string, fencingToken: number): readonly (readonly [string, unknown])[] {
  const head = { name, fencingToken };
  return [
    ['completeTask', v1.CompleteTaskRequest.fromPartial(head)],
    ['failTask', v1.FailTaskRequest.fromPartial({ ...head, error: { code: 'late' } })],
    ['releaseTask', v1.ReleaseTaskRequest.fromPartial(head)],
    ['heartbeatTask', v1.HeartbeatTaskRequest.fromPartial({ ...head, progress: { percent: 1 } })],
    ['requestInput', v1.RequestInputRequest.fromPartial({ ...head, request: { question: 'Late?' } })],
    ['putStep', v1.PutStepRequest.fromPartial({ ...head, step: { key: 'late' } })],
    ['acknowledgeDirective', v1.AcknowledgeDirectiveRequest.fromPartial(head)],
  ];
}

/** Shows stale tokens until one is accepted. Gives how many were refused, and the first that was not. */
async function show(
  rivals: Rivals,
  random: Random,
  count: number,
): Promise<{ refused: Map<string, number>; accepted: string }> {
  const refused = new Map<string, number>();
  for (let shown = 0; shown < count; shown++) {
    if (shown > 0 && shown % TOKENS_A_LIFE === 0) await rivals.restart();
    const name = `projects/default/tasks/t${1 + random.below(TASKS)}`;
    const { stale, present, holder } = await rivals.stale(name, random);
    if (random.chance(0.01)) await rivals.restart();
    const [method, request] = random.pick(verbs(name, stale));
    try {
      await rivals.call(method, request, random.below(2));
      return { refused, accepted: `${method} with the token ${stale} of ${name}, whose present one is ${present}` };
    } catch (fault) {
      const { reason } = callReason(fault);
      refused.set(reason, (refused.get(reason) ?? 0) + 1);
    }
    // The present token is as good as ever.
    if (present > 0)
      await rivals.call('releaseTask', v1.ReleaseTaskRequest.fromPartial({ name, fencingToken: present }), holder);
  }
  return { refused, accepted: '' };
}

const callReason = (fault: unknown): { readonly reason: string } => fault as { reason: string };

it(`refuses ${TOKENS} stale tokens, through restarts`, async () => {
  const rivals = new Rivals(tempDir());
  try {
    await rivals.start();
    await rivals.begin();
    const { refused, accepted } = await show(rivals, randomFrom(chosenSeed()), TOKENS);
    say(`refused: ${JSON.stringify(Object.fromEntries(refused))}`);
    expect(accepted).toBe('');
    expect([...refused.keys()].sort()).toEqual(['FENCED', 'ILLEGAL_TRANSITION']);
    expect(refused.get('FENCED')).toBeGreaterThan(TOKENS / 2);
  } finally {
    await rivals.end();
  }
}, 600_000);

it('notices a server that does not look at tokens', async () => {
  const rivals = new Rivals(tempDir(), 'no fencing');
  try {
    await rivals.start();
    await rivals.begin();
    const { accepted } = await show(rivals, randomFrom(chosenSeed()), TOKENS_A_LIFE);
    expect(accepted).toContain('with the token');
  } finally {
    await rivals.end();
  }
}, 300_000);
