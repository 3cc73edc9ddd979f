// The transcripts of sessions, on the wire.

import type { Caller } from '../domain/command';
import { LINE_LENGTH_MAX, TRANSCRIPT_READ_MAX } from '../domain/checkpoints/checkpoint-limits';
import { checkLength } from '../domain/field-checks';
import { fieldInvalid } from '../domain/refusal';
import { Violations } from '../domain/violations';
import type { Engine } from '../engine/engine';
import type { Executed } from '../engine/executed';
import { EntityKind, Transcript } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { TranscriptItem } from '../gen/holdfast/v1/checkpoint';
import { ReadTranscriptResponse } from '../gen/holdfast/v1/session_service';
import type {
  ClearTranscriptRequest,
  PopTranscriptRequest,
  ReadTranscriptRequest,
} from '../gen/holdfast/v1/session_service';
import type { StateSnapshot } from '../storage/state/state';
import { countField } from './checkpoint-changes';
import { commandOf } from './command-of';
import { PAGE_BYTES_MAX } from './reading';
import type { ServiceContext } from './replies';
import { findSession } from './session-view';
import { splice } from './splice';

const READ_DEFAULT = 1000;

/** AppendTranscriptResponse {1: appended, 2: last_index, 3: position}. */
export function appendReply({ positions }: ServiceContext, { replies, sequence }: Executed): Buffer {
  const { lastIndex } = Transcript.decode(replies[0]!.image);
  const appended = replies.length > 1 ? ReadTranscriptResponse.decode(replies[1]!.image).items.length : 0;
  const parts = [{ field: 3, bytes: positions.bytes(sequence) }];
  return splice(parts, Buffer.concat([countField(1, appended), countField(2, lastIndex)]));
}

/** PopTranscript. PopTranscriptResponse {1: item, 2: position}. */
export async function popTranscript(
  { engine, positions }: ServiceContext,
  request: PopTranscriptRequest,
  caller: Caller,
): Promise<Buffer> {
  const { replies, sequence } = await engine.execute(commandOf('popTranscript', request, caller));
  const position = { field: 2, bytes: positions.bytes(sequence) };
  if (!replies[0]) return splice([position]);
  // The row is without it now; the record before has it.
  const before = await imageBefore(engine, replies[0]);
  const item = ReadTranscriptResponse.decode(before).items.at(-1)!;
  return splice([{ field: 1, bytes: TranscriptItem.encode(item).finish() }, position]);
}

/** ClearTranscript: one command as a rule, and others for the rest of a long one. ClearTranscriptResponse {1: cleared, 2: position}. */
export async function clearTranscript(
  { engine, positions }: ServiceContext,
  request: ClearTranscriptRequest,
  caller: Caller,
): Promise<Buffer> {
  let { replies, sequence } = await engine.execute(commandOf('clearTranscript', request, caller));
  let cleared = 0;
  let through: number | undefined;
  while (replies[0]) {
    const before = Transcript.decode(await imageBefore(engine, replies[0]));
    const after = Transcript.decode(replies[0].image);
    through ??= before.lastIndex;
    cleared += before.items - after.items;
    if (after.items === 0 || request.validateOnly) break;
    const command = { ...commandOf('clearTranscript', { ...request, requestId: '' }, caller), through };
    ({ replies, sequence } = await engine.execute(command));
  }
  return splice([{ field: 2, bytes: positions.bytes(sequence) }], countField(1, cleared));
}

/** ReadTranscript, from one snapshot. */
export async function readTranscript(
  { engine, positions }: ServiceContext,
  request: ReadTranscriptRequest,
): Promise<Buffer> {
  check(request);
  engine.reach(request.atLeast);
  const { project, id: session } = await findSession(engine, request.parent, 'parent');
  const id = `${session}/${request.path}`;
  const max = request.maxItems === 0 ? READ_DEFAULT : Math.min(request.maxItems, TRANSCRIPT_READ_MAX);
  return engine.withSnapshot(async (snapshot) => {
    const row = await snapshot.row(EntityKind.TRANSCRIPT, project, id);
    const transcript = row ? Transcript.decode(row.image) : Transcript.create();
    const batches = new Batches(snapshot, project, id, transcript);
    const after = Math.max(request.afterIndex, await batches.indexBeforeLast(request.last));
    const { items, more } = await batches.read(after, max);
    const rest = ReadTranscriptResponse.create({ items, more, total: transcript.items });
    const position = { field: 4, bytes: positions.bytes(snapshot.sequence) };
    return splice([position], ReadTranscriptResponse.encode(rest).finish());
  });
}

/** The appends of a transcript in one snapshot. */
class Batches {
  constructor(
    private readonly snapshot: StateSnapshot,
    private readonly project: string,
    private readonly id: string,
    private readonly transcript: Transcript,
  ) {}

  /** The index before the last so many items; 0 for all. */
  async indexBeforeLast(last: number): Promise<number> {
    const { items, firstBatch, lastBatch } = this.transcript;
    if (last === 0 || last >= items) return 0;
    let left = last;
    for (let number = lastBatch; number >= firstBatch; number--) {
      const batch = await this.items(number);
      if (left <= batch.length) return batch[batch.length - left]!.index - 1;
      left -= batch.length;
    }
    return 0;
  }

  /** Items after an index, oldest first, as many as fit. */
  async read(after: number, max: number): Promise<{ readonly items: TranscriptItem[]; readonly more: boolean }> {
    const items: TranscriptItem[] = [];
    let bytes = 0;
    const { firstBatch, lastBatch } = this.transcript;
    if (lastBatch === 0) return { items, more: false };
    for (let number = await this.batchAfter(after, firstBatch, lastBatch); number <= lastBatch; number++) {
      for (const item of await this.items(number)) {
        if (item.index <= after) continue;
        bytes += TranscriptItem.encode(item).finish().length;
        if (items.length === max || (items.length > 0 && bytes > PAGE_BYTES_MAX)) return { items, more: true };
        items.push(item);
      }
    }
    return { items, more: false };
  }

  /** The batch in which the first item after the index stands: found by halves. */
  private async batchAfter(after: number, firstBatch: number, lastBatch: number): Promise<number> {
    let [low, high] = [firstBatch, lastBatch];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((await this.items(middle)).at(-1)!.index > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private async items(number: number): Promise<TranscriptItem[]> {
    const row = await this.snapshot.row(EntityKind.TRANSCRIPT_BATCH, this.project, `${this.id}/${number}`);
    if (!row) throw new Error(`append ${number} of the transcript ${this.id} is missing`);
    return ReadTranscriptResponse.decode(row.image).items;
  }
}

function check({ path, afterIndex, last, maxItems }: ReadTranscriptRequest): void {
  const violations = new Violations();
  const { report } = violations;
  checkLength(path, LINE_LENGTH_MAX, 'path', report);
  if (afterIndex < 0) report('after_index', 'must not be negative');
  if (last < 0) report('last', 'must not be negative');
  if (maxItems < 0) report('max_items', 'must not be negative');
  violations.throwIfAny();
  if (afterIndex > 0 && last > 0) throw fieldInvalid('last', 'does not go with after_index');
}

/** The row before a change. */
async function imageBefore(engine: Engine, { kind, project, id, previousSequence }: Change): Promise<Uint8Array> {
  const { changes } = await engine.record(previousSequence);
  return changes.find((each) => each.kind === kind && each.project === project && each.id === id)!.image;
}
