// Stored bytes on their way out.

import { Refusal } from '../domain/refusal';
import type { ResourceType } from '../domain/refusal';
import { CHUNK_BYTES_MAX } from '../domain/checkpoints/checkpoint-limits';
import { isBlobDamage } from '../engine/blobs/blob-store';
import type { Engine } from '../engine/engine';

/** Whose bytes they are. */
export interface BytesOwner {
  readonly type: ResourceType;
  readonly name: string;
}

/** The bytes of a blob in parts of at most 1 MiB. Throws DATA_LOSS `CORRUPTION`, naming the owner, in place of the end where they are not what was
 *  stored. */
export async function* blobParts(
  engine: Engine,
  digest: string,
  owner: BytesOwner,
): AsyncGenerator<Buffer, void, void> {
  try {
    const reader = await engine.blobs.read(digest);
    try {
      for (let part = await reader.next(CHUNK_BYTES_MAX); part.length > 0; part = await reader.next(CHUNK_BYTES_MAX)) {
        yield part;
      }
    } finally {
      await reader.close();
    }
  } catch (fault) {
    throw isBlobDamage(fault) ? damaged(owner, (fault as Error).message) : fault;
  }
}

/** All bytes of a blob. Throws DATA_LOSS `CORRUPTION`. */
export async function blobBytes(engine: Engine, digest: string, owner: BytesOwner): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of blobParts(engine, digest, owner)) parts.push(part);
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function damaged(resource: BytesOwner, why: string): Refusal {
  const message = `the stored bytes of ${resource.name} are damaged, and there is no intact copy: ${why}`;
  return new Refusal('CORRUPTION', message, { metadata: { name: resource.name }, resource });
}
