// How large rows and records may be.

import { Change } from '../gen/holdfast/journal/v1/journal';
import { RECORD_BYTES_MAX } from './limits';
import { Refusal } from './refusal';

/** Bytes of a record besides its changes' images and strings: head, principal, session, trace, and each change's numbers
 *  and tags. Far above what they take. */
const RECORD_HEAD_BYTES = 8192;
const CHANGE_HEAD_BYTES = 128;

/** Refuses with TOO_LARGE if the changes do not fit one record of 3 MiB. */
export function checkRecordBytes(changes: readonly Change[]): void {
  let bytes = RECORD_HEAD_BYTES;
  for (const change of changes) bytes += bytesAtMost(change);
  if (bytes > RECORD_BYTES_MAX) {
    bytes = RECORD_HEAD_BYTES;
    for (const change of changes) bytes += Change.encode(change).finish().length;
    if (bytes > RECORD_BYTES_MAX)
      throw tooLarge('what this command changes', bytes, RECORD_BYTES_MAX, '; ask for less at once');
  }
}

/** Refuses with TOO_LARGE if the entities of the reply take more than 3 MiB. Only one entity named often comes to that. */
export function checkReplyBytes(changes: readonly Change[], reply: readonly number[]): void {
  let bytes = 0;
  for (const index of reply) bytes += changes[index]!.image.length;
  if (bytes > RECORD_BYTES_MAX) {
    throw tooLarge(
      'what this command answers',
      bytes,
      RECORD_BYTES_MAX,
      '; name each entity once, or ask for less at once',
    );
  }
}

/** No less than a change takes when encoded: a UTF-16 unit takes at most three bytes. */
function bytesAtMost({ image, project, id, changedPaths: paths, previousIndexed: indexed }: Change): number {
  let units = project.length + id.length;
  for (const path of paths) units += path.length + 2;
  if (indexed)
    units += indexed.queue.length + indexed.parent.length + indexed.assignee.length + indexed.externalId.length;
  return CHANGE_HEAD_BYTES + image.length + 3 * units;
}

/** The row's bytes. Refuses with TOO_LARGE above `bytesMax`; `name` is the row's. */
export function sized(image: Buffer, bytesMax: number, name: string): Buffer {
  if (image.length > bytesMax) throw tooLarge(name, image.length, bytesMax, '');
  return image;
}

function tooLarge(what: string, bytes: number, bytesMax: number, advice: string): Refusal {
  return new Refusal('TOO_LARGE', `${what} would take ${bytes} bytes, at most ${bytesMax} are allowed${advice}`, {
    metadata: { limit_bytes: String(bytesMax) },
  });
}
