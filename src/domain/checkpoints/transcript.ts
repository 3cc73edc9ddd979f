// Transcripts: what was said in a session. Each append is a row; items are numbered from 1, and no number is given twice.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { Transcript } from '../../gen/holdfast/journal/v1/journal';
import type { TranscriptItem } from '../../gen/holdfast/v1/checkpoint';
import type {
  AppendTranscriptRequest,
  ClearTranscriptRequest,
  PopTranscriptRequest,
} from '../../gen/holdfast/v1/session_service';
import {
  LINE_LENGTH_MAX,
  TRANSCRIPT_BATCHES_OF_CALL_MAX,
  TRANSCRIPT_ITEMS_MAX,
  TRANSCRIPT_ITEM_BYTES_MAX,
  TRANSCRIPT_KNOWN_UUIDS,
  TRANSCRIPT_ROLE_LENGTH_MAX,
  TRANSCRIPT_UUID_LENGTH_MAX,
} from './checkpoint-limits';
import type { Draft } from '../draft';
import { checkBytes, checkLength } from '../field-checks';
import { checkStruct } from '../json-struct';
import { fieldInvalid } from '../refusal';
import { imageOf } from '../row-image';
import { findSavingSession, findSession } from './saving-session';
import { itemsIn, transcriptBatch } from './transcript-batch';
import { batchRowId, forgetFirst, putTranscript, removeBatch, transcriptOf } from './transcript-removal';
import { hashesIn, uuidHash, UUID_HASH_BYTES } from './uuid-hash';
import { Violations } from '../violations';

/** AppendTranscript: the items whose uuid is not there already, in one row. Gives what names the transcript's row, then the index of the new
 *  one's, if there is one. */
export function appendTranscript(draft: Draft, { parent, path, items }: AppendTranscriptRequest): number[] {
  check(path, items);
  const { project, id: session } = findSavingSession(draft, 'appendTranscript', parent, 'parent');
  const id = `${session}/${path}`;
  const transcript = transcriptOf(draft, project, id);
  const known = hashesIn(transcript.recentUuids);
  const hashes: Buffer[] = [transcript.recentUuids];
  const fresh: TranscriptItem[] = [];
  for (const { uuid: given, role, text, content } of items) {
    // One that the service gives is given once: nobody can send it again.
    if (given !== '' && !isNew(given, known, hashes)) continue;
    const uuid = given === '' ? draft.context.uid() : given;
    const index = transcript.lastIndex + fresh.length + 1;
    fresh.push({ uuid, role, text, content, createTime: draft.now, index });
  }
  if (fresh.length === 0) return [draft.named(EntityKind.TRANSCRIPT, project, id)];
  const number = transcript.lastBatch + 1;
  const after: Transcript = {
    lastIndex: transcript.lastIndex + fresh.length,
    firstBatch: transcript.firstBatch || number,
    lastBatch: number,
    items: transcript.items + fresh.length,
    recentUuids: Buffer.concat(hashes).subarray(-TRANSCRIPT_KNOWN_UUIDS * UUID_HASH_BYTES),
  };
  const paths = transcript.lastIndex === 0 ? [] : ['items'];
  const named = putTranscript(draft, project, id, after, EventType.TRANSCRIPT_APPENDED, paths);
  return [named, putBatch(draft, project, batchRowId(id, number), fresh)];
}

/** Whether a uuid is not known; it is from now on. */
function isNew(uuid: string, known: Set<string>, hashes: Buffer[]): boolean {
  const hash = uuidHash(uuid);
  const key = hash.toString('latin1');
  if (known.has(key)) return false;
  known.add(key);
  hashes.push(hash);
  return true;
}

