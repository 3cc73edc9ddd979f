// Pending writes: what parts of a step have come to, kept against a checkpoint until the whole step has its own.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { PendingWrite } from '../../gen/holdfast/v1/checkpoint';
import type { PutCheckpointWritesRequest } from '../../gen/holdfast/v1/session_service';
import { formatSession } from '../sessions/agent-names';
import {
  CHECKPOINT_PART_LENGTH_MAX,
  CHECKPOINT_WRITES_BYTES_MAX,
  CHECKPOINT_WRITES_MAX,
  INLINE_BYTES_MAX,
  WRITES_OF_CALL_MAX,
} from './checkpoint-limits';
import { checkpointRowId, formatCheckpoint, parseCheckpoint } from './checkpoint-names';
import { dataOf, find, putData, writeRowId } from './checkpoint-rows';
import type { Draft } from '../draft';
import { checkLength } from '../field-checks';
import { MEDIA_TYPE_LENGTH_MAX } from '../limits';
import { characters, isPrintable } from '../names';
import { Refusal, notFound } from '../refusal';
import { imageOf } from '../row-image';
import { findSavingSession } from './saving-session';
import { Violations } from '../violations';
import { WIRE_BYTES, WIRE_VARINT, WireScan } from '../wire';

/** Field numbers of holdfast.v1.PendingWrite; a disk format (docs/adr/0003). */
const WRITE_TASK = 1;
const WRITE_INDEX = 2;

/** PutCheckpointWrites. A write of a part and index that is there is left alone. Gives the indices of the new writes' changes. Refuses with QUOTA
 *  above 1000 for one checkpoint, and with
 *  TOO_LARGE above 3 MiB. */
export function putCheckpointWrites(draft: Draft, { name, writes }: PutCheckpointWritesRequest): number[] {
  check(writes);
  const { project, session, checkpoint } = parseCheckpoint(name, 'name');
  findSavingSession(draft, 'putCheckpointWrites', formatSession(project, session), 'name');
  if (!find(draft, project, session, checkpoint)) throw notFound('checkpoint', name);
  const rowId = checkpointRowId(session, checkpoint);
  const data = dataOf(draft, project, rowId);
  const { known, bytes: knownBytes } = knownWrites(draft, project, rowId, data.writes);
  let allBytes = knownBytes;
  let number = data.writes;
  const added: number[] = [];
  for (const { task, index, channel, mediaType, data: bytes } of writes) {
    const key = keyOf(task, index);
    if (known.has(key)) continue;
    known.add(key);
    if (++number > CHECKPOINT_WRITES_MAX) throw tooMany(formatCheckpoint(project, session, checkpoint));
    const write: PendingWrite = { task, index, channel, mediaType, data: bytes, createTime: draft.now };
    const image = imageOf(PendingWrite, write);
    allBytes += image.length;
    const id = writeRowId(rowId, number);
    added.push(draft.put(EntityKind.CHECKPOINT_WRITE, project, id, image, EventType.UNSPECIFIED, []));
  }
  const full = allBytes > CHECKPOINT_WRITES_BYTES_MAX;
  if (added.length > 0 && full) throw tooLarge(formatCheckpoint(project, session, checkpoint), allBytes);
  if (added.length > 0) putData(draft, project, rowId, { ...data, writes: number });
  return added;
}

/** The parts and indices that have a write, and what they take. */
function knownWrites(
  draft: Draft,
  project: string,
  rowId: string,
  count: number,
): { known: Set<string>; bytes: number } {
  const known = new Set<string>();
  let bytes = 0;
  for (let number = 1; number <= count; number++) {
    const image = draft.image(EntityKind.CHECKPOINT_WRITE, project, writeRowId(rowId, number));
    if (!image) continue;
    known.add(keyIn(image));
    bytes += image.length;
  }
  return { known, bytes };
}

/** Read without the bytes behind it. */
function keyIn(image: Uint8Array): string {
  const scan = new WireScan(image);
  let task = '';
  let index = 0;
  while (scan.next() && scan.field <= WRITE_INDEX) {
    if (scan.field === WRITE_TASK && scan.wire === WIRE_BYTES) task = scan.text();
    else if (scan.field === WRITE_INDEX && scan.wire === WIRE_VARINT) index = scan.varint;
  }
  return keyOf(task, index);
}

function keyOf(task: string, index: number): string {
  return `${index} ${task}`;
}

function check(writes: readonly PendingWrite[]): void {
  const violations = new Violations();
  const { report } = violations;
  if (writes.length === 0 || writes.length > WRITES_OF_CALL_MAX) {
    report('writes', `has ${writes.length} entries, 1 to ${WRITES_OF_CALL_MAX} are allowed`);
  } else {
    writes.forEach(({ task, index, channel, mediaType, data }, i) => {
      violations.prefix = `writes[${i}].`;
      const isPart = isPrintable(task) && characters(task) <= CHECKPOINT_PART_LENGTH_MAX;
      if (!isPart) report('task', `is 1 to ${CHECKPOINT_PART_LENGTH_MAX} printable characters`);
      if (index < 0) report('index', 'must not be negative');
      checkLength(channel, CHECKPOINT_PART_LENGTH_MAX, 'channel', report);
      checkLength(mediaType, MEDIA_TYPE_LENGTH_MAX, 'media_type', report);
      if (data.length > INLINE_BYTES_MAX)
        report('data', `takes ${data.length} bytes, at most ${INLINE_BYTES_MAX} are allowed`);
    });
  }
  violations.throwIfAny();
}

function tooMany(name: string): Refusal {
  return new Refusal('QUOTA', `${name} has ${CHECKPOINT_WRITES_MAX} pending writes, and no more are kept`, {
    metadata: { limit: String(CHECKPOINT_WRITES_MAX) },
    resource: { type: 'checkpoint', name },
  });
}

function tooLarge(name: string, bytes: number): Refusal {
  const message = `the pending writes of ${name} would take ${bytes} bytes, at most ${CHECKPOINT_WRITES_BYTES_MAX} are kept`;
  return new Refusal('TOO_LARGE', `${message}: save a checkpoint instead`, {
    metadata: { limit_bytes: String(CHECKPOINT_WRITES_BYTES_MAX) },
    resource: { type: 'checkpoint', name },
  });
}
