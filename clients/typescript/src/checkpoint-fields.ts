// A checkpoint as a caller writes it.

import type { MutationOptions } from './call-options';
import type { JsonObject } from './fields';
import { SaveCheckpointRequest } from './gen/holdfast/v1/session_service';
import type { Held } from './holder-verbs';
import { taskName } from './names';

export interface OfSession {
  /** Whose; without it the client's own session. */
  readonly session?: string;
}

export interface OfNamespace extends OfSession {
  /** The line of work within the session; without it the main one. */
  readonly namespace?: string;
}

export interface SaveCheckpointOptions extends MutationOptions, OfNamespace {
  /** Its id; without it the server gives one: c1, c2, … */
  readonly id?: string;
  /** The name of the checkpoint before it. */
  readonly parent?: string;
  readonly mediaType?: string;
  /** Its `metadata`: for programs, and for filters. (`metadata` is that of the call.) */
  readonly facts?: JsonObject;
  /** The held tasks that it belongs to: each shows it as `latestCheckpoint`. */
  readonly tasks?: readonly Held[];
}

/** The bytes of what is to be saved: an object is saved as JSON. */
export function bytesOf(data: Uint8Array | JsonObject): { readonly bytes: Buffer; readonly mediaType: string } {
  if (data instanceof Uint8Array) return { bytes: Buffer.from(data), mediaType: '' };
  return { bytes: Buffer.from(JSON.stringify(data)), mediaType: 'application/json' };
}

/** The message of a checkpoint, without its bytes. `session` is a whole name. */
export function savingOf(
  project: string,
  session: string,
  options: SaveCheckpointOptions,
  mediaType: string,
): SaveCheckpointRequest {
  const { id, namespace, parent, tasks = [], facts } = options;
  return SaveCheckpointRequest.fromPartial({
    parent: session,
    checkpointId: id,
    checkpoint: {
      namespace,
      parent,
      mediaType: options.mediaType ?? mediaType,
      metadata: facts,
      tasks: tasks.map(({ name }) => taskName(project, name)),
    },
    fencingTokens: tasks.map(({ lease }) => lease?.fencingToken ?? 0),
  });
}
