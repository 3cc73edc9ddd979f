// The client: one connection to one server, and its services.

import { Connection } from './connection';
import { Events } from './events';
import type { Position } from './gen/holdfast/v1/common';
import { Operations } from './operations';
import { resolveOptions } from './options';
import type { ConnectOptions } from './options';
import { Projects } from './projects';
import { Tasks } from './tasks';

/** A client of one server. Calls may overlap. Close it, or its connection keeps the process alive. */
export class Holdfast {
  readonly tasks: Tasks;
  readonly projects: Projects;
  readonly events: Events;
  readonly operations: Operations;
  private readonly connection: Connection;

  constructor(options: ConnectOptions) {
    this.connection = new Connection(resolveOptions(options));
    this.tasks = new Tasks(this.connection);
    this.projects = new Projects(this.connection);
    this.events = new Events(this.connection);
    this.operations = new Operations(this.connection);
  }

  /** The highest position that this client has seen; undefined before the first answer. */
  get position(): Position | undefined {
    return this.connection.positions.current;
  }

  /** Makes later reads of this client show at least this position: hand over what another process has written. */
  observe(position: Position): void {
    this.connection.positions.seen(position);
  }

  /** Ends what is under way and closes the connection. Open calls reject with CANCELLED, watches end. */
  close(): void {
    this.connection.close();
  }
}

/**
 * Makes a client. It dials when it is first used, so a server may start later. Throws TypeError or RangeError for options that
 * cannot be meant.
 */
export function connect(options: ConnectOptions = {}): Holdfast {
  return new Holdfast(options);
}
