// The client: one connection to one server, and its services.

import { Connection } from './connection';
import { resolveOptions } from './options';
import type { ConnectOptions } from './options';
import { Services } from './services';
import { Sessions } from './sessions';

/** A client of one server. Calls may overlap. Close it, or its connection keeps the process alive. */
export class Holdfast extends Services {
  readonly sessions: Sessions;

  constructor(options: ConnectOptions) {
    const resolved = resolveOptions(options);
    super(new Connection(resolved), options.session?.name);
    this.sessions = new Sessions(this.connection);
  }

  /**
   * Ends what is under way and closes the connection. Open calls reject with CANCELLED, watches end. Sessions give no sign of
   * life any more: end them first.
   */
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
