// The agents of a server. Each method is one RPC of holdfast.v1.AgentService, whose comments are its manual.

import type { ReadOptions } from './call-options';
import type { Connection } from './connection';
import { AgentServiceService as Service } from './gen/holdfast/v1/agent_service';
import type { ListAgentsResponse } from './gen/holdfast/v1/agent_service';
import type { Agent } from './gen/holdfast/v1/session';
import { nameIn, projectName } from './names';
import { Pages } from './pages';

/** Wherever a method takes an agent, its id is enough. An agent appears with its first session. */
export class Agents {
  constructor(private readonly connection: Connection) {}

  /** An agent. */
  async get(agent: string, options: ReadOptions = {}): Promise<Agent> {
    const request = { name: nameIn(this.connection.options.project, 'agents', agent), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getAgent, request, options)).agent!;
  }

  /** The agents, by name. */
  list(
    options: ReadOptions & { readonly pageSize?: number; readonly project?: string } = {},
  ): Pages<ListAgentsResponse, Agent> {
    const { pageSize = 0, atLeast, project = this.connection.options.project } = options;
    const request = { parent: projectName(project), pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listAgents, { ...request, pageToken }, options),
      (page) => page.agents,
    );
  }
}
