import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Change, Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import { replyChanges } from '../domain/reply';
import { Refusal } from '../domain/refusal';
import { entityHash } from '../storage/entity-hash';
import type { Journal } from '../storage/journal/journal';
import type { DamagedRow, State } from '../storage/state/state';
import type { Executed } from './executed';

/** What the engine reads back from the journal: damaged rows, and the replies of commands that came twice. */
export class Healer {
  constructor(
    private readonly journal: Journal,
    private readonly state: State,
    private readonly onHealed: (damaged: DamagedRow, sequence: number) => void,
    private readonly onHopeless: (why: string) => Promise<void>,
  ) {}

  /** Puts a damaged row back from the newest record that changed it. Throws DATA_LOSS `CORRUPTION` if no record has it, and
   *  HALTED where only a rebuild helps. */
  async heal(damaged: DamagedRow): Promise<void> {
    if (damaged.kind === EntityKind.UNSPECIFIED) {
      // An external id's or a request id's entry: no record is found by it.
      await this.onHopeless(damaged.message);
      throw new Refusal('HALTED', `${damaged.message}; the state is rebuilt when the server starts again`);
    }
    const found = await this.newestChange(damaged, this.state.applied);
    if (found === undefined) {
      const name = `${damaged.project}/${damaged.id}`;
      throw new Refusal('CORRUPTION', `the stored row of ${name} is damaged, and the journal has no copy of it`, {
        metadata: { name },
      });
    }
    await this.state.heal(found.record, found.change);
    this.onHealed(damaged, found.record.sequence);
  }

  /** The reply of the command that was recorded at `sequence`: the same images, from the journal. */
  async replay(sequence: number): Promise<Executed> {
    const record = await this.journal.record(sequence);
    return { sequence, replies: replyChanges(record), replayed: true };
  }

  private async newestChange(
    { kind, project, id }: Pick<DamagedRow, 'kind' | 'project' | 'id'>,
    atMost: number,
  ): Promise<{ record: JournalRecord; change: Change } | undefined> {
    const hash = entityHash(kind, project, id);
    let sequence = atMost + 1;
    while ((sequence = await this.journal.lastChange(hash, sequence - 1)) > 0) {
      const record = await this.journal.record(sequence);
      const change = record.changes.find((one) => one.kind === kind && one.project === project && one.id === id);
      if (change !== undefined) return { record, change };
    }
    return undefined;
  }
}
