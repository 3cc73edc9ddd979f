/**
 * A journal as a stream of facts, for `holdfast journal dump`.
 *
 * Boundary: a stopped store or a copy of one; it changes nothing.
 */
import { EntityKind, EventType, Record as JournalRecord, Verb } from '../../gen/holdfast/journal/v1/journal';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import type { Files } from '../files';
import { walkJournal } from './walk';

export interface DumpOptions {
  readonly files: Files;
  /** The directory of the segments. */
  readonly dir: string;
}

/** One line of a dump. Bytes are lower-case hex. */
export type DumpEntry =
  | {
      readonly type: 'segment';
      readonly segment: string;
      readonly bytes: number;
      readonly history: string;
      readonly parent: string;
      readonly fork: number;
      readonly epoch: number;
      readonly firstSequence: number;
      /** The chain before its first group. */
      readonly chain: string;
      readonly salt: string;
      /** Whether it ends in a footer. */
      readonly sealed: boolean;
    }
  | {
      readonly type: 'group';
      readonly segment: string;
      readonly offset: number;
      readonly bytes: number;
      readonly firstSequence: number;
      readonly lastSequence: number;
      /** The chain after it. */
      readonly chain: string;
      readonly stateDigest: string;
    }
  | DumpedRecord
  | { readonly type: 'torn'; readonly segment: string; readonly offset: number; readonly bytes: number }
  | { readonly type: 'problem'; readonly segment: string; readonly offset: number; readonly problem: string }
  /** The last entry. `clean`: the last stop sealed the journal. */
  | { readonly type: 'end'; readonly sequence: number; readonly chain: string; readonly clean: boolean };

export interface DumpedRecord {
  readonly type: 'record';
  readonly sequence: number;
  /** Journal time in milliseconds since 1970. */
  readonly timeMs: number;
  /** The verb's name, as in the proto without its prefix: `CREATE_TASK`. */
  readonly verb: string;
  readonly principal: string;
  /** Empty for none, as are the next two. */
  readonly session: string;
  /** As a UUID. */
  readonly requestId: string;
  /** 32 hex digits. */
  readonly traceId: string;
  /** Bytes of the encoded record. */
  readonly bytes: number;
  readonly changes: readonly DumpedChange[];
}

export interface DumpedChange {
  /** `TASK`, `PROJECT`, `TASK_GRAPH`. */
  readonly kind: string;
  readonly project: string;
  /** Empty for the project itself. */
  readonly id: string;
  /** `TASK_CREATED` and so on; empty for rows that are nobody's event. */
  readonly event: string;
  readonly removed: boolean;
  readonly previousSequence: number;
  readonly changedPaths: readonly string[];
  /** Bytes of the after-image. */
  readonly bytes: number;
}

/** The entries of the journal in order. Damage becomes an entry, and the dump goes on with the next segment. */
export async function* dumpJournal({ files, dir }: DumpOptions): AsyncGenerator<DumpEntry, void, undefined> {
  for await (const step of walkJournal(files, dir)) {
    if (step.kind === 'segment') {
      const { name, fileBytes, header, trailer } = step.segment;
      yield {
        type: 'segment',
        segment: name,
        bytes: fileBytes,
        history: header.history,
        parent: header.parent,
        fork: header.fork,
        epoch: header.epoch,
        firstSequence: header.firstSequence,
        chain: hex(header.chain),
        salt: hex(header.salt),
        sealed: trailer !== undefined,
      };
    } else if (step.kind === 'group') {
      const { frame, head, segment } = step;
      yield {
        type: 'group',
        segment: segment.name,
        offset: frame.offset,
        bytes: frame.bytes,
        firstSequence: frame.firstSequence,
        lastSequence: frame.lastSequence,
        chain: hex(head.chain),
        stateDigest: hex(head.digest),
      };
      for (const encoded of frame.parts.records) yield dumpedRecord(encoded, segment.name, frame.offset);
    } else if (step.kind === 'torn') {
      yield { type: 'torn', segment: step.segment, offset: step.offset, bytes: step.bytes };
    } else if (step.kind === 'problem') {
      yield { type: 'problem', ...step.problem };
    } else if (step.kind === 'end') {
      const { head, sealed } = step;
      yield { type: 'end', sequence: head?.sequence ?? 0, chain: head ? hex(head.chain) : '', clean: sealed };
    }
  }
}

function dumpedRecord(encoded: Uint8Array, segment: string, offset: number): DumpEntry {
  let record: JournalRecord;
  try {
    record = JournalRecord.decode(encoded);
  } catch (error) {
    return { type: 'problem', segment, offset, problem: `a record cannot be decoded: ${(error as Error).message}` };
  }
  return {
    type: 'record',
    sequence: record.sequence,
    timeMs: record.timeMs,
    verb: nameIn(Verb, record.verb),
    principal: record.principal,
    session: record.session,
    requestId: hex(record.requestId).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    traceId: hex(record.trace.subarray(0, 16)),
    bytes: encoded.length,
    changes: record.changes.map(dumpedChange),
  };
}

function dumpedChange(change: Change): DumpedChange {
  return {
    kind: nameIn(EntityKind, change.kind),
    project: change.project,
    id: change.id,
    event: change.event === EventType.UNSPECIFIED ? '' : nameIn(EventType, change.event),
    removed: change.removed,
    previousSequence: change.previousSequence,
    changedPaths: change.changedPaths,
    bytes: change.image.length,
  };
}

/** The name of an enum's value; the number itself when a newer release wrote it. */
function nameIn(names: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(names).find((name) => names[name] === value) ?? String(value);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
