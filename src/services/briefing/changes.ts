// Who changed a task, and when: read from the journal along its back-links.

import { eventName } from '../../domain/event';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import type { Engine } from '../../engine/engine';
import { EntityKind, Verb } from '../../gen/holdfast/journal/v1/journal';
import type { Change, Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { PositionTooOld } from '../../storage/journal/journal';

/** A change of a task's content, state or edges. */
export interface Done {
  /** The session that did it, or the principal. */
  readonly who: string;
  readonly timeMs: number;
  /** What subscribers were told: `task.updated`; empty for nothing. */
  readonly event: string;
  readonly paths: readonly string[];
}

/** Changes of others are news, within these bounds. */
export interface Since {
  /** Names of sessions whose doing is no news, and who have seen what was there before. */
  readonly mine: ReadonlySet<string>;
  /** Journal time in milliseconds since 1970. */
  readonly ms: number;
  readonly sequence: number;
}

/** Records that one briefing reads: some 100 µs each. What is beyond is told without saying who. */
const RECORDS_MAX = 512;
/** Changes of one task that are looked at, newest first. */
const STEPS_MAX = 16;
/** What moves a session's tasks in its own interest, whoever asked for it. */
const OURS: ReadonlySet<Verb> = new Set<Verb>([Verb.RESUME_SESSION, Verb.END_SESSION, Verb.EXPIRE_SESSION]);

export class Changes {
  private readonly records = new Map<number, JournalRecord | undefined>();

  constructor(
    private readonly engine: Engine,
    private readonly project: string,
  ) {}

  /** What made a task what it is; `sequence` is that of the change. Undefined if the journal does not say any more. */
  async last(id: string, sequence: number): Promise<Done | undefined> {
    const record = await this.record(sequence);
    const change = record && this.changeOf(record, id);
    return change && doneBy(record, change);
  }

  /** The newest change of a task that others made after `since` and after `seen`; `sequence` is that of its last change. */
  async byOthers(id: string, sequence: number, seen: number, since: Since): Promise<Done | undefined> {
    const from = Math.max(since.sequence, seen);
    for (let step = 0, at = sequence; step < STEPS_MAX && at > from; step++) {
      const record = await this.record(at);
      if (!record || record.timeMs <= since.ms) return undefined;
      const change = this.changeOf(record, id);
      if (!change) return undefined;
      const ours = record.principal === PRINCIPAL_SYSTEM || OURS.has(record.verb);
      if (!ours && since.mine.has(record.session)) return undefined;
      if (!ours && eventName(change.event) !== undefined) return doneBy(record, change);
      at = change.previousSequence;
    }
    return undefined;
  }

  private changeOf(record: JournalRecord, id: string): Change | undefined {
    return record.changes.find(
      (each) => each.kind === EntityKind.TASK && each.id === id && each.project === this.project,
    );
  }

  private async record(sequence: number): Promise<JournalRecord | undefined> {
    if (this.records.has(sequence)) return this.records.get(sequence);
    if (sequence <= 0 || this.records.size >= RECORDS_MAX) return undefined;
    let record: JournalRecord | undefined;
    try {
      record = await this.engine.record(sequence);
    } catch (fault) {
      // What a trim took is not known any more, which is no fault of the briefing.
      if (!(fault instanceof PositionTooOld)) throw fault;
    }
    this.records.set(sequence, record);
    return record;
  }
}

function doneBy({ session, principal, timeMs }: JournalRecord, { event, changedPaths }: Change): Done {
  return { who: session === '' ? principal : session, timeMs, event: eventName(event) ?? '', paths: changedPaths };
}
