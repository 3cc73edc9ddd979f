// One task in every source there is.

import { join } from 'node:path';
import { Refusal } from '../../domain/refusal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { TaskSource } from '../../gen/holdfast/v1/recovery_service';
import { entityHash } from '../../storage/entity-hash';
import type { Journal } from '../../storage/journal/journal';
import { readStoppedJournal } from '../../storage/journal/read-journal';
import { archiveDir, journalDir } from '../../storage/layout';
import { DamagedRow } from '../../storage/state/state';
import type { Engine } from '../engine';
import { noBases } from '../integrity/right-rows';

const { STATE, JOURNAL, BACKUP, MIRROR, ARCHIVE } = RecoverySource;
const KIND = EntityKind.TASK;

/** What was found of a task. */
export interface FoundTask {
  readonly sources: readonly TaskSource[];
  /** The task's row as the newest source has it; undefined if all that is left of it is that it is gone. */
  readonly image: Uint8Array | undefined;
  /** It is in the state, and sound. */
  readonly present: boolean;
  /** What it was put right from. */
  readonly recoveredFrom: RecoverySource;
  readonly detail: string;
}

/** What one source has. */
interface Seen {
  readonly source: TaskSource;
  readonly image?: Uint8Array | undefined;
}

type Readable = Pick<Journal, 'head' | 'record' | 'lastChange'>;

/** Looks, and unless `lookOnly` puts a damaged one right. Throws NOT_FOUND if no source ever had it. */
export async function recoverTask(engine: Engine, project: string, id: string, lookOnly: boolean): Promise<FoundTask> {
  // What the state lacks for a moment is no finding.
  await engine.parts.marks.whenApplied(engine.parts.marks.durable);
  const state = inState(engine, project, id);
  const journal = await inJournal(engine.store.journal, JOURNAL, '', project, id);
  const others = [
    ...(await inBackups(engine, project, id)),
    ...(await inMirror(engine, project, id)),
    ...(await inArchives(engine, project, id)),
  ];
  const all = [state, ...(journal ? [journal] : []), ...others];
  const sources = all.map(({ source }) => source);
  if (!sources.some(({ found, problem }) => found || problem !== '')) {
    throw new Refusal('NOT_FOUND', `no source ever had projects/${project}/tasks/${id}`, {
      metadata: { name: `projects/${project}/tasks/${id}` },
    });
  }
  const present = state.source.found && state.source.problem === '';
  if (present) return { sources, image: state.image, present, recoveredFrom: RecoverySource.UNSPECIFIED, detail: '' };
  const newest = [...all].filter(({ image }) => image).sort((a, b) => b.source.sequence - a.source.sequence)[0];
  if (state.source.problem !== '') return mend(engine, project, id, { sources, newest, lookOnly });
  const gone = journal && !journal.source.found;
  const detail = gone
    ? 'it was deleted for good; what is left of it is shown, and not brought back'
    : 'it is not of the present history: a restore left it behind; it is shown, and not brought back';
  return { sources, image: newest?.image, present: false, recoveredFrom: RecoverySource.UNSPECIFIED, detail };
}

async function mend(
  engine: Engine,
  project: string,
  id: string,
  { sources, newest, lookOnly }: { sources: readonly TaskSource[]; newest: Seen | undefined; lookOnly: boolean },
): Promise<FoundTask> {
  const from = newest?.source.source ?? RecoverySource.UNSPECIFIED;
  const problem = 'the stored row failed its checksum';
  if (lookOnly) {
    const detail = `${problem}; a call without validate_only puts it right`;
    return { sources, image: newest?.image, present: false, recoveredFrom: RecoverySource.UNSPECIFIED, detail };
  }
  try {
    // A read puts right what it finds damaged.
    const row = await engine.read(KIND, project, id);
    return { sources, image: row?.image, present: row !== undefined, recoveredFrom: from, detail: problem };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const detail = `${problem}; it could not be put right: ${error.message}`;
    return { sources, image: newest?.image, present: false, recoveredFrom: RecoverySource.UNSPECIFIED, detail };
  }
}

function inState({ store }: Engine, project: string, id: string): Seen {
  const name = '';
  try {
    const row = store.state.row(KIND, project, id);
    return {
      source: { source: STATE, name, found: row !== undefined, sequence: row?.sequence ?? 0, problem: '' },
      image: row?.image,
    };
  } catch (error) {
    if (!(error instanceof DamagedRow)) throw error;
    return { source: { source: STATE, name, found: true, sequence: 0, problem: 'the row fails its checksum' } };
  }
}

/** The newest change of the task in a journal; undefined if it has none. */
async function inJournal(
  journal: Readable,
  source: RecoverySource,
  name: string,
  project: string,
  id: string,
): Promise<Seen | undefined> {
  const hash = entityHash(KIND, project, id);
  let sequence = journal.head().sequence + 1;
  try {
    while ((sequence = await journal.lastChange(hash, sequence - 1)) > 0) {
      const { changes } = await journal.record(sequence);
      const change = changes.findLast((one) => one.kind === KIND && one.project === project && one.id === id);
      if (!change) continue;
      const found = !change.removed;
      return { source: { source, name, found, sequence, problem: '' }, image: found ? change.image : undefined };
    }
    return undefined;
  } catch (error) {
    return { source: { source, name, found: false, sequence: 0, problem: (error as Error).message } };
  }
}

async function inBackups({ parts }: Engine, project: string, id: string): Promise<Seen[]> {
  const bases = parts.healer.help?.bases ?? noBases;
  const seen: Seen[] = [];
  for (const base of await bases()) {
    const row = await base.row({ kind: KIND, project, id });
    const about = { source: BACKUP, name: base.name };
    if (row === 'damaged')
      seen.push({ source: { ...about, found: true, sequence: 0, problem: 'the row fails its checksum' } });
    else
      seen.push({
        source: { ...about, found: row !== undefined, sequence: row?.sequence ?? 0, problem: '' },
        image: row?.image,
      });
  }
  return seen;
}

async function inMirror({ options }: Engine, project: string, id: string): Promise<Seen[]> {
  const mirror = options.settings?.mirrorDir;
  return mirror === undefined ? [] : inStopped(options, journalDir(mirror), MIRROR, '', project, id);
}

async function inArchives({ options }: Engine, project: string, id: string): Promise<Seen[]> {
  const { files, dir } = options;
  const names = await files.list(archiveDir(dir)).catch(() => [] as string[]);
  const seen: Seen[] = [];
  for (const name of names) {
    seen.push(...(await inStopped(options, join(archiveDir(dir), name, 'journal'), ARCHIVE, name, project, id)));
  }
  return seen;
}

/** In a journal that nobody appends to, or that is as it was when it was looked at. */
async function inStopped(
  { files }: Engine['options'],
  dir: string,
  source: RecoverySource,
  name: string,
  project: string,
  id: string,
): Promise<Seen[]> {
  try {
    const stopped = await readStoppedJournal(files, dir);
    if (!stopped) return [];
    const { set, reader, indexes } = stopped;
    const journal: Readable = {
      head: () => set.last.head,
      record: (sequence) => reader.record(sequence),
      lastChange: (hash, atMost) => indexes.lastChange(hash, atMost),
    };
    try {
      const found = await inJournal(journal, source, name, project, id);
      return found ? [found] : [];
    } finally {
      stopped.close();
    }
  } catch (error) {
    return [{ source: { source, name, found: false, sequence: 0, problem: (error as Error).message } }];
  }
}
