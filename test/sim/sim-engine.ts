// An engine on a simulated disk, which stops, falls and starts again on what is left.

import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src/engine/clock';
import { Engine } from '../../src/engine/engine';
import { silentObserver } from '../../src/engine/observer';
import type { Files } from '../../src/storage/files';

/** The disk under the journal. */
export interface SimDisk {
  readonly files: Files;
  /** The power goes at the nth change from here: that call and all later ones fail. */
  cutAfter(changes: number): void;
  readonly isDown: boolean;
  /** The power is back; what was not flushed is lost, torn or reordered. It need not have gone before. */
  powerCut(seed: number): void;
  /** The process is gone, the system is not: all that was written is there, flushed or not. */
  kill(): void;
  /** The next flush of this file fails and loses what it should have kept. False if the file is not on this disk. */
  breakFlush(call: 'datasync' | 'sync', path: string): boolean;
}

/** What becomes of LevelDB's directory in a crash. */
export type StateFate = 'kept' | 'removed' | 'older';

export interface Crash {
  readonly seed: number;
  /** The power goes at this change of the disk, or when all that was asked is done. */
  readonly changes: number;
  readonly state: StateFate;
  /** It goes again at this change of the start that follows. */
  readonly recovery: number | undefined;
}

/** Who works with the engine. */
export interface Using {
  /** A fresh engine serves. */
  began(engine: Engine): void;
  /** It is about to be taken away. Gives what is to be waited for when it is gone. */
  ends(): Promise<void>;
  noticed(message: string): void;
}

const SEGMENT_BYTES = 64 * 1024;
/** Few, so that rows are forgotten and read again. Room for as many as a server has costs each start 5 ms. */
const CACHE_ENTRIES = 16;

export class SimEngine {
  starts = 0;
  failedStarts = 0;
  private engine: Engine | undefined;

  constructor(
    private readonly dir: string,
    readonly disk: SimDisk,
    private readonly clock: Clock,
    private readonly using: Using,
  ) {}

  /** The engine that serves now. */
  get now(): Engine {
    return this.engine!;
  }

  async start(): Promise<void> {
    this.engine = await Engine.start({
      dir: this.data,
      files: this.disk.files,
      clock: this.clock,
      observer: silentObserver,
      version: 'simulated',
      segmentBytesMax: SEGMENT_BYTES,
      cacheEntries: CACHE_ENTRIES,
      onNotice: ({ message }) => this.using.noticed(message),
    });
    this.starts++;
    this.using.began(this.engine);
  }

  async stop(): Promise<void> {
    const { engine } = this;
    this.engine = undefined;
    const gone = this.using.ends();
    await engine?.stop();
    await gone;
  }

  /** Stops in peace and starts again; in between `damage` may do something to the data directory. */
  async restart(damage?: (dir: string) => void): Promise<void> {
    await this.stop();
    this.keepCopy();
    damage?.(this.data);
    await this.start();
  }

  /** The power is gone, wherever the engine was; then it is back, and an engine serves again. */
  async crash({ seed, state, recovery }: Crash): Promise<void> {
    this.disk.powerCut(seed);
    await this.abandon();
    if (state !== 'kept') rmSync(this.data, { recursive: true, force: true });
    if (state === 'older' && existsSync(this.copy)) cpSync(this.copy, this.data, { recursive: true });
    if (recovery !== undefined) await this.failToStart(recovery, seed);
    if (!this.engine) await this.start();
  }

  /** Takes the engine away as death does, but for LevelDB, which must close before it can be opened again in this process. */
  async abandon(): Promise<void> {
    const { engine } = this;
    if (!engine) return;
    this.engine = undefined;
    const { halt } = Reflect.get(engine, 'parts') as { halt: { now(why: string): void } };
    halt.now('the power is cut');
    const gone = this.using.ends();
    await engine.stop().catch(() => undefined);
    await gone;
  }

  /** A start in which the power goes again. It may come too late. */
  private async failToStart(changes: number, seed: number): Promise<void> {
    this.disk.cutAfter(changes);
    try {
      await this.start();
    } catch (error) {
      if (!this.disk.isDown) throw error;
      this.failedStarts++;
    }
    if (this.engine && !this.disk.isDown) return this.disk.cutAfter(Infinity);
    this.disk.powerCut(seed + 1);
    await this.abandon();
  }

  private get data(): string {
    return join(this.dir, 'data');
  }

  private get copy(): string {
    return join(this.dir, 'copy');
  }

  private keepCopy(): void {
    rmSync(this.copy, { recursive: true, force: true });
    mkdirSync(this.copy);
    for (const name of readdirSync(this.data)) {
      cpSync(join(this.data, name), join(this.copy, name), { recursive: true });
    }
  }
}
