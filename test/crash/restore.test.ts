// Goal: a restore gives exactly the state at its sequence, and no sequence, etag or token is ever given twice, whatever is left of the
// journal. Method: one store lives through a hundred restores. Between them random commands, decided by the engine and by a small model;
// before each the journal is kept, cut at a random byte, or lost. The model goes back with the store, and must agree with it.

import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { PRINCIPAL_LOCAL } from '../../src/domain/command';
import { Refusal } from '../../src/domain/refusal';
import { systemClock } from '../../src/engine/clock';
import { Engine } from '../../src/engine/engine';
import { maintenanceOf } from '../../src/engine/maintenance';
import { silentObserver } from '../../src/engine/observer';
import { restoreOffline } from '../../src/engine/restore/offline';
import { readLeft } from '../../src/engine/restore/source';
import type { RestoreAsked } from '../../src/engine/restore/target';
import { EntityKind, SessionWork } from '../../src/gen/holdfast/journal/v1/journal';
import type { RestorePlan } from '../../src/gen/holdfast/v1/backup';
import { Lock } from '../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest } from '../../src/gen/holdfast/v1/lock_service';
import { Session } from '../../src/gen/holdfast/v1/session';
import { StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { Task } from '../../src/gen/holdfast/v1/task';
import { unpaced } from '../../src/storage/backup/pace';
import type { KnownNumbers } from '../../src/storage/journal/new-history';
import { historyAt, recordsBetween, sequenceAfter } from '../../src/storage/journal/lineage';
import { verifyJournal } from '../../src/storage/journal/verify';
import { journalDir } from '../../src/storage/layout';
import { nodeFiles } from '../../src/storage/node-files';
import { commandOf } from '../sim/commands-of';
import { Model } from '../sim/model';
import type { Asked, ModelTask, Verb } from '../sim/model';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { memoryDir } from '../support/temp-dir';

const RESTORES = countFromEnvironment('HOLDFAST_RESTORES', 100);
/** Small, so that forks lie in many segments. */
const SEGMENT_BYTES = 6000;
const VERBS: readonly Verb[] = [
  'update',
  'complete',
  'fail',
  'cancel',
  'pause',
  'resume',
  'retry',
  'delete',
  'undelete',
];
const IDS = ['t1', 't2', 't3', 'a', 'b', 'c'];

/** What the model was at a sequence. */
interface Moment {
  readonly sequence: number;
  readonly tasks: ReadonlyMap<string, ModelTask>;
  readonly given: number;
}

class RestoreWorld {
  readonly dir = memoryDir();
  private readonly backupsAt = join(this.dir, 'backups');
  private engine: Engine | undefined;
  private model = new Model();
  /** Of the present history and those that it comes from, oldest first. */
  private moments: Moment[] = [];
  private readonly backups = new Map<string, { readonly moments: readonly Moment[] }>();
  /** Everything that was ever given: sequences, tokens. */
  private readonly sequences = new Set<number>();
  private readonly tokens = new Set<string>();
  private readonly etags = new Set<string>();
  private seen = 0;
  readonly counts = { kept: 0, cut: 0, lost: 0, toBackup: 0, replayed: 0, insideGroup: 0, records: 0 };

  constructor(
    private readonly random: Random,
    private readonly firstOf: FirstOf | undefined,
  ) {}

  async start(): Promise<void> {
    this.engine = await Engine.start({
      ...{ dir: this.dir, files: nodeFiles, clock: systemClock, observer: silentObserver, version: 'test' },
      segmentBytesMax: SEGMENT_BYTES,
    });
    await this.collect();
  }

  async stop(): Promise<void> {
    await this.engine?.stop();
    this.engine = undefined;
  }

  /** Random commands, several at once, so that groups have several records. */
  async live(bursts: number): Promise<void> {
    for (let burst = 0; burst < bursts; burst += 1) {
      const asked = Array.from({ length: 1 + this.random.below(12) }, () => this.ask());
      await Promise.all(asked.map((one) => this.run(one)));
    }
    await this.lock();
    await this.collect();
  }

  async backup(id: string): Promise<void> {
    const maintenance = maintenanceOf(this.engine!);
    const more = { pace: unpaced, onProgress: () => undefined, description: '', operation: '' };
    await maintenance.backups.backups.make({ id, kind: 'NAMED', ...more });
    await maintenance.stop();
    this.backups.set(id, { moments: [...this.moments] });
  }

  /** Stops, does something to the journal, restores to a random moment, starts, compares. */
  async restore(what: 'kept' | 'cut' | 'lost'): Promise<void> {
    await this.stop();
    this.counts[what] += 1;
    if (what === 'lost') rmSync(journalDir(this.dir), { recursive: true });
    if (what === 'cut') await this.cut();
    const { asked, moments } = await this.target();
    const plan = await this.restored(asked);
    // All that this history gives is looked at, also below what was seen before.
    this.seen = plan.newFirstSequence - 1;
    this.moments = moments.filter(({ sequence }) => sequence <= plan.target!.sequence);
    this.back();
    await this.start();
    await this.compare(plan);
  }

  private async restored(asked: RestoreAsked): Promise<RestorePlan> {
    const options = { files: nodeFiles, dir: this.dir, backups: this.backupsAt, asked, warn: () => undefined };
    const plan = await restoreOffline({ ...options, dryRun: false, wallMs: () => Date.now(), firstOf: this.firstOf });
    this.counts.replayed += plan.replayedRecords;
    return plan;
  }

  /** Where to: a sequence that can be read, or the moment of a backup. */
  private async target(): Promise<{ asked: RestoreAsked; moments: readonly Moment[] }> {
    const { stopped } = await readLeft(nodeFiles, this.dir);
    try {
      const left = stopped && recordsBetween(stopped.set.lineage, stopped.set.floor, stopped.set.last.head.sequence);
      if (stopped === undefined || !left || this.random.chance(0.15)) {
        const backup = this.random.pick([...this.backups.keys()]);
        this.counts.toBackup += 1;
        return { asked: { backup }, moments: this.backups.get(backup)!.moments };
      }
      const spans = stopped.set.lineage;
      // The nth record that there is.
      let sequence = stopped.set.floor;
      for (let n = this.random.below(left) + 1; n > 0; n -= 1) sequence = sequenceAfter(spans, sequence);
      if ((await stopped.reader.chainAfter(sequence)) === undefined) this.counts.insideGroup += 1;
      const position = { history: historyAt(spans, sequence), sequence };
      return { asked: { backup: '', position }, moments: this.moments };
    } finally {
      stopped?.close();
    }
  }

  /** The power went, the disk lies, somebody tidied up: the journal ends somewhere. */
  private async cut(): Promise<void> {
    const dir = journalDir(this.dir);
    const segments = readdirSync(dir).filter((name) => name.endsWith('.seg'));
    // Near the end more often: what is cut away was just given.
    const at = Math.max(0, segments.length - 1 - this.random.below(3));
    for (const name of segments.slice(at + 1)) rmSync(join(dir, name));
    const path = join(dir, segments[at]!);
    truncateSync(path, 160 + this.random.below(Math.max(1, statSync(path).size - 160)));
    if (this.random.chance(0.5)) rmSync(join(dir, 'seal'), { force: true });
    await Promise.resolve();
  }

  private back(): void {
    const moment = this.moments.at(-1);
    this.model = new Model();
    for (const [id, task] of moment?.tasks ?? []) this.model.tasks.set(id, task);
    Reflect.set(this.model, 'given', moment?.given ?? 0);
  }

  private ask(): Asked {
    const { random } = this;
    const title = `title ${random.below(1_000_000)}`;
    const etag = 'any';
    if (random.chance(0.3)) return { kind: 'create', id: random.pick(['', 'a', 'b', 'c']), title };
    if (random.chance(0.2)) return { kind: 'block', id: random.pick(IDS), by: random.pick(IDS), etag };
    return { kind: random.pick(VERBS), id: random.pick(IDS), title, etag };
  }

  private async run(asked: Asked): Promise<void> {
    const expected = this.model.apply(asked);
    const moment = { tasks: new Map(this.model.tasks), given: Reflect.get(this.model, 'given') as number };
    try {
      const { sequence, replies } = await this.engine!.execute(commandOf(asked, '', this.random.bytes(16)));
      const task = Task.decode(replies[0]!.image);
      expect(modelTask(task)).toEqual(expected);
      this.once(this.etags, `etag ${task.name} ${sequence}`);
      this.moments.push({ ...moment, sequence });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.reason).toBe(expected);
    }
  }

  /** A session's token, and a fencing token. */
  private async lock(): Promise<void> {
    const engine = this.engine!;
    const local = { principal: PRINCIPAL_LOCAL, session: '', sessionToken: '' };
    const begin = StartSessionRequest.fromPartial({ parent: 'projects/default', agent: 'agent' });
    const started = await engine.execute({ kind: 'startSession', request: begin, caller: local, validateOnly: false });
    const sessionToken = SessionWork.decode(started.replies[1]!.image).token;
    this.once(this.tokens, sessionToken);
    const session = Session.decode(started.replies[0]!.image).name;
    const request = AcquireLockRequest.fromPartial({
      parent: 'projects/default',
      targets: [{ target: { $case: 'key', value: `key-${this.random.below(1_000_000)}` } }],
      ttl: { seconds: 60, nanos: 0 },
    });
    const caller = { ...local, session, sessionToken };
    const locked = await engine.execute({ kind: 'acquireLock', request, caller, validateOnly: false });
    this.once(this.tokens, String(Lock.decode(locked.replies[0]!.image).fencingToken));
  }

  /** Every record that came since: its number must be new. */
  private async collect(): Promise<void> {
    const { journal } = this.engine!.store;
    for await (const { records } of journal.read(Math.max(this.seen, journal.floor()))) {
      for (const { sequence } of records) {
        this.once(this.sequences, sequence);
        this.seen = sequence;
        this.counts.records += 1;
      }
    }
  }

  private once<T>(given: Set<T>, one: T): void {
    if (given.has(one)) throw new Error(`${String(one)} was given twice`);
    given.add(one);
  }

  private async compare(plan: RestorePlan): Promise<void> {
    const engine = this.engine!;
    expect(engine.history).toBe(plan.newHistory);
    const snapshot = await engine.snapshot();
    const found: ModelTask[] = [];
    for await (const { kind, row } of snapshot.scan({ by: 'tasks', project: 'default' })) {
      if (kind === EntityKind.TASK) found.push(modelTask(Task.decode(row.image)));
    }
    await snapshot.close();
    const byId = (a: ModelTask, b: ModelTask): number => (a.id < b.id ? -1 : 1);
    expect(found.sort(byId)).toEqual([...this.model.tasks.values()].sort(byId));
    // Rows, index entries and request ids are those that the records make.
    expect((await engine.store.state.scrub()).sound).toBe(true);
  }

  async verify(): Promise<void> {
    await this.stop();
    const report = await verifyJournal({ files: nodeFiles, dir: journalDir(this.dir) });
    expect(report.problems).toEqual([]);
  }
}

