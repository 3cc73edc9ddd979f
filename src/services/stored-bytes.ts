// Bytes of requests on their way to where they stay: up to 64 KiB in the command, beyond that in a blob which the command names.
//
// The request id's hash is of the request as it came: whoever sends it again sends the bytes again.

import { hash } from 'node:crypto';
import type { Command } from '../domain/command';
import { CHECKPOINT_MESSAGE_BYTES_MAX, INLINE_BYTES_MAX } from '../domain/checkpoints/checkpoint-limits';
import { Refusal } from '../domain/refusal';
import type { BlobStore, PinnedBlob } from '../engine/blobs/blob-store';
import type { Engine } from '../engine/engine';
import type { Executed } from '../engine/executed';
import type { Artifact } from '../gen/holdfast/v1/work';
import type { Checkpoint } from '../gen/holdfast/v1/checkpoint';

/** Where bytes stay. `data`: themselves, up to 64 KiB; empty for those in a blob. */
export interface PlacedBytes {
  readonly data: Buffer;
  readonly digest: string;
  readonly sizeBytes: number;
}

const NO_BYTES = Buffer.alloc(0);

/** Executes a command whose bytes are placed first: those of a checkpoint, of artifacts, and of such mutations in an apply. */
export async function executeWithBytes(engine: Engine, command: Command): Promise<Executed> {
  const bytes = new BytesOfCall(engine.blobs);
  try {
    return await engine.execute(await placed(command, bytes));
  } finally {
    bytes.release();
  }
}

/** The bytes that one call brings. They are pinned until it is over. */
export class BytesOfCall {
  private readonly pins: PinnedBlob[] = [];

  constructor(private readonly blobs: BlobStore) {}

  /** Stores bytes where they stay. */
  async place(bytes: Buffer): Promise<PlacedBytes> {
    if (bytes.length <= INLINE_BYTES_MAX) {
      return { data: bytes, digest: hash('sha256', bytes), sizeBytes: bytes.length };
    }
    const { digest, sizeBytes } = await this.pin(bytes);
    return { data: NO_BYTES, digest, sizeBytes };
  }

  /** Stores bytes in a blob, however few they are. */
  async pin(bytes: Buffer): Promise<PinnedBlob> {
    const blob = await this.blobs.keep(bytes);
    this.pins.push(blob);
    return blob;
  }

  release(): void {
    for (const blob of this.pins.splice(0)) blob.release();
  }
}

async function placed(command: Command, bytes: BytesOfCall): Promise<Command> {
  switch (command.kind) {
    case 'saveCheckpoint': {
      const { request } = command;
      return { ...command, request: { ...request, checkpoint: await placedCheckpoint(request.checkpoint, bytes) } };
    }
    case 'completeTask': {
      const { request } = command;
      if (request.artifacts.length === 0) return command;
      return { ...command, request: { ...request, artifacts: await placedArtifacts(request.artifacts, bytes) } };
    }
    case 'applyMutations': {
      const mutations: typeof command.request.mutations = [];
      for (const each of command.request.mutations) mutations.push(await placedMutation(each, bytes));
      return { ...command, request: { ...command.request, mutations } };
    }
    default:
      return command;
  }
}

type Mutation = Extract<Command, { kind: 'applyMutations' }>['request']['mutations'][number];

async function placedMutation(each: Mutation, bytes: BytesOfCall): Promise<Mutation> {
  const { mutation } = each;
  if (mutation?.$case === 'saveCheckpoint') {
    const checkpoint = await placedCheckpoint(mutation.value.checkpoint, bytes);
    return { ...each, mutation: { ...mutation, value: { ...mutation.value, checkpoint } } };
  }
  if (mutation?.$case === 'completeTask' && mutation.value.artifacts.length > 0) {
    const artifacts = await placedArtifacts(mutation.value.artifacts, bytes);
    return { ...each, mutation: { ...mutation, value: { ...mutation.value, artifacts } } };
  }
  return each;
}

async function placedCheckpoint(given: Checkpoint | undefined, bytes: BytesOfCall): Promise<Checkpoint | undefined> {
  if (!given) return undefined;
  const { length } = given.data;
  if (length > CHECKPOINT_MESSAGE_BYTES_MAX) {
    const message = `the checkpoint is ${length} bytes, at most ${CHECKPOINT_MESSAGE_BYTES_MAX} are taken here: UploadCheckpoint takes more`;
    throw new Refusal('TOO_LARGE', message, { metadata: { limit_bytes: String(CHECKPOINT_MESSAGE_BYTES_MAX) } });
  }
  return { ...given, ...(await bytes.place(given.data)) };
}

async function placedArtifacts(given: readonly Artifact[], bytes: BytesOfCall): Promise<Artifact[]> {
  const all: Artifact[] = [];
  // What is elsewhere has the digest and the size that the caller says.
  for (const each of given) all.push(each.uri === '' ? { ...each, ...(await bytes.place(each.data)) } : each);
  return all;
}
