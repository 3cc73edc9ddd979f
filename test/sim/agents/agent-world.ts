// Agents on an engine that falls and starts again, beside a model of what they hold.
//
// A1. Each answer is what the model says. Tokens are numbers of records: each is greater than all before it, restarts included.
// A2. A claim of what is ready first gets the first ready tasks of the model. Those that wait are served in their order.
// A3. What was not answered before a crash is asked again with the same request id, and comes out as if nothing had happened. What left no record
//     is not asked again: it would be decided after those that came behind it.
// A4. After each step every task, session and lock is read: who holds what, and by which token.
// A5. A session whose claim waits is renewed: it is lost when the model says, not before.
//
// Time stands still but for `pass`: what is due by then comes to pass at once, in the model as in the engine.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Refusal } from '../../../src/domain/refusal';
import type { Command } from '../../../src/domain/command';
import type { Engine } from '../../../src/engine/engine';
import type { Executed } from '../../../src/engine/executed';
import { EntityKind, SessionWork, TaskWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { Lock } from '../../../src/gen/holdfast/v1/lock';
import { Session, SessionState } from '../../../src/gen/holdfast/v1/session';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';
import { SimEngine } from '../sim-engine';
import type { Crash, SimDisk, Using } from '../sim-engine';
import { agentCommand, sessionName } from './agent-commands';
import type { AskedNext } from './agent-commands';
import { AgentModel } from './agent-model';
import type { AgentAsked, Granted } from './agent-model';

interface Asking {
  readonly asked: AgentAsked | AskedNext;
  readonly command: Command;
  outcome: Executed | Refusal | undefined;
}

/** A claim that waits, and how it is told that its caller has gone. */
interface Waiting extends Asking {
  readonly asked: AskedNext;
  readonly gone: AbortController;
}

/** How long what is due may take to come to pass, in milliseconds: LevelDB's threads have their own pace on a busy machine. */
const SETTLES_MS = 10_000;
/** Turns after which a disk that is still up goes down. */
const CRASH_TURNS = 50;
/** The most that journal time moves at once, in milliseconds. */
const STEP_MS = 200;
/** What says nothing of a command: it was cut off. */
const UNHEARD: ReadonlySet<string> = new Set(['OUTCOME_UNKNOWN', 'HALTED', 'DRAINING']);

export class AgentWorld implements Using {
  readonly model = new AgentModel();
  private readonly random: Random;
  private readonly sim: SimEngine;
  private readonly sessionTokens = new Map<string, string>();
  /** Answers that made a record. */
  private readonly granted: Asking[] = [];
  private waiting: Waiting[] = [];
  private greatestToken = 0;
  private timeMs = Date.UTC(2026, 0, 1);

  constructor(
    dir: string,
    private readonly disk: SimDisk,
    seed: number,
    /** Told what is done to the engine, step by step. */
    private readonly log: string[],
  ) {
    this.random = randomFrom(seed);
    this.sim = new SimEngine(dir, disk, { wallMs: () => this.timeMs, monotonicMs: () => this.timeMs }, this);
  }

  async start(): Promise<void> {
    this.model.nowMs = this.timeMs;
    await this.sim.start();
  }

  began(): void {
    this.model.bootMs = this.timeMs;
  }

  async ends(): Promise<void> {
    await nextTurn();
  }

  noticed(): void {
    // Windows that are wrong, for one: what they gave shows it, or the next claim does.
  }

  async end(): Promise<void> {
    await this.sim.abandon();
  }

  /** Asks all at once, in order; with a crash, in the middle of it. */
  async ask(all: readonly AgentAsked[], crash?: Crash): Promise<void> {
    this.note('ask', [all, crash]);
    if (all.length > 1 || crash) await this.giveUpWaiting();
    const askings = all.map((asked) => this.asking(asked));
    const expected = all.map((asked) => this.model.apply(asked));
    await this.answer(askings, crash, (i) => isRecorded(all[i]!, expected[i]!));
    askings.forEach((asking, i) => this.compare(asking, expected[i]!));
    await this.serve();
    await this.verify();
  }

  /** Claims at once of what is ready first. Who is decided first is seen by the numbers of the records. */
  async next(all: readonly AskedNext[], crash?: Crash): Promise<void> {
    this.note('next', [all, crash]);
    await this.giveUpWaiting();
    const askings = all.map((asked) => this.asking(asked));
    await this.answer(askings, crash, () => true);
    for (const asking of inOrder(askings)) this.compareNext(asking as Waiting);
    await this.verify();
  }

  /** A claim of what is ready first, which waits if there is nothing. */
  async wait(asked: AskedNext): Promise<void> {
    this.note('wait', asked);
    const waiting: Waiting = { ...this.asking(asked), asked, gone: new AbortController() };
    void this.execute(waiting, waiting.gone.signal);
    this.waiting.push(waiting);
    // Before time passes it stands in line, and has renewed its session.
    await settled(() => waiting.outcome !== undefined || this.engine.claims.waiting === this.waiting.length);
    await this.renewals();
    await this.serve();
    await this.verify();
  }

  /** Time passes. */
  async pass(ms: number): Promise<void> {
    this.note('pass', ms);
    // Who waits while others lose theirs gets it in the order of the losses, which the model does not know.
    if (this.model.takesAt(this.timeMs + ms)) await this.giveUpWaiting();
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.timeMs += Math.min(left, STEP_MS);
      void this.engine.nowMs;
    }
    this.model.pass(this.timeMs);
    this.engine.claims.look();
    await this.renewals();
    await this.serve();
    await this.verify();
  }

  async restart(crash?: Crash): Promise<void> {
    this.note('restart', crash);
    await this.giveUpWaiting();
    await (crash ? this.sim.crash(crash) : this.sim.restart());
    await this.verify();
  }

  /** Asks for what was asked before: the first result must come back. */
  async repeat(which: number): Promise<void> {
    const asking = this.granted[which % Math.max(1, this.granted.length)];
    if (!asking) return;
    this.note('repeat', asking.asked);
    const first = asking.outcome as Executed;
    const again = await this.engine.execute(asking.command);
    equal('the repeated request', [again.sequence, again.replayed, shown(again)], [first.sequence, true, shown(first)]);
  }

  /** A4. */
  async verify(): Promise<void> {
    const { timers } = Reflect.get(this.engine, 'parts') as { timers: { look(): void } };
    const isRight = (): boolean => {
      if (this.found() === this.expected()) return true;
      timers.look();
      return false;
    };
    if (!(await settled(isRight))) throw new Error(`found ${this.found()}\ninstead of ${this.expected()}`);
  }

  /** A5. What is asked for the sessions of claims that wait is decided before anything else is looked at. */
  private async renewals(): Promise<void> {
    this.model.keepAlive(this.waiting.map(({ asked }) => asked.session));
    await this.engine.parts.committer.whenIdle();
  }

  private note(what: string, of: unknown): void {
    this.log.push(`${what} ${JSON.stringify(of) ?? ''}`.trimEnd());
  }

  private get engine(): Engine {
    return this.sim.now;
  }

  private asking(asked: AgentAsked | AskedNext): Asking {
    const token = 'session' in asked ? (this.sessionTokens.get(asked.session) ?? '') : '';
    const command = agentCommand(asked, token, this.random.bytes(16), this.timeMs);
    return { asked, command, outcome: undefined };
  }

  private async execute(asking: Asking, signal?: AbortSignal): Promise<void> {
    try {
      asking.outcome = await this.engine.execute(asking.command, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!UNHEARD.has(error.reason)) asking.outcome = error;
    }
  }

  /** A3. */
  private async answer(
    askings: readonly Asking[],
    crash: Crash | undefined,
    asksAgain: (i: number) => boolean,
  ): Promise<void> {
    if (crash) this.disk.cutAfter(crash.changes);
    const answers = Promise.all(askings.map((asking) => this.execute(asking)));
    if (!crash) return void (await answers);
    for (let turn = 0; turn < CRASH_TURNS && !this.disk.isDown; turn++) await nextTurn();
    // Of a dead engine no answer may ever come.
    answers.catch(() => undefined);
    await this.sim.crash(crash);
    for (const [i, asking] of askings.entries()) if (!asking.outcome && asksAgain(i)) await this.execute(asking);
  }

  private compare(asking: Asking, expected: Granted | string): void {
    const { asked, outcome } = asking;
    const what = JSON.stringify(asked);
    // A refusal that nobody heard, or that nothing had to be done.
    if (!outcome && !isRecorded(asked as AgentAsked, expected)) return;
    if (!outcome) throw new Error(`no answer to ${what}`);
    if (outcome instanceof Refusal || typeof expected === 'string') {
      equal(what, outcome instanceof Refusal ? outcome.reason : 'granted', expected);
      return;
    }
    if (asked.kind === 'start' || asked.kind === 'resume') {
      this.sessionTokens.set(asked.session, SessionWork.decode(outcome.replies[1]!.image).token);
    }
    if (asked.kind === 'lock') Object.assign(expected[0]!, { id: outcome.replies[0]!.id });
    this.grant(asking, outcome, expected, isRecorded(asked as AgentAsked, expected));
  }

  private compareNext(asking: Asking & { readonly asked: AskedNext }): void {
    const { asked, outcome } = asking;
    const { session, most, ttlMs } = asked;
    const given = outcome && !(outcome instanceof Refusal) ? tasksOf(outcome) : [];
    const expected = this.model.next(session, given, most, ttlMs);
    if (outcome && !(outcome instanceof Refusal) && typeof expected !== 'string') {
      return this.grant(asking, outcome, expected, given.length > 0);
    }
    const found = outcome instanceof Refusal ? outcome.reason : given.join();
    equal(`${JSON.stringify(asked)} at ${outcome instanceof Refusal ? 0 : outcome?.sequence}`, found, expected);
  }

  /** A1. */
  private grant(asking: Asking, outcome: Executed, granted: Granted, recorded: boolean): void {
    for (const hold of granted) hold.token = outcome.sequence;
    if (granted.length > 0) {
      if (outcome.sequence <= this.greatestToken) {
        throw new Error(`the token ${outcome.sequence} came after ${this.greatestToken}`);
      }
      this.greatestToken = outcome.sequence;
    }
    if (recorded) this.granted.push(asking);
  }

  /** A2. Lets those who wait be served as far as the model says, and no further. */
  private async serve(): Promise<void> {
    const isOver = ({ asked }: Waiting): boolean => this.model.sessions.get(asked.session)!.state !== 'ACTIVE';
    for (;;) {
      const over = this.waiting.find(isOver);
      const first = over ?? (this.model.ready().length > 0 ? this.waiting[0] : undefined);
      if (!first) break;
      await settled(() => first.outcome !== undefined);
      if (!first.outcome) throw new Error(`nobody served ${JSON.stringify(first.asked)}`);
      this.waiting = this.waiting.filter((waiting) => waiting !== first);
      this.compareNext(first);
    }
    const early = this.waiting.find(({ outcome }) => outcome);
    if (early) throw new Error(`${JSON.stringify(early.asked)} was answered, though nothing is ready`);
  }

  /** Their callers go: those who wait are served no more. */
  private async giveUpWaiting(): Promise<void> {
    for (const { gone } of this.waiting) gone.abort();
    for (const waiting of this.waiting) {
      await settled(() => waiting.outcome !== undefined);
      equal('who has gone', waiting.outcome instanceof Refusal && waiting.outcome.reason, 'CANCELLED');
    }
    this.waiting = [];
  }

  private expected(): string {
    const { tasks, sessions, locks } = this.model;
    return JSON.stringify([
      [...tasks.values()].map(({ id, state, failures, hold }) =>
        [id, state, failures, ...(hold ? [sessionName(hold.session), hold.token, hold.lapsed] : [])].join(' '),
      ),
      [...sessions.values()].map(({ id, state }) => `${id} ${state}`),
      [...locks.values()].map(({ id, session, token }) => `${id} ${sessionName(session)} ${token}`),
    ]);
  }

  /** What the engine has, in the words of the model. */
  private found(): string {
    const read = (kind: EntityKind, id: string): Uint8Array | undefined =>
      this.engine.readNow(kind, 'default', id)?.image;
    const { tasks, sessions } = this.model;
    return JSON.stringify([
      [...tasks.keys()].map((id) => {
        const { lease, failures } = TaskWork.decode(read(EntityKind.TASK_WORK, id) ?? NOTHING);
        const holder = lease ? [lease.session, lease.fencingToken, lease.lapsed] : [];
        return [id, Task.decode(read(EntityKind.TASK, id) ?? NOTHING).state, failures, ...holder].join(' ');
      }),
      [...sessions.keys()].map((id) => {
        const { state } = Session.decode(read(EntityKind.SESSION, id) ?? NOTHING);
        return `${id} ${stateNames.get(state) ?? state}`;
      }),
      this.lockIds().flatMap((id) => {
        const image = read(EntityKind.LOCK, id);
        if (!image) return [];
        const { session, fencingToken } = Lock.decode(image);
        return `${id} ${session} ${fencingToken}`;
      }),
    ]);
  }

  /** The ids of all locks that ever were, those that the model has first. */
  private lockIds(): string[] {
    const live = [...this.model.locks.values()].map(({ id }) => id);
    const ever = this.granted.flatMap(({ asked, outcome }) =>
      asked.kind === 'lock' ? (outcome as Executed).replies[0]!.id : [],
    );
    return [...new Set([...live, ...ever])];
  }
}

