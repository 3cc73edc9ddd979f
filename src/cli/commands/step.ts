import type { Command } from 'commander';
import { GetStepsRequest, PutStepRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Step } from '../../gen/holdfast/v1/work';
import { showList, tell } from '../answer';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { shortId, taskName } from '../resource-name';
import { sessionAction } from '../session/session-run';
import { tableLines } from '../table';
import { parseObject } from '../task-flags';
import { oneLine } from '../text-width';
import { heldToken } from '../work/held-token';
import { holder } from './claim';

/** Adds `step` with its subcommands. */
export function addStep(program: Command, context: CliContext): void {
  const step = program
    .command('step')
    .description('Keep what came of a side effect, so that a later attempt does not repeat it.')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast step get t3 mail-sent\n  holdfast step put t3 mail-sent \'{"id":"m-17"}\'',
    );

  holder(step.command('put'))
    .description(
      'Keep a result under a key of a task that the session holds. What is there already stays, and is shown.',
    )
    .argument('<key>', 'what the step is called')
    .argument('[result]', 'what came of it: a JSON object', '{}')
    .addHelpText('after', '\nExample:\n  holdfast step put t3 mail-sent \'{"id":"m-17"}\'')
    .action(
      sessionAction<{ token?: string }>(context, async (run, [typed, key, result = '{}'], { token }) => {
        const { project, requestId, validateOnly } = run.settings;
        const name = taskName(project, typed!);
        const request = PutStepRequest.fromPartial({
          name,
          fencingToken: await heldToken(run, name, token),
          step: { key, result: parseObject('the result', result) },
          requestId,
          validateOnly,
        });
        const method = TaskServiceService.putStep;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ step: kept, existed }) => {
          if (!kept) return [];
          return existed
            ? [`${oneLine(kept.key)} was kept before: ${resultWords(kept)}`]
            : [`${oneLine(kept.key)} is kept`];
        });
      }),
    );

  step
    .command('get')
    .description(
      'Show the steps of a task, in the order in which they were kept. Exit code 3: none of these keys is there.',
    )
    .argument('<task>', 'a short id, a full name, or an external id')
    .argument('[keys...]', 'only these')
    .addHelpText('after', '\nExamples:\n  holdfast step get t3\n  holdfast step get t3 mail-sent --json')
    .action(
      action(context, async (run, [typed, ...keys]) => {
        const name = taskName(run.settings.project, typed!);
        const request = GetStepsRequest.fromPartial({ name, keys });
        const found = await showList(
          run,
          TaskServiceService.getSteps,
          request,
          0,
          (page) => page.steps,
          (last, steps) => ({ ...last, steps }),
          {
            brief: (one) => `${oneLine(one.key)} ${resultWords(one)}`,
            table: (steps) => stepTable(steps, run.output.columns),
            nothing: keys.length > 0 ? 'None of these steps is kept.' : 'No steps.',
          },
        );
        if (found === 0 && keys.length > 0) context.setExitCode(exitCode.notFound);
      }),
    );
}

function stepTable(steps: readonly Step[], columns: number): string[] {
  const layout = [{ title: 'KEY' }, { title: 'ATTEMPT' }, { title: 'SESSION' }, { title: 'RESULT', flexible: true }];
  const rows = steps.map((one) => [oneLine(one.key), String(one.attempt), shortId(one.session), resultWords(one)]);
  return tableLines(layout, rows, columns);
}

function resultWords({ result }: Step): string {
  return oneLine(JSON.stringify(result ?? {}));
}
