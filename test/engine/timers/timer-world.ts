import { setImmediate as turn } from 'node:timers/promises';
import { Refusal } from '../../../src/domain/refusal';
import type { DecidedEffects } from '../../../src/engine/overlay';
import type { TimerEntry } from '../../../src/engine/timers/timer-window';
import { timerEntry } from '../../../src/engine/timers/timer-window';
import { Timers } from '../../../src/engine/timers/timers';
import { Blob, Change, EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { effectOf } from '../../../src/storage/state/effect';
import type { ScannedRow, StateSnapshot } from '../../../src/storage/state/state';
import { indexedOf } from '../../../src/domain/indexed';

/** Rows with times, decided and applied by hand, under timers whose clock the test holds. */
export class TimerWorld {
  nowMs = 1_000_000;
  sequence = 0;
  /** Every row as it was decided, by id. */
  readonly rows = new Map<string, number>();
  /** What the timers asked, oldest first. */
  readonly asked: string[] = [];
  readonly problems: string[] = [];
  reads = 0;
  /** What happens to a row that is asked for: it goes, unless the test says otherwise. */
  onDue: (id: string) => void = (id) => this.decide(id, undefined);
  /** Turns of the event loop between a snapshot and what is read from it. */
  readTurns = 0;
  /** While set, snapshots are read when it resolves. */
  hold: Promise<void> | undefined;
  readonly timers: Timers;
  private readonly records: DecidedEffects[] = [];
  private applied = 0;
  private readonly images = new Map<string, Buffer>();
  /** The index as the state has it: in order. */
  private readonly index: TimerEntry[] = [];

  constructor(entriesMax?: number) {
    this.timers = new Timers({
      nowMs: () => this.nowMs,
      withSnapshot: async (read) => {
        this.reads++;
        this.apply();
        const snapshot = this.snapshot();
        await this.hold;
        for (let i = this.readTurns; i > 0; i--) await turn();
        return read(snapshot);
      },
      act: async ({ id }: TimerEntry) => {
        this.asked.push(id);
        await turn();
        this.onDue(id);
      },
      onProblem: (what, { message }) => void this.problems.push(`${what}: ${message}`),
      entriesMax,
    });
  }

  /** Decides that a row is due at this time; undefined: it is gone. */
  decide(id: string, dueMs: number | undefined): void {
    const before = this.images.get(id);
    const image = dueMs === undefined ? Buffer.alloc(0) : encoded(dueMs);
    const change = Change.fromPartial({
      kind: EntityKind.BLOB,
      id,
      image,
      removed: dueMs === undefined,
      previousSequence: before ? 1 : 0,
      previousIndexed: before && indexedOf(before, EntityKind.BLOB),
    });
    if (dueMs === undefined) {
      this.images.delete(id);
      this.rows.delete(id);
    } else {
      this.images.set(id, image);
      this.rows.set(id, dueMs);
    }
    const effects = [effectOf(change, ++this.sequence)];
    const record = { record: { sequence: this.sequence } as never, effects, bytes: 0 };
    this.records.push(record);
    this.timers.decided(record);
  }

  /** Takes a row's entry out of the index, or puts it back, past all that is decided: damage, and its repair. */
  strike(id: string, dueMs: number, back: boolean): void {
    this.apply();
    this.move(dueMs, id, back ? 0 : 1);
  }

  /** Lets journal time pass, and whatever follows. */
  async pass(ms: number): Promise<void> {
    this.nowMs += ms;
    this.timers.look();
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 200; i++) await turn();
  }

  /** The ids that are due at or before a time, in the order in which they are to be taken. */
  due(nowMs: number): string[] {
    const entries = [...this.rows].map(([id, dueMs]) => timerEntry(dueMs, EntityKind.BLOB, '', id));
    return sorted(entries.filter(({ timeMs }) => timeMs > 0 && timeMs <= nowMs)).map(({ id }) => id);
  }

  private apply(): void {
    for (const { effects, record } of this.records.splice(0)) {
      for (const { change, derived } of effects) {
        for (const entry of derived.remove) if (entry.index === 'timer') this.move(entry.timeMs, change.id, 1);
        for (const entry of derived.put) if (entry.index === 'timer') this.move(entry.timeMs, change.id, 0);
      }
      this.applied = record.sequence;
    }
  }

  private move(timeMs: number, id: string, removed: 0 | 1): void {
    const entry = timerEntry(timeMs, EntityKind.BLOB, '', id);
    let [low, high] = [0, this.index.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.index[middle]!.order < entry.order) low = middle + 1;
      else high = middle;
    }
    if (removed === 1) this.index.splice(low, 1);
    else this.index.splice(low, 0, entry);
  }

  private snapshot(): StateSnapshot {
    const entries = [...this.index];
    const scan = async function* (): AsyncIterable<ScannedRow> {
      for (const { id, timeMs } of entries) {
        await Promise.resolve();
        const row = { sequence: 1, image: encoded(timeMs), crc: 0 };
        yield { kind: EntityKind.BLOB, project: '', id, row, held: undefined, cursor: '' };
      }
    };
    return { sequence: this.applied, scan } as unknown as StateSnapshot;
  }
}

export function refuse(): never {
  throw new Refusal('NOT_FOUND', 'it has changed');
}

function encoded(dueMs: number): Buffer {
  return Buffer.from(Blob.encode(Blob.fromPartial({ dueMs })).finish());
}

function sorted(entries: TimerEntry[]): TimerEntry[] {
  return entries.sort((a, b) => (a.order < b.order ? -1 : 1));
}
