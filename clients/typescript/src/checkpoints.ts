// What agents save. Each method is one RPC of holdfast.v1.SessionService, whose comments are its manual.

import { randomUUID } from 'node:crypto';
import type { CallOptions, MutationOptions, ReadOptions } from './call-options';
import { downloaded, uploadMessages } from './checkpoint-bytes';
import type { Bytes } from './checkpoint-bytes';
import { bytesOf, savingOf } from './checkpoint-fields';
import type { OfNamespace, OfSession, SaveCheckpointOptions } from './checkpoint-fields';
import type { Connection } from './connection';
import type { JsonObject } from './fields';
import type { Checkpoint, CheckpointRetention, PendingWrite } from './gen/holdfast/v1/checkpoint';
import {
  PutCheckpointWritesRequest,
  SessionServiceService as Service,
  SetCheckpointRetentionRequest,
} from './gen/holdfast/v1/session_service';
import type {
  DeepPartial,
  DeleteCheckpointsResponse,
  ListCheckpointsResponse,
  SaveCheckpointRequest,
} from './gen/holdfast/v1/session_service';
import { mutation } from './mutations';
import { nameIn } from './names';
import { Pages } from './pages';

export interface ListCheckpointsOptions extends ReadOptions, OfNamespace {
  /** Conditions on the facts, as `metadata`: `metadata.step >= 3`. */
  readonly filter?: string;
  /** Only those older than this one. */
  readonly before?: string;
  readonly pageSize?: number;
}

/** A checkpoint is named whole: `projects/P/sessions/S/checkpoints/C`, as `save` gives it. */
export class Checkpoints {
  /** `ownSession` is the name of the session that calls, if one does. */
  constructor(
    private readonly connection: Connection,
    private readonly ownSession?: string,
  ) {}

  /** Saves up to 3 MiB. An object is saved as JSON. */
  async save(data: Uint8Array | JsonObject, options: SaveCheckpointOptions = {}): Promise<Checkpoint> {
    const { bytes, mediaType } = bytesOf(data);
    const request = this.saving(options, mediaType);
    const checkpoint = { ...request.checkpoint!, data: bytes };
    return (await this.connection.unary(Service.saveCheckpoint, { ...request, checkpoint }, options)).checkpoint!;
  }

  /** Saves up to 1 GiB, piece by piece. It is sent once: after an error send it again with the error's `requestId`. */
  async upload(bytes: Bytes, options: SaveCheckpointOptions = {}): Promise<Checkpoint> {
    const begin = this.saving({ ...options, requestId: options.requestId ?? randomUUID() }, '');
    const messages = uploadMessages(begin, bytes);
    const answer = await this.connection.clientStream(Service.uploadCheckpoint, messages, begin.requestId, options);
    return answer.checkpoint!;
  }

  /** A checkpoint with its bytes, up to 3 MiB, and its pending writes. */
  async get(checkpoint: string, options: ReadOptions = {}): Promise<Checkpoint> {
    const request = { name: checkpoint, namespace: '', atLeast: options.atLeast };
    return (await this.connection.unary(Service.getCheckpoint, request, options)).checkpoint!;
  }

  /** The newest checkpoint of a namespace, with its bytes. */
  async latest(options: ReadOptions & OfNamespace = {}): Promise<Checkpoint> {
    const request = { name: this.sessionOf(options), namespace: options.namespace ?? '', atLeast: options.atLeast };
    return (await this.connection.unary(Service.getCheckpoint, request, options)).checkpoint!;
  }

  /** The bytes of a checkpoint of any size, piece by piece. Throws a HoldfastError; nothing is tried again. */
  download(checkpoint: string, options: CallOptions = {}): AsyncGenerator<Buffer, void, undefined> {
    return downloaded(this.connection, checkpoint, options);
  }

  /** The checkpoints of a namespace, newest first, without bytes; of all with the namespace `-`. */
  list(options: ListCheckpointsOptions = {}): Pages<ListCheckpointsResponse, Checkpoint> {
    const { namespace = '', filter = '', before = '', pageSize = 0, atLeast } = options;
    const request = { parent: this.sessionOf(options), namespace, filter, before, pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listCheckpoints, { ...request, pageToken }, options),
      (page) => page.checkpoints,
    );
  }

  /** Keeps writes against a checkpoint, and gives how many are new. */
  async putWrites(
    checkpoint: string,
    writes: readonly DeepPartial<PendingWrite>[],
    options: MutationOptions = {},
  ): Promise<number> {
    const request = PutCheckpointWritesRequest.fromPartial({ name: checkpoint, writes: [...writes] });
    return (await this.connection.unary(Service.putCheckpointWrites, { ...request, ...mutation(options) }, options))
      .added;
  }

  /** Copies a namespace to another one, or to another session. */
  async copy(
    to: { readonly session?: string; readonly namespace?: string },
    options: MutationOptions & OfNamespace = {},
  ): Promise<Checkpoint[]> {
    const request = {
      ...mutation(options),
      parent: this.sessionOf(options),
      namespace: options.namespace ?? '',
      destination: to.session === undefined ? this.sessionOf(options) : this.nameOf(to.session),
      destinationNamespace: to.namespace ?? '',
    };
    return (await this.connection.unary(Service.copyCheckpoints, request, options)).checkpoints;
  }

  /** Takes checkpoints away for good: those that are named, or all of a namespace; at most 1000, `more` says that there are others. */
  delete(
    which: { readonly names: readonly string[] } | { readonly namespace: string },
    options: MutationOptions & OfSession = {},
  ): Promise<DeleteCheckpointsResponse> {
    const names = 'names' in which ? [...which.names] : [];
    const namespace = 'names' in which ? '' : which.namespace;
    const request = { ...mutation(options), parent: this.sessionOf(options), names, namespace };
    return this.connection.unary(Service.deleteCheckpoints, request, options);
  }

  /** Sets how long the checkpoints of a namespace are kept from now on, and gives how many went at once. */
  async setRetention(
    retention: DeepPartial<CheckpointRetention> | undefined,
    options: MutationOptions & OfNamespace = {},
  ): Promise<number> {
    const { namespace = '' } = options;
    const parent = this.sessionOf(options);
    const request = SetCheckpointRetentionRequest.fromPartial({ parent, namespace, retention });
    return (await this.connection.unary(Service.setCheckpointRetention, { ...request, ...mutation(options) }, options))
      .deleted;
  }

  private saving(options: SaveCheckpointOptions, mediaType: string): SaveCheckpointRequest {
    const request = savingOf(this.connection.options.project, this.sessionOf(options), options, mediaType);
    return { ...request, ...mutation(options) };
  }

  private sessionOf({ session = this.ownSession }: OfSession): string {
    if (session === undefined) throw new TypeError('options.session is missing: this client has no session of its own');
    return this.nameOf(session);
  }

  private nameOf(session: string): string {
    return nameIn(this.connection.options.project, 'sessions', session);
  }
}
