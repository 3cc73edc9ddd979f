// One life of an engine whose disk fails once: open, commands, large bytes, segments, a state checkpoint, stop; then another life on a disk that
// works, which must know everything that the first one said.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Command } from '../../src/domain/command';
import { Refusal } from '../../src/domain/refusal';
import { Engine } from '../../src/engine/engine';
import type { Executed } from '../../src/engine/executed';
import { silentObserver } from '../../src/engine/observer';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { Task } from '../../src/gen/holdfast/v1/task';
import { BlobMissing } from '../../src/storage/blobs/blobs';
import type { Files } from '../../src/storage/files';
import { FailingFiles } from '../support/failing-files';
import type { PortFault } from '../support/failing-files';
import { randomFrom } from '../support/seed';
import { commandOf } from './commands-of';
import type { SimDisk } from './sim-engine';

const BURSTS = 8;
const COMMANDS_A_BURST = 10;
const TASKS = 8;
/** Few, so that a short life switches segments. */
const SEGMENT_BYTES = 8 * 1024;
const CACHE_ENTRIES = 16;
/** The bursts after which bytes are stored, and the state is flushed. */
const BLOB_EVERY = 5;
const CHECKPOINT_AFTER = 4;
const BLOB_BYTES = 100;

/** What a fault may make the engine answer, beside what the rules say. */
const TURNED_DOWN = new Set(['DISK_FULL', 'OUTCOME_UNKNOWN', 'HALTED', 'DRAINING', 'OVERLOADED', 'CORRUPTION']);

interface Asking {
  readonly id: string;
  readonly title: string;
  readonly command: Command;
  outcome: Executed | 'turned down' | 'unknown' | undefined;
}

/** How a life ended. */
export interface LifeReport {
  /** The calls that it made; more than the fault's number if that came. */
  readonly calls: FailingFiles['calls'];
  readonly fired: FailingFiles['fired'];
  readonly how: 'did not start' | 'halted' | 'crashed' | 'did not stop' | 'went on';
  readonly acknowledged: number;
}

/** Rejects with what is wrong. `powerCut`: what was not flushed is lost, by the seed; else only the process is gone. `plant` may put a bug between
 *  the engine and the disk that fails. */
export async function sweptLife(
  dir: string,
  disk: SimDisk,
  fault: PortFault | undefined,
  powerCut: number | undefined,
  plant: (files: Files) => Files = (files) => files,
): Promise<LifeReport> {
  const data = join(dir, 'data');
  const life = new Life(data);
  await life.begin(disk);
  const files = new FailingFiles(disk.files, fault, (call, path) => disk.breakFlush(call, path));
  const how = await life.live(files, plant(files));
  if (files.isDown || powerCut !== undefined) disk.powerCut(powerCut ?? 1);
  else disk.kill();
  await life.check(disk);
  return { calls: files.calls, fired: files.fired, how, acknowledged: life.acknowledged };
}

class Life {
  private readonly random = randomFrom(1);
  private readonly askings: Asking[] = [];
  private readonly blobs: { readonly digest: string; readonly bytes: Buffer }[] = [];
  private timeMs = Date.UTC(2026, 0, 1);

  constructor(private readonly dir: string) {}

  get acknowledged(): number {
    return this.askings.filter(({ outcome }) => typeof outcome === 'object').length;
  }

  /** A store with something in it, stopped in peace. */
  async begin(disk: SimDisk): Promise<void> {
    const engine = await this.engine(disk.files);
    await this.burst(
      engine,
      Array.from({ length: TASKS }, (_, task) => this.ask(`s${task}`, 'create')),
    );
    await engine.stop();
  }

  async live(files: FailingFiles, used: Files): Promise<LifeReport['how']> {
    let engine: Engine;
    try {
      engine = await this.engine(used);
    } catch {
      return files.isDown ? 'crashed' : 'did not start';
    }
    for (let burst = 0; burst < BURSTS && engine.status.halted === undefined && !files.isDown; burst++) {
      await this.burst(engine, this.commands(burst));
      if (burst % BLOB_EVERY === 0) await this.keepBlob(engine);
      if (burst === CHECKPOINT_AFTER) await this.checkpoint(engine);
    }
    const halted = engine.status.halted !== undefined;
    if (files.isDown) engine.parts.halt.now('the power is cut');
    const stopped = await engine.stop().then(
      () => true,
      () => false,
    );
    if (files.isDown) return 'crashed';
    return halted ? 'halted' : stopped ? 'went on' : 'did not stop';
  }

