// All that can be asked of a server, over one connection. A client and a session are this, and more.

import { Agents } from './agents';
import { Checkpoints } from './checkpoints';
import type { Connection } from './connection';
import { Events } from './events';
import type { Position } from './gen/holdfast/v1/common';
import { Locks } from './locks';
import { Memories } from './memories';
import { Messages } from './messages';
import { Operations } from './operations';
import { Projects } from './projects';
import { Queues } from './queues';
import { Tasks } from './tasks';
import { Transcripts } from './transcripts';

export class Services {
  readonly tasks: Tasks;
  readonly projects: Projects;
  readonly queues: Queues;
  readonly agents: Agents;
  readonly checkpoints: Checkpoints;
  readonly transcripts: Transcripts;
  readonly locks: Locks;
  readonly memories: Memories;
  readonly messages: Messages;
  readonly events: Events;
  readonly operations: Operations;

  /** `ownSession` is the name of the session that calls, if one does. */
  constructor(
    protected readonly connection: Connection,
    ownSession?: string,
  ) {
    this.tasks = new Tasks(connection);
    this.projects = new Projects(connection);
    this.queues = new Queues(connection);
    this.agents = new Agents(connection);
    this.checkpoints = new Checkpoints(connection, ownSession);
    this.transcripts = new Transcripts(connection, ownSession);
    this.locks = new Locks(connection);
    this.memories = new Memories(connection);
    this.messages = new Messages(connection, ownSession);
    this.events = new Events(connection);
    this.operations = new Operations(connection);
  }

  /** The highest position that this client has seen; undefined before the first answer. */
  get position(): Position | undefined {
    return this.connection.positions.current;
  }

  /** Makes later reads of this client show at least this position: hand over what another process has written. */
  observe(position: Position): void {
    this.connection.positions.seen(position);
  }
}
