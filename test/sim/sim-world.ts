// One engine that is asked, killed, cut off and started again, beside a model of forty lines.
//
// V1. The journal lives on a simulated disk, which loses, tears and reorders what was not flushed. LevelDB lives on the real
//     one: a crash keeps its directory, removes it, or puts an older copy in its place.
// V2. What was answered must be what the model says. What was not is asked again with the same request id, in the same order,
//     and must come out as if nothing had happened.
// V3. After each start, and at the end, everything is read and compared: rows, listings, indexes, records, events. The engine
//     must not find its own state to be unsound either.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Command } from '../../src/domain/command';
import { Refusal } from '../../src/domain/refusal';
import type { Engine } from '../../src/engine/engine';
import type { Executed } from '../../src/engine/executed';
import type { FeedCursor } from '../../src/engine/feed';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { eventName } from '../../src/domain/event';
import type { ScanRange } from '../../src/storage/state/state';
import { randomFrom } from '../support/seed';
import type { Random } from '../support/seed';
import { commandOf } from './commands-of';
import { Model } from './model';
import type { Asked, ModelTask } from './model';
import { SimEngine } from './sim-engine';
import type { Crash, SimDisk, Using } from './sim-engine';

/** Turns of the event loop after which a disk that is still up goes down: all that was asked is long done. */
const TURNS_MAX = 50;

interface Asking {
  readonly asked: Asked;
  readonly command: Command;
  readonly expected: ModelTask | string;
  outcome: Executed | Error | undefined;
}

/** What the engine says when it finds its state to be other than what it wrote. */
const UNSOUND = /wrongly named|not those that were applied|digest|healed/;
const { PENDING, PAUSED, FAILED } = TaskState;

export class SimWorld implements Using {
  readonly model = new Model();
  private readonly random: Random;
  private readonly etags = new Map<string, string>();
  private readonly answered: Asking[] = [];
  private readonly sightings: { readonly id: string; readonly sequence: number }[] = [];
  private readonly watched: string[] = [];
  /** What nobody's answer shows, but is wrong. */
  private readonly problems: string[] = [];
  /** The state was damaged on purpose: the engine may say so. */
  private damaged = false;
  private watchedTo = 0;
  private cursor: FeedCursor | undefined;
  private watching: Promise<void> = Promise.resolve();
  private engine: Engine | undefined;
  private readonly sim: SimEngine;
  private lastSequence = 0;
  private timeMs = Date.UTC(2026, 0, 1);

  constructor(
    dir: string,
    private readonly disk: SimDisk,
    seed: number,
    /** Told what is done to the engine, step by step. */
    private readonly log: string[],
  ) {
    this.random = randomFrom(seed);
    const clock = { wallMs: () => this.timeMs, monotonicMs: () => (this.timeMs += 1) };
    this.sim = new SimEngine(dir, disk, clock, this);
  }

  start(): Promise<void> {
    return this.sim.start();
  }

  began(engine: Engine): void {
    this.engine = engine;
    this.watch();
  }

  ends(): Promise<void> {
    this.engine = undefined;
    this.cursor?.close();
    return this.watching;
  }

  noticed(message: string): void {
    if (!this.damaged && UNSOUND.test(message)) this.problems.push(message);
  }

