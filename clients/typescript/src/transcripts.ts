// What was said in sessions. Each method is one RPC of holdfast.v1.SessionService, whose comments are its manual.

import type { MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import type { TranscriptItem } from './gen/holdfast/v1/checkpoint';
import { AppendTranscriptRequest, SessionServiceService as Service } from './gen/holdfast/v1/session_service';
import type { AppendTranscriptResponse, DeepPartial, ReadTranscriptResponse } from './gen/holdfast/v1/session_service';
import { mutation } from './mutations';
import { nameIn } from './names';

interface OfTranscript {
  /** Whose; without it the client's own session. */
  readonly session?: string;
  /** Which transcript of the session; without it the main one. */
  readonly path?: string;
}

/** An item as a caller writes it. One with a uuid that is there already is left out. */
export type TranscriptItemFields = Pick<DeepPartial<TranscriptItem>, 'uuid' | 'role' | 'text' | 'content'>;

export interface ReadTranscriptOptions extends ReadOptions, OfTranscript {
  /** Only items after this index. */
  readonly afterIndex?: number;
  /** Only the last so many. */
  readonly last?: number;
  /** At most so many in one answer; `more` says that there are others. */
  readonly maxItems?: number;
}

export class Transcripts {
  /** `ownSession` is the name of the session that calls, if one does. */
  constructor(
    private readonly connection: Connection,
    private readonly ownSession?: string,
  ) {}

  /** Appends items, in one record. */
  append(
    items: readonly TranscriptItemFields[],
    options: MutationOptions & OfTranscript = {},
  ): Promise<AppendTranscriptResponse> {
    const request = AppendTranscriptRequest.fromPartial({ items: [...items] });
    const whole = { ...request, ...mutation(options), ...this.transcriptOf(options) };
    return this.connection.unary(Service.appendTranscript, whole, options);
  }

  /** Reads items, oldest first. */
  read(options: ReadTranscriptOptions = {}): Promise<ReadTranscriptResponse> {
    const { afterIndex = 0, last = 0, maxItems = 0, atLeast } = options;
    const request = { ...this.transcriptOf(options), afterIndex, last, maxItems, atLeast };
    return this.connection.unary(Service.readTranscript, request, options);
  }

  /** Takes the newest item away and gives it; undefined if there is none. */
  async pop(options: MutationOptions & OfTranscript = {}): Promise<TranscriptItem | undefined> {
    const request = { ...mutation(options), ...this.transcriptOf(options) };
    return (await this.connection.unary(Service.popTranscript, request, options)).item;
  }

  /** Takes all items away, and gives how many there were. */
  async clear(options: MutationOptions & OfTranscript = {}): Promise<number> {
    const request = { ...mutation(options), ...this.transcriptOf(options) };
    return (await this.connection.unary(Service.clearTranscript, request, options)).cleared;
  }

  private transcriptOf({ session = this.ownSession, path = '' }: OfTranscript): { parent: string; path: string } {
    if (session === undefined) throw new TypeError('options.session is missing: this client has no session of its own');
    return { parent: nameIn(this.connection.options.project, 'sessions', session), path };
  }
}
