// The queues of a server. Each method is one RPC of holdfast.v1.QueueService, whose comments are its manual.

import type { EtagOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { maskOf } from './fields';
import { Queue } from './gen/holdfast/v1/queue';
import type { DeepPartial } from './gen/holdfast/v1/queue';
import { QueueServiceService as Service } from './gen/holdfast/v1/queue_service';
import type { ListQueuesResponse } from './gen/holdfast/v1/queue_service';
import { nameIn, projectName } from './names';
import { Pages } from './pages';
import { etagged } from './mutations';

/** The settings of a queue that a caller sets. */
export type QueueFields = Pick<DeepPartial<Queue>, 'paused' | 'concurrencyLimit' | 'retryPolicy' | 'timeouts'>;

/** Wherever a method takes a queue, its id is enough. */
export class Queues {
  constructor(private readonly connection: Connection) {}

  /** A queue with its counts. One that nobody has named is there too, with its defaults. */
  async get(queue: string, options: ReadOptions = {}): Promise<Queue> {
    const request = { name: this.nameOf(queue), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getQueue, request, options)).queue!;
  }

  /** The queues that have settings or live tasks, by name. */
  list(
    options: ReadOptions & { readonly pageSize?: number; readonly project?: string } = {},
  ): Pages<ListQueuesResponse, Queue> {
    const { pageSize = 0, atLeast, project = this.connection.options.project } = options;
    const request = { parent: projectName(project), pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listQueues, { ...request, pageToken }, options),
      (page) => page.queues,
    );
  }

  /** Changes the settings that are given; one that is given empty is cleared. */
  async update(
    queue: string,
    fields: QueueFields,
    options: EtagOptions & { readonly updateMask?: readonly string[] } = {},
  ): Promise<Queue> {
    const changed = Queue.fromPartial({ ...fields, name: this.nameOf(queue) });
    const request = { ...etagged(options), queue: changed, updateMask: [...(options.updateMask ?? maskOf(fields))] };
    return (await this.connection.unary(Service.updateQueue, request, options)).queue!;
  }

  private nameOf(queue: string): string {
    return nameIn(this.connection.options.project, 'queues', queue);
  }
}
