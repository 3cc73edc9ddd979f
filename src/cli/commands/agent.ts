import type { Command } from 'commander';
import { AgentServiceService, ListAgentsRequest } from '../../gen/holdfast/v1/agent_service';
import { showList, tell } from '../answer';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { agentName, projectName } from '../resource-name';
import { agentTable, briefAgent } from '../session/session-view';
import { parseCount } from '../whole-number';

/** Adds `agent` with its subcommands. */
export function addAgent(program: Command, context: CliContext): void {
  const agent = program
    .command('agent')
    .description('See who works: an agent appears with its first session.')
    .addHelpText('after', '\nExamples:\n  holdfast agent list\n  holdfast agent show alice');

  agent
    .command('list')
    .description('List agents, by name.')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', '\nExample:\n  holdfast agent list')
    .action(
      action<{ limit: string; pageToken?: string }>(context, async (run, _args, { limit, pageToken }) => {
        const request = ListAgentsRequest.fromPartial({ parent: projectName(run.settings.project), pageToken });
        await showList(
          run,
          AgentServiceService.listAgents,
          request,
          parseCount('--limit', limit),
          (page) => page.agents,
          (last, agents) => ({ ...last, agents }),
          {
            brief: briefAgent,
            table: (agents) => agentTable(agents, run.output.columns, Date.now()),
            nothing: 'No agents. One appears with its first session: holdfast session start --agent NAME',
          },
        );
      }),
    );

  agent
    .command('show')
    .alias('get')
    .description('Show an agent; without an id the one that AGENT_ID names.')
    .argument('[agent]', 'its id or name')
    .addHelpText('after', '\nExample:\n  holdfast agent show alice')
    .action(
      action(context, async (run, [typed = run.settings.agent]) => {
        if (!typed) throw usage('which agent?', 'Give its id, or set AGENT_ID. See: holdfast agent list');
        const method = AgentServiceService.getAgent;
        const request = { name: agentName(run.settings.project, typed), atLeast: undefined };
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, (message) => (message.agent ? [briefAgent(message.agent)] : []));
      }),
    );
}