  /** Asks all at once, in order; with a crash, in the middle of it. Then all are answered as the model says. */
  async ask(all: readonly Asked[], crash?: Crash): Promise<void> {
    const askings = this.prepare(all);
    this.log.push(`ask ${JSON.stringify(all)}${crash ? `, crash ${JSON.stringify(crash)}` : ''}`);
    const { engine } = this;
    if (crash) this.disk.cutAfter(crash.changes);
    const answers = askings.map(async (asking) => {
      try {
        asking.outcome = await engine!.execute(asking.command);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!['OUTCOME_UNKNOWN', 'HALTED', 'DRAINING'].includes(error.reason)) asking.outcome = error;
      }
    });
    if (crash) {
      for (let turn = 0; turn < TURNS_MAX && !this.disk.isDown; turn++) await this.look();
      await this.sim.crash(crash);
      for (const asking of askings) {
        // What the model refuses is not asked again: later commands may have changed the answer.
        if (asking.outcome || typeof asking.expected === 'string') continue;
        asking.outcome = await this.engine!.execute(asking.command);
      }
    } else await Promise.all(answers);
    for (const asking of askings) this.compare(asking);
  }

  /** Asks for what was asked before: the first result must come back. */
  async repeat(which: number): Promise<void> {
    const granted = this.answered.filter(({ outcome }) => !(outcome instanceof Error));
    const asking = granted[which % Math.max(1, granted.length)];
    if (!asking) return;
    this.log.push(`ask again ${JSON.stringify(asking.asked)}`);
    const again = await this.engine!.execute(asking.command);
    const first = asking.outcome as Executed;
    equal('the sequence of a repeated request', again.sequence, first.sequence);
    equal('a repeated request is replayed', again.replayed, true);
    equal('its result', this.shown(again), this.shown(first));
  }

  /** Stops in peace and starts again; in between `damage` may do something to the data directory. */
  async restart(damage?: (dir: string) => void): Promise<void> {
    this.log.push(damage ? 'restart, damaged meanwhile' : 'restart');
    await this.caughtUp();
    this.damaged = damage !== undefined;
    await this.sim.restart(damage);
    await this.verify();
    this.damaged = false;
  }

  /** V3. */
  async verify(): Promise<void> {
    const engine = this.engine!;
    await this.caughtUp();
    equal('the problems', this.problems, []);
    const records = await allRecords(engine);
    const boots = records.filter(({ boot }) => boot !== undefined).length;
    const { starts, failedStarts } = this.sim;
    const counted = boots >= starts && boots <= starts + failedStarts;
    if (!counted) fail(`${boots} starts are recorded, there were ${starts} and ${failedStarts} that failed`);
    // And the one that makes the project `default`.
    equal('the number of records', records.length, boots + 1 + this.model.events.length);
    equal('the durable mark', engine.status.durable, records.length);
    records.forEach((record, index) => equal('a sequence', record.sequence, index + 1));
    const events = records.flatMap(eventsOf);
    equal('the events', events.map(withoutSequence), this.model.events);
    equal('what the watcher saw', this.watched, events);
    const changes = new Set(records.flatMap((record) => record.changes.map(({ id }) => `${record.sequence} ${id}`)));
    for (const { id, sequence } of this.sightings) {
      equal(`a read showed ${id} at ${sequence}, which`, changes.has(`${sequence} ${id}`) ? 'was' : 'never was', 'was');
    }
    for (const task of this.model.tasks.values()) {
      const row = await engine.read(EntityKind.TASK, 'default', task.id);
      equal(`the row of ${task.id}`, row && modelTask(Task.decode(row.image)), task);
    }
    const tasks = [...this.model.tasks.values()];
    await this.compareScan({ by: 'tasks', project: 'default' }, tasks);
    for (const state of [PENDING, PAUSED, FAILED]) {
      const live = tasks.filter((task) => task.state === state && !task.deleted);
      const held = live.filter((task) => state === PENDING && this.model.held(task));
      const free = live.filter((task) => !held.includes(task));
      await this.compareScan({ by: 'state', project: 'default', state, held: false }, free);
      await this.compareScan({ by: 'state', project: 'default', state, held: true }, held);
    }
    await this.compareScan(
      { by: 'timer', dueMs: Number.MAX_SAFE_INTEGER },
      tasks.filter(({ deleted }) => deleted),
    );
  }

  /** Lets go of everything; the world is over. */
  end(): Promise<void> {
    return this.sim.abandon();
  }

  private prepare(all: readonly Asked[]): Asking[] {
    const touched = new Set<string>();
    return all.map((asked) => {
      // Within one burst the present etag of a task that was just changed cannot be known.
      const etag = asked.kind === 'create' || asked.etag === 'any' ? '' : asked.etag === 'stale' ? '1' : undefined;
      const right = touched.has(asked.id) ? '' : (this.etags.get(asked.id) ?? '');
      touched.add(asked.id);
      const command = commandOf(asked, etag ?? right, this.random.bytes(16));
      return { asked, command, expected: this.model.apply(asked), outcome: undefined };
    });
  }

  private compare(asking: Asking): void {
    const { asked, expected, outcome } = asking;
    const what = `the answer to ${JSON.stringify(asked)}`;
    if (outcome === undefined) {
      equal(
        what,
        'a refusal that nobody heard',
        typeof expected === 'string' ? 'a refusal that nobody heard' : expected,
      );
      return;
    }
    if (outcome instanceof Error) return equal(what, outcome instanceof Refusal ? outcome.reason : outcome, expected);
    equal(what, this.shown(outcome), expected);
    if (outcome.sequence <= this.lastSequence)
      fail(`${what} has sequence ${outcome.sequence} after ${this.lastSequence}`);
    this.lastSequence = outcome.sequence;
    this.etags.set((expected as ModelTask).id, String(outcome.sequence));
    this.answered.push(asking);
  }

  private shown(executed: Executed): ModelTask {
    return modelTask(Task.decode(executed.replies[0]!.image));
  }

  /** One turn of the event loop, with a read in it. */
  private async look(): Promise<void> {
    await nextTurn();
    for (const id of this.model.tasks.keys()) {
      const row = this.engine!.readNow(EntityKind.TASK, 'default', id);
      if (row) this.sightings.push({ id, sequence: row.sequence });
    }
  }

  private async compareScan(range: ScanRange, expected: readonly ModelTask[]): Promise<void> {
    const snapshot = await this.engine!.snapshot();
    try {
      const found: ModelTask[] = [];
      for await (const { kind, row } of snapshot.scan(range)) {
        if (kind === EntityKind.TASK) found.push(modelTask(Task.decode(row.image)));
      }
      const byId = (a: ModelTask, b: ModelTask): number => (a.id < b.id ? -1 : 1);
      equal(`the listing ${JSON.stringify(range)}`, found.sort(byId), [...expected].sort(byId));
    } finally {
      await snapshot.close();
    }
  }

  /** Follows the feed from where it stood, as a subscriber does. */
  private watch(): void {
    const { engine } = this;
    if (this.watchedTo > engine!.feed.head) fail(`the watcher saw ${this.watchedTo}, the head is ${engine!.feed.head}`);
    const cursor = engine!.feed.open(this.watchedTo);
    this.cursor = cursor;
    this.watching = (async () => {
      while (this.engine === engine) {
        const { records } = await cursor.next();
        for (const record of records) {
          this.watched.push(...eventsOf(record));
          this.watchedTo = record.sequence;
        }
        if (records.length === 0) await cursor.changed();
      }
    })().catch((error: Error) => {
      if (this.engine === engine) this.problems.push(`the watcher fell: ${error.message}`);
    });
  }

  private async caughtUp(): Promise<void> {
    for (let turn = 0; turn < 1000 && this.watchedTo < this.engine!.status.durable; turn++) await nextTurn();
  }
}

async function allRecords(engine: Engine): Promise<JournalRecord[]> {
  const cursor = engine.feed.open(0);
  const found: JournalRecord[] = [];
  for (;;) {
    const { records } = await cursor.next();
    if (records.length === 0) break;
    found.push(...records);
  }
  cursor.close();
  return found;
}

function eventsOf(record: JournalRecord): string[] {
  return record.changes
    .filter(({ kind, event }) => kind === EntityKind.TASK && event !== EventType.UNSPECIFIED)
    .map(({ event, id, image }) => `${record.sequence} ${eventName(event)} ${id} ${Task.decode(image).revision}`);
}

function withoutSequence(event: string): string {
  return event.slice(event.indexOf(' ') + 1);
}

function modelTask(task: Task): ModelTask {
  const { title, state, deleteTime, revision, dependencies } = task;
  const blockers = dependencies.map((edge) => edge.task.split('/')[3] ?? '');
  return { id: task.name.split('/')[3] ?? '', title, state, deleted: deleteTime !== undefined, revision, blockers };
}

function equal(what: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(sorted(actual)) === JSON.stringify(sorted(expected))) return;
  fail(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

/** Fields in one order, so that equal things have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fail(message: string): never {
  throw new Error(message);
}