function modelTask(task: Task): ModelTask {
  const { title, state, deleteTime, revision, dependencies } = task;
  const last = (name: string): string => name.split('/')[3] ?? '';
  const blockers = dependencies.map((edge) => last(edge.task));
  return { id: last(task.name), title, state, deleted: deleteTime !== undefined, revision, blockers };
}

type FirstOf = (known: KnownNumbers) => number;

async function life(seed: number, restores: number, firstOf?: FirstOf): Promise<RestoreWorld['counts']> {
  const random = randomFrom(seed);
  const world = new RestoreWorld(random, firstOf);
  try {
    await world.start();
    await world.live(8);
    for (let count = 0; count < restores; count += 1) {
      if (count % 12 === 0) await world.backup(`b${count}`);
      await world.live(2 + random.below(5));
      await world.restore(random.pick(['kept', 'kept', 'cut', 'lost']));
    }
    await world.verify();
    return world.counts;
  } finally {
    await world.stop();
  }
}

it('gives the state at its sequence, and no number twice, whatever is left of the journal', async () => {
  const counts = await life(chosenSeed(), RESTORES);
  say(JSON.stringify(counts));
  expect(counts.kept + counts.cut + counts.lost).toBe(RESTORES);
  for (const what of ['kept', 'cut', 'lost', 'toBackup', 'insideGroup'] as const) {
    if (RESTORES >= 100) expect(counts[what]).toBeGreaterThan(0);
  }
}, 900_000);

it('notices when a restore begins right behind its fork', async () => {
  // The bug: numbers go on where the journal that can be read ends, or behind the newest backup.
  const reset = ({ witnesses: [readable = 0, , ...backups] }: KnownNumbers): number =>
    Math.max(readable, ...backups) + 1;
  await expect(life(20, 12, reset)).rejects.toThrow(/was given twice/);
}, 300_000);
