// Small journals for tests: groups whose bytes follow from their sequence, and what a reader must find again.

import { EntityKind, Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { entityHash } from '../../src/storage/entity-hash';
import type { Files } from '../../src/storage/files';
import type { FileJournal } from '../../src/storage/journal/file-journal';
import type { Journal, JournalFound, NewGroup, ReadGroup, Witness } from '../../src/storage/journal/journal';
import { openFileJournal } from '../../src/storage/journal/open-journal';
import { FaultyFiles } from './faulty-files';
import { randomFrom } from './seed';

export const DIR = '/store/journal';

/** A disk with an empty store directory that survives power loss, as the engine makes it. */
export async function freshDisk(seed = 1): Promise<FaultyFiles> {
  const files = new FaultyFiles(seed);
  await files.makeDirectory('/store');
  await files.syncDirectory('/');
  return files;
}

/** The record that these tests write at a sequence: it changes one of seven tasks. */
export function recordAt(sequence: number, imageBytes = 40): JournalRecord {
  const image = Buffer.alloc(imageBytes, sequence % 251);
  return JournalRecord.fromPartial({
    sequence,
    timeMs: 1_700_000_000_000 + sequence,
    verb: 12,
    principal: 'local',
    changes: [{ kind: EntityKind.TASK, project: 'default', id: taskIdAt(sequence), image }],
    reply: [0],
  });
}

export function taskIdAt(sequence: number): string {
  return `t${sequence % 7}`;
}

export function taskHash(id: string): number {
  return entityHash(EntityKind.TASK, 'default', id);
}

/** A group of `count` records after `after`. */
export function groupAfter(after: number, count = 1, imageBytes = 40): NewGroup {
  const records: Uint8Array[] = [];
  const entities: number[] = [];
  for (let sequence = after + 1; sequence <= after + count; sequence += 1) {
    records.push(encodedAt(sequence, imageBytes));
    entities.push(taskHash(taskIdAt(sequence)), sequence);
  }
  return {
    firstSequence: after + 1,
    lastSequence: after + count,
    timeMs: 1_700_000_000_000 + after + count,
    records,
    stateDigest: Buffer.alloc(8, (after + count) % 256),
    entities,
  };
}

export interface OpenedJournal {
  readonly journal: FileJournal;
  readonly found: JournalFound;
  readonly warnings: string[];
}

export interface OpenJournalSettings {
  readonly segmentBytesMax?: number;
  readonly witnesses?: readonly Witness[];
  readonly seed?: number;
  readonly dir?: string;
}

export async function openJournal(files: Files, settings: OpenJournalSettings = {}): Promise<OpenedJournal> {
  const warnings: string[] = [];
  const random = settings.seed === undefined ? undefined : randomFrom(settings.seed);
  const { journal, found } = await openFileJournal({
    files,
    dir: settings.dir ?? DIR,
    witnesses: settings.witnesses ?? [],
    segmentBytesMax: settings.segmentBytesMax,
    random: random && ((bytes) => random.bytes(bytes)),
    warn: (message) => warnings.push(message),
  });
  return { journal, found, warnings };
}

/** Appends groups of `count` records until the head is `to`. */
export async function appendTo(journal: Journal, to: number, count = 1, imageBytes = 40): Promise<void> {
  for (let head = journal.head().sequence; head < to; head = journal.head().sequence) {
    await journal.append(groupAfter(head, Math.min(count, to - head), imageBytes), head);
  }
}

export async function readAll(journal: Journal, after = 0): Promise<ReadGroup[]> {
  const groups: ReadGroup[] = [];
  for await (const group of journal.read(after)) groups.push(group);
  return groups;
}

/** Reads everything after `after` and fails unless each record is the one that was written there. Gives the last sequence. */
export async function readAndCompare(journal: Journal, after = 0, imageBytes = 40): Promise<number> {
  let last = after;
  for await (const group of journal.read(after)) {
    if (group.firstSequence !== last + 1) throw new Error(`${group.firstSequence} was read after ${last}`);
    for (const record of group.records) {
      last += 1;
      if (Buffer.compare(JournalRecord.encode(record).finish(), encodedAt(last, imageBytes)) !== 0) {
        throw new Error(`another record was read at sequence ${last}`);
      }
    }
    if (group.lastSequence !== last) throw new Error(`the group ends at ${group.lastSequence}, not ${last}`);
  }
  return last;
}

const encodings = new Map<number, Uint8Array>();

/** The encoded record of a sequence; small ones are kept, because thousands of lives ask for the same. */
function encodedAt(sequence: number, imageBytes: number): Uint8Array {
  const kept = imageBytes === 40 ? encodings.get(sequence) : undefined;
  const encoded = kept ?? JournalRecord.encode(recordAt(sequence, imageBytes)).finish();
  if (imageBytes === 40) encodings.set(sequence, encoded);
  return encoded;
}