  /** Starts on a disk that works, and compares. */
  async check(disk: SimDisk): Promise<void> {
    const notices: string[] = [];
    const engine = await this.engine(disk.files, notices);
    try {
      // What was not answered is asked again, in the order of asking, before anything else.
      for (const asking of this.askings) {
        if (typeof asking.outcome === 'object') continue;
        asking.outcome = await engine.execute(asking.command).catch((error: Error) => {
          throw new Error(`${asking.title}, asked again: ${error.message}`);
        });
      }
      for (const { command, outcome, title } of this.askings) {
        const again = await engine.execute(command);
        const { sequence } = outcome as Executed;
        if (again.sequence !== sequence || !again.replayed)
          throw new Error(`${title} was acknowledged at ${sequence} and is now at ${again.sequence}`);
        const record = await engine.record(sequence);
        if (!Buffer.from(record.requestId).equals(Buffer.from(command.requestId!)))
          throw new Error(`record ${sequence} is not that of ${title}`);
      }
      await this.compare(engine);
      for (const { digest, bytes } of this.blobs) {
        // Nothing names them: a start after an unclean stop may sweep them away, but never shows others.
        const found = await engine.store.blobs.get(digest).catch((error: Error) => error);
        const isGone = found instanceof BlobMissing;
        if (!isGone && !(found instanceof Buffer && found.equals(bytes))) throw new Error(`blob ${digest} is another`);
      }
    } finally {
      await engine.stop();
    }
    const unsound = notices.find((message) => /wrongly named|not those that were applied|digest/.test(message));
    if (unsound !== undefined) throw new Error(unsound);
  }

  /** Every row, listed and read, is that of its last command by sequence. */
  private async compare(engine: Engine): Promise<void> {
    const last = new Map<string, { title: string; sequence: number; revision: number }>();
    const bySequence = [...this.askings].sort(
      (a, b) => (a.outcome as Executed).sequence - (b.outcome as Executed).sequence,
    );
    for (const { id, title, outcome } of bySequence) {
      const revision = (last.get(id)?.revision ?? 0) + 1;
      last.set(id, { title, sequence: (outcome as Executed).sequence, revision });
    }
    const listed = new Map<string, string>();
    const snapshot = await engine.snapshot();
    for await (const { kind, row } of snapshot.scan({ by: 'tasks', project: 'default' })) {
      if (kind !== EntityKind.TASK) continue;
      const { name, title, revision } = Task.decode(row.image);
      listed.set(name.split('/')[3]!, `${title} ${revision} ${row.sequence}`);
    }
    await snapshot.close();
    for (const [id, { title, sequence, revision }] of last) {
      const expected = `${title} ${revision} ${sequence}`;
      if (listed.get(id) !== expected) throw new Error(`${id} is listed as ${listed.get(id)} instead of ${expected}`);
      const row = await engine.read(EntityKind.TASK, 'default', id);
      const found = row && Task.decode(row.image);
      if (`${found?.title} ${found?.revision} ${row?.sequence}` !== expected)
        throw new Error(`${id} is read as ${found?.title} instead of ${expected}`);
    }
    if (listed.size !== last.size) throw new Error(`${listed.size} tasks are listed instead of ${last.size}`);
    let expected = 1;
    const cursor = engine.feed.open(0);
    for (;;) {
      const { records } = await cursor.next();
      if (records.length === 0) break;
      for (const { sequence } of records)
        if (sequence !== expected++) throw new Error(`${sequence} follows ${expected - 2}`);
    }
    cursor.close();
  }

  private commands(burst: number): Asking[] {
    return Array.from({ length: COMMANDS_A_BURST }, (_, index) =>
      index === 0 ? this.ask(`b${burst}`, 'create') : this.ask(`s${(burst + index) % TASKS}`, 'update'),
    );
  }

  private ask(id: string, kind: 'create' | 'update'): Asking {
    const title = `${id}, ${this.askings.length} ${'x'.repeat(100)}`;
    const asked = kind === 'create' ? { kind, id, title } : { kind, id, title, etag: 'any' as const };
    return { id, title, command: commandOf(asked, '', this.random.bytes(16)), outcome: undefined };
  }

  private async burst(engine: Engine, askings: readonly Asking[]): Promise<void> {
    this.askings.push(...askings);
    await Promise.all(
      askings.map(async (asking) => {
        try {
          asking.outcome = await engine.execute(asking.command);
        } catch (error) {
          if (!(error instanceof Refusal) || !TURNED_DOWN.has(error.reason)) throw error;
          asking.outcome = error.reason === 'OUTCOME_UNKNOWN' ? 'unknown' : 'turned down';
        }
      }),
    );
  }

  private async keepBlob(engine: Engine): Promise<void> {
    const bytes = this.random.bytes(BLOB_BYTES);
    const kept = await engine.blobs.keep(bytes).catch(() => undefined);
    if (kept) this.blobs.push({ digest: createHash('sha256').update(bytes).digest('hex'), bytes });
  }

  private async checkpoint(engine: Engine): Promise<void> {
    const { marks, state } = engine.parts;
    // A halted engine applies no more; who waits for it is told at its stop.
    const halted = new Promise<void>((resolve) => engine.onHalt(() => resolve()));
    if (engine.status.halted === undefined)
      await Promise.race([marks.whenApplied(marks.durable).catch(() => undefined), halted]);
    await state.checkpoint(undefined).catch(() => undefined);
    await nextTurn();
  }

  private engine(files: Files, notices: string[] = []): Promise<Engine> {
    return Engine.start({
      dir: this.dir,
      files,
      clock: { wallMs: () => this.timeMs, monotonicMs: () => (this.timeMs += 1) },
      observer: silentObserver,
      version: 'swept',
      segmentBytesMax: SEGMENT_BYTES,
      cacheEntries: CACHE_ENTRIES,
      diskFreeBytesMin: 0,
      onNotice: ({ message }) => notices.push(message),
    });
  }
}
