import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';

/**
 * The journal as the engine sees it: a port. Files are the embedded default; a shared database comes later, so no file
 * offset or handle leaks through.
 *
 * J1. Sequences are dense within a history: a group starts at head + 1. A history that forked off another one begins above every number
 *     that was ever given; what lies between is no position of this journal.
 * J2. When `append` resolves, the group and every earlier one survive power loss.
 * J3. One `append` at a time. A rejected `append` (other than a JournalBehind) leaves the outcome unknown: the engine halts.
 * J4. Reads return durable records only, exactly as appended, or throw `JournalCorruption` or `PositionTooOld`.
 */
export interface Journal {
  /** The present history's id: 16 lower-case hex digits. */
  readonly history: string;
  head(): JournalHead;
  /** The oldest sequence that can be read; head + 1 when empty. */
  oldest(): number;
  /** The lowest sequence after which it can be read: `oldest()` - 1, or the fork if it begins with the first record of a history. */
  floor(): number;
  /** The histories that its records belong to, oldest first; the last one is the present one, and ends with the head. */
  lineage(): readonly HistorySpan[];
  /** How many more body bytes can be appended without asking the disk for space. */
  room(): number;
  /** Makes room for at least `bytes` more; rejects with the disk's error (ENOSPC) and leaves the journal usable. */
  makeRoom(bytes: number): Promise<void>;
  /**
   * Appends one group: one write, one flush. `expectedHead` is the sequence that the head must have.
   * `timings` is filled with `performance.now()` stamps when given.
   */
  append(group: NewGroup, expectedHead: number, timings?: AppendTimings): Promise<void>;
  /** The durable groups after `sequence`, in order, up to the head at the time of each step; ends there. Throws `PositionTooOld` below
   *  `floor()`. */
  read(after: number): AsyncIterable<ReadGroup>;
  /** All durable records after a sequence, up to the head at the time of the call, encoded and newest first, in pieces: for builders of states.
   *  The sequence is one after which `read` would begin. */
  readBack(after: number): ReadBack;
  /** One record. Throws `PositionTooOld` below `oldest()`, RangeError above the head and between a fork and the next history. */
  record(sequence: number): Promise<JournalRecord>;
  /** The newest sequence at or below `atMost` whose record changes a row with this entity hash, or 0. May give false hits
   *  (another row with the same hash): the caller looks at the record and goes on below it. Never misses. */
  lastChange(entityHash: number, atMost: number): Promise<number>;
  /** The oldest one at or above `atLeast`, or 0: the same forward. */
  nextChange(entityHash: number, atLeast: number): Promise<number>;
  /** The same as `lastChange` of every entity hash that `wanted` accepts, from one walk over the entity indexes, 8 bytes an entry: the newest sequence by hash.
   *  Hashes without a change at or below `atMost` are left out. */
  newestChanges(wanted: (entityHash: number) => boolean, atMost: number): Promise<ReadonlyMap<number, number>>;
  /** The chain after the group that ends with `sequence`, which is not above the head; undefined if none ends there. */
  chainAfter(sequence: number): Promise<Uint8Array | undefined>;
  /** The last sequence whose record has a journal time at or before `timeMs`; `floor()` (0 for a whole journal) when every
   *  record that can be read is later. */
  sequenceAtTime(timeMs: number): Promise<number>;
  /** Resolves when the head is above `sequence`, or rejects when the journal closes. */
  waitForChange(sequence: number): Promise<void>;
  /** Deletes whole segments that hold nothing at or above `before`. The caller has a verified backup that covers them. */
  trim(before: number): Promise<void>;
  /** Closes. With `clean` the head is sealed: the next start needs no copy-forward and knows that nothing is missing. */
  close(clean: boolean): Promise<void>;
}

/** The records of one history that the present one consists of. */
export interface HistorySpan {
  /** 16 lower-case hex digits. */
  readonly history: string;
  /** Its first sequence; 0 if that was trimmed away and nobody knows it. */
  readonly first: number;
  /** The last sequence of it that counts: where the next one forks off, or the head. */
  readonly last: number;
}

export interface JournalHead {
  /** 0 for an empty journal. */
  readonly sequence: number;
  /** SHA-256 over the groups so far; 32 zero bytes at the start of a history. */
  readonly chain: Uint8Array;
  /** Journal time of the last record in milliseconds; 0 for an empty journal. */
  readonly timeMs: number;
  /** The state digest after the last group, 8 bytes; zeros for an empty journal. */
  readonly digest: Uint8Array;
}

/** A group on its way to disk. */
export interface NewGroup {
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** Journal time of the last record. */
  readonly timeMs: number;
  /** Each record encoded as `holdfast.journal.v1.Record`, in order. */
  readonly records: readonly Uint8Array[];
  /** The state digest after the group, 8 bytes. */
  readonly stateDigest: Uint8Array;
  /** For the entity index: pairs (entity hash as uint32, sequence), flat, in order of sequence. */
  readonly entities: readonly number[];
}

/** A group as read back. */
export interface ReadGroup {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly records: readonly JournalRecord[];
  readonly stateDigest: Uint8Array;
}

/** Records from the head back. */
export interface ReadBack {
  /** The head that they begin with. */
  readonly head: JournalHead;
  /** Throws JournalCorruption. */
  readonly records: AsyncIterable<readonly Uint8Array[]>;
}

export interface AppendTimings {
  writeStart: number;
  syncStart: number;
  syncEnd: number;
}

/** A sequence below the oldest that the journal holds. */
export class PositionTooOld extends Error {
  override readonly name = 'PositionTooOld';
  constructor(
    readonly sequence: number,
    readonly oldest: number,
  ) {
    super(`the journal no longer holds sequence ${sequence}: its oldest is ${oldest}`);
  }
}

/** `append` expected another head than the journal has. Nothing was written, and the journal stays usable. */
export class JournalBehind extends Error {
  override readonly name = 'JournalBehind';
  constructor(
    readonly expectedHead: number,
    readonly head: number,
  ) {
    super(`the journal's head is ${head}, not ${expectedHead}`);
  }
}

/** Bytes that do not verify, named and placed. Never skipped silently. */
export class JournalCorruption extends Error {
  override readonly name = 'JournalCorruption';
  constructor(
    /** The segment file's name, without its folder; empty where it is the journal as a whole. */
    readonly segment: string,
    readonly offset: number,
    readonly problem: string,
  ) {
    super(`journal corruption${segment === '' ? '' : ` in ${segment} at byte ${offset}`}: ${problem}`);
  }
}

/** What opening found. */
export interface JournalFound {
  /** `created`: there was none; `clean`: the last stop sealed it; `unclean`: it was copied forward. */
  readonly how: 'created' | 'clean' | 'unclean';
  /** A half-written last group that was cut off and kept aside. */
  readonly tornTail?: {
    readonly segment: string;
    readonly offset: number;
    readonly bytes: number;
    readonly keptAs: string;
  };
}

/** Something that knows that the journal once reached a point: a journal that ends below it is corrupt. */
export interface Witness {
  readonly sequence: number;
  /** The chain at that sequence, if known. */
  readonly chain?: Uint8Array;
  /** What knows it, for the error: "the state checkpoint". */
  readonly source: string;
}