/** PopTranscript: the newest item goes. Gives the index of the change of the row that had it; nothing where there is no item. */
export function popTranscript(draft: Draft, { parent, path }: PopTranscriptRequest): readonly number[] {
  const { project, id: session } = findTranscript(draft, 'popTranscript', parent, path);
  const id = `${session}/${path}`;
  const transcript = transcriptOf(draft, project, id);
  if (transcript.lastBatch === 0) return [];
  const number = transcript.lastBatch;
  const row = batchRowId(id, number);
  const items = itemsIn(draft.image(EntityKind.TRANSCRIPT_BATCH, project, row)!);
  const popped = items.pop()!;
  const after = { ...transcript, items: transcript.items - 1, recentUuids: without(transcript.recentUuids, popped) };
  if (items.length === 0) {
    after.lastBatch--;
    if (after.lastBatch < after.firstBatch) Object.assign(after, { firstBatch: 0, lastBatch: 0 });
  }
  putTranscript(draft, project, id, after, EventType.TRANSCRIPT_CLEARED, ['items']);
  return [items.length > 0 ? putBatch(draft, project, row, items) : removeBatch(draft, project, id, number)];
}

/**
 * ClearTranscript: the oldest 2000 appends go, which is nearly always all; whoever asked asks again while some are left. `through` is the last
 * index that goes: what was appended since stays. Gives the index of the transcript's change; nothing where there is nothing to clear.
 */
export function clearTranscript(
  draft: Draft,
  { parent, path }: ClearTranscriptRequest,
  through?: number,
): readonly number[] {
  const { project, id: session } = findTranscript(draft, 'clearTranscript', parent, path);
  const id = `${session}/${path}`;
  const transcript = transcriptOf(draft, project, id);
  let cleared = 0;
  for (let count = 0; count < TRANSCRIPT_BATCHES_OF_CALL_MAX && transcript.lastBatch > 0; count++) {
    const row = batchRowId(id, transcript.firstBatch);
    const items = itemsIn(draft.image(EntityKind.TRANSCRIPT_BATCH, project, row)!);
    if (through !== undefined && (items[0]?.index ?? 0) > through) break;
    removeBatch(draft, project, id, transcript.firstBatch);
    forgetFirst(transcript);
    cleared += items.length;
  }
  if (cleared === 0) return [];
  transcript.items -= cleared;
  if (transcript.lastBatch === 0) transcript.recentUuids = Buffer.alloc(0);
  return [putTranscript(draft, project, id, transcript, EventType.TRANSCRIPT_CLEARED, ['items'])];
}

function findTranscript(draft: Draft, kind: 'popTranscript' | 'clearTranscript', parent: string, path: string) {
  const violations = new Violations();
  checkLength(path, LINE_LENGTH_MAX, 'path', violations.report);
  violations.throwIfAny();
  return kind === 'popTranscript'
    ? findSavingSession(draft, kind, parent, 'parent')
    : findSession(draft, kind, parent, 'parent');
}

function putBatch(draft: Draft, project: string, row: string, items: TranscriptItem[]): number {
  const image = imageOf(transcriptBatch, items);
  return draft.put(EntityKind.TRANSCRIPT_BATCH, project, row, image, EventType.UNSPECIFIED, []);
}

/** The hashes without that of the newest item, if it is among them: it may be appended again. */
function without(run: Buffer, { uuid }: TranscriptItem): Buffer {
  return run.subarray(-UUID_HASH_BYTES).equals(uuidHash(uuid)) ? run.subarray(0, -UUID_HASH_BYTES) : run;
}

function check(path: string, items: readonly TranscriptItem[]): void {
  const violations = new Violations();
  const { report } = violations;
  checkLength(path, LINE_LENGTH_MAX, 'path', report);
  if (items.length === 0 || items.length > TRANSCRIPT_ITEMS_MAX) {
    throw fieldInvalid('items', `has ${items.length} entries, 1 to ${TRANSCRIPT_ITEMS_MAX} are allowed`);
  }
  items.forEach(({ uuid, role, text, content }, i) => {
    violations.prefix = `items[${i}].`;
    checkLength(uuid, TRANSCRIPT_UUID_LENGTH_MAX, 'uuid', report);
    checkLength(role, TRANSCRIPT_ROLE_LENGTH_MAX, 'role', report);
    checkBytes(text, TRANSCRIPT_ITEM_BYTES_MAX, 'text', report);
    checkStruct(content, 'content', report, TRANSCRIPT_ITEM_BYTES_MAX);
  });
  violations.throwIfAny();
}
