/**
 * Takes state checkpoints: flushes LevelDB, lists its files, writes the checkpoint file.
 *
 * P1. What a checkpoint says of the state is what was applied when it was asked for; the flush covers at least that.
 * P2. Only complete tables of the current version are listed, with their checksums; a table is read once, as it never
 *     changes. One that is compacted away meanwhile is left out.
 * P3. The first checkpoint of a new LevelDB directory puts it into use; directories that no checkpoint names are deleted
 *     after it, not before.
 * P4. A directory that is distrusted stays so, whatever checkpoints follow: only another one takes its place.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Files } from '../files';
import type { StateCheckpoint } from './checkpoint-file';
import { writeCheckpoint } from './checkpoint-file';
import type { FileFact } from './level-files';
import { isManifest, isTable, levelFileNames, readFact, tableName } from './level-files';
import type { LevelStore } from './level-store';

/** What is known of the state at one sequence, as the checkpoint file has it. */
export type Marks = Omit<StateCheckpoint, 'history' | 'store' | 'clean' | 'files'>;

export interface CheckpointerParts {
  readonly files: Files;
  readonly dir: string;
  readonly history: string;
  /** The name of the LevelDB directory in `dir`. */
  readonly store: string;
  /** The checkpoint that is in force; undefined for a new directory. */
  readonly last?: StateCheckpoint | undefined;
  /** Listed tables that were not read yet. */
  readonly unread?: readonly FileFact[];
}

/** All LevelDB directories begin with this. */
export const STORE_PREFIX = 'db-';

export class Checkpointer {
  private readonly tables = new Map<string, FileFact>();
  private last: StateCheckpoint | undefined;

  constructor(private readonly parts: CheckpointerParts) {
    this.last = parts.last;
    for (const fact of parts.last?.files ?? []) if (isTable(fact.name)) this.tables.set(fact.name, fact);
  }

  /** The sequence of the checkpoint in force; 0 if there is none. */
  get sequence(): number {
    return this.last?.sequence ?? 0;
  }

  /** Where LevelDB is, and of which history. */
  get place(): { readonly directory: string; readonly store: string; readonly history: string } {
    const { store, history } = this.parts;
    return { directory: this.directory, store, history };
  }

  /** What is known of a table of the last checkpoint. */
  known(table: string): FileFact | undefined {
    return this.tables.get(table);
  }

  /** After it resolves a start redoes from `marks.sequence`. */
  async take(store: LevelStore, marks: Marks): Promise<void> {
    await store.flush();
    const facts = await this.liveFacts(store);
    await this.write(marks, facts, false);
  }

  /** After LevelDB was closed with everything checkpointed: lists all its files as they are now, so that the next start
   *  can check them all before it opens it. */
  async seal(): Promise<void> {
    if (!this.last) return;
    const facts: FileFact[] = [];
    for (const name of await levelFileNames(this.directory)) {
      const fact = this.tables.get(name) ?? (await readFact(this.directory, name));
      if (fact) facts.push(fact);
    }
    await this.write(this.last, facts, true);
  }

  /** Says, durably, that the state must not be used any more: the next start builds it anew. What the checkpoint knows of
   *  the journal stays. */
  async distrust(why: string): Promise<void> {
    if (!this.last) return;
    this.last = { ...this.last, distrusted: why };
    await writeCheckpoint(this.parts.files, this.parts.dir, this.last);
  }

  /** Reads the tables that opening left unread. */
  async verifyRest(
    onDamage: (file: string, problem: string) => void,
    bytesPerSecond: number,
    stopped: () => boolean,
  ): Promise<void> {
    const start = performance.now();
    let bytes = 0;
    for (const listed of this.parts.unread ?? []) {
      if (stopped()) return;
      const found = await readFact(this.directory, listed.name);
      // Absent: compacted into other tables since; LevelDB itself would miss one that it needs.
      if (found && found.size !== listed.size) onDamage(listed.name, `has ${found.size} bytes, not ${listed.size}`);
      else if (found && found.crc !== listed.crc) onDamage(listed.name, 'fails its checksum');
      bytes += listed.size;
      const early = (bytes / bytesPerSecond) * 1000 - (performance.now() - start);
      if (early > 1) await setTimeout(early);
    }
  }

  private get directory(): string {
    return join(this.parts.dir, this.parts.store);
  }

  private async liveFacts(store: LevelStore): Promise<FileFact[]> {
    const facts: FileFact[] = [];
    // The MANIFEST first: a prefix of it that was read before the tables were listed names no table that is not there.
    for (const name of await levelFileNames(this.directory)) {
      const fact = isManifest(name) ? await readFact(this.directory, name, { sync: true }) : undefined;
      if (fact) facts.push(fact);
    }
    const live = store.liveTables().map(({ number }) => tableName(number));
    const listed = new Set(live);
    for (const name of this.tables.keys()) if (!listed.has(name)) this.tables.delete(name);
    for (const name of live) {
      const fact = this.tables.get(name) ?? (await readFact(this.directory, name));
      if (!fact) continue;
      this.tables.set(name, fact);
      facts.push(fact);
    }
    return facts;
  }

  private async write(marks: Marks, files: readonly FileFact[], clean: boolean): Promise<void> {
    const { history, store, dir } = this.parts;
    const first = this.last === undefined;
    // P3: the name of a new LevelDB directory must not be lost behind a checkpoint that survives.
    if (first) await this.parts.files.syncDirectory(dir);
    const { distrusted } = this.last ?? {};
    // P4.
    const checkpoint = { ...marks, history, store, clean, files, ...(distrusted !== undefined && { distrusted }) };
    await writeCheckpoint(this.parts.files, dir, checkpoint);
    this.last = checkpoint;
    if (first) await removeOtherStores(dir, store);
  }
}

/** Deletes the LevelDB directories in `dir` but the one that is in use: what a crash left of one in the making. */
export async function removeOtherStores(dir: string, store: string | undefined): Promise<void> {
  for (const name of await readdir(dir)) {
    if (name.startsWith(STORE_PREFIX) && name !== store) await rm(join(dir, name), { recursive: true, force: true });
  }
}
