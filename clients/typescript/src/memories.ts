// What agents know. Each method is one RPC of holdfast.v1.MemoryService, whose comments are its manual.

import type { EtagOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { durationOf } from './durations';
import type { JsonObject } from './fields';
import { Memory } from './gen/holdfast/v1/memory';
import { MemoryServiceService as Service } from './gen/holdfast/v1/memory_service';
import type { ListMemoriesResponse } from './gen/holdfast/v1/memory_service';
import { etagged } from './mutations';
import { nameIn, projectName } from './names';
import { Pages } from './pages';

export interface PutMemoryOptions extends EtagOptions {
  /** How long it is kept, in milliseconds; without it for good. */
  readonly ttlMs?: number;
  /** The project, instead of the client's own. */
  readonly project?: string;
}

export interface ListMemoriesOptions extends ReadOptions {
  /** Only those of this namespace and below it. */
  readonly prefix?: string;
  /** Conditions on fields of the value: `value.color = "red"`. */
  readonly filter?: string;
  readonly pageSize?: number;
  readonly project?: string;
}

/** A memory is named by its namespace and its key. */
export class Memories {
  constructor(private readonly connection: Connection) {}

  /** Puts a value, whether there is one or not. With the etag `0` only if there is none. */
  async put(namespace: string, key: string, value: JsonObject, options: PutMemoryOptions = {}): Promise<Memory> {
    const memory = Memory.fromPartial({ namespace, key, value, ttl: durationOf('ttlMs', options.ttlMs) });
    const parent = projectName(options.project ?? this.connection.options.project);
    const request = { ...etagged(options), parent, memory };
    return (await this.connection.unary(Service.putMemory, request, options)).memory!;
  }

  /** A memory. */
  async get(namespace: string, key: string, options: ReadOptions = {}): Promise<Memory> {
    const request = { name: this.nameOf(namespace, key), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getMemory, request, options)).memory!;
  }

  /** The memories that meet all conditions, by namespace and key. */
  list(options: ListMemoriesOptions = {}): Pages<ListMemoriesResponse, Memory> {
    const { prefix = '', filter = '', pageSize = 0, atLeast, project = this.connection.options.project } = options;
    const request = { parent: projectName(project), namespacePrefix: prefix, filter, pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listMemories, { ...request, pageToken }, options),
      (page) => page.memories,
    );
  }

  /** Takes a memory away for good, and gives it as it was. */
  async delete(namespace: string, key: string, options: EtagOptions = {}): Promise<Memory> {
    const request = { ...etagged(options), name: this.nameOf(namespace, key) };
    return (await this.connection.unary(Service.deleteMemory, request, options)).memory!;
  }

  private nameOf(namespace: string, key: string): string {
    return nameIn(this.connection.options.project, 'memories', `${namespace}/${key}`);
  }
}