/** Lets the engine work until it holds. False if it does not come to that. */
async function settled(holds: () => boolean): Promise<boolean> {
  const until = performance.now() + SETTLES_MS;
  while (!holds()) {
    if (performance.now() > until) return false;
    await nextTurn();
  }
  return true;
}

/** Whether a record says what came of it. A session's life is renewed in memory, and who holds a task already is given nothing new. */
function isRecorded({ kind }: AgentAsked, outcome: Granted | string): boolean {
  if (typeof outcome === 'string') return false;
  return kind !== 'beat' && !(kind === 'take' && outcome.length === 0);
}

const NOTHING = new Uint8Array();
const stateNames = new Map<number, string>(Object.entries(SessionState).map(([name, state]) => [state, name]));

/** Those that got something in the order of their records, then the others. */
function inOrder(askings: readonly Asking[]): Asking[] {
  const placeOf = ({ outcome }: Asking): number =>
    outcome && !(outcome instanceof Refusal) && tasksOf(outcome).length > 0 ? outcome.sequence : Infinity;
  const places = new Map(askings.map((asking) => [asking, placeOf(asking)]));
  return [...askings].sort((a, b) => (places.get(a)! < places.get(b)! ? -1 : places.get(a) === places.get(b) ? 0 : 1));
}

function tasksOf({ replies }: Executed): string[] {
  return replies.filter(({ kind }) => kind === EntityKind.TASK).map(({ id }) => id);
}

function shown({ replies }: Executed): string {
  return JSON.stringify(replies.map(({ kind, id, image }) => [kind, id, Buffer.from(image).toString('base64')]));
}

function equal(what: string, actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`);
}
