import type { Command } from 'commander';
import { Operation } from '../../gen/holdfast/v1/operation';
import {
  ListOperationsRequest,
  ListOperationsResponse,
  OperationServiceService,
} from '../../gen/holdfast/v1/operation_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { followOperation, tellOutcome } from '../follow-operation';
import { operationName, operationStateWord, outcomeLines, progressWords, purposeOf } from '../operation-words';
import { pages } from '../pages';
import { jsonOf } from '../proto-json';
import { shortId } from '../resource-name';
import { parseDurationMs } from '../settings';
import { tableLines } from '../table';
import { fitTo } from '../text-width';
import { atOf, relativeTime } from '../times';
import { parseCount } from '../whole-number';

/** Adds `operation` with its subcommands. */
export function addOperation(program: Command, context: CliContext): void {
  const operation = program
    .command('operation')
    .description('See how long work stands, wait for it, stop it. It goes on when its caller goes away.')
    .addHelpText('after', '\nExamples:\n  holdfast operation list\n  holdfast operation wait op-1');

  operation
    .command('list')
    .description('List operations, newest first, until 7 days after their end.')
    .option('--limit <n>', 'at most this many; 0 for all', '20')
    .addHelpText('after', '\nExample:\n  holdfast operation list --limit 5')
    .action(action<{ limit: string }>(context, (run, _args, { limit }) => list(run, parseCount('--limit', limit))));

  operation
    .command('get')
    .alias('show')
    .description('Show an operation: how far it is, or what came of it.')
    .argument('<operation>', 'its id')
    .addHelpText('after', '\nExample:\n  holdfast operation get op-1')
    .action(
      action(context, async (run, [typed]) => {
        const request = { name: operationName(typed!), atLeast: undefined };
        const answer = await run.connection.call(OperationServiceService.getOperation, request);
        await show(run, answer.message.operation, 'holdfast.v1.GetOperationResponse', answer.bytes);
      }),
    );

  operation
    .command('cancel')
    .description('Ask an operation to stop. What it has done stays done.')
    .argument('<operation>', 'its id')
    .addHelpText('after', '\nExample:\n  holdfast operation cancel op-1')
    .action(
      action(context, async (run, [typed]) => {
        const { requestId, validateOnly } = run.settings;
        const request = { name: operationName(typed!), requestId, validateOnly };
        const answer = await run.connection.call(OperationServiceService.cancelOperation, request);
        await show(run, answer.message.operation, 'holdfast.v1.CancelOperationResponse', answer.bytes);
      }),
    );

  operation
    .command('wait')
    .description('Wait until an operation has ended. Exit code 0: it did all that it was to do.')
    .argument('<operation>', 'its id')
    .option('--for <duration>', 'at most this long, then exit code 75: 30s, 5m')
    .addHelpText('after', '\nExamples:\n  holdfast operation wait op-1\n  holdfast operation wait op-1 --for 5m')
    .action(
      action<{ for?: string }>(context, async (run, [typed], flags) => {
        const name = operationName(typed!);
        const followed = await followOperation(run, name, parseDurationMs('--for', flags.for, 0));
        if (run.settings.form === 'json' && followed.kind === 'ended') await printJson(run, followed.operation);
        await tellOutcome(run, name, followed);
      }),
    );
}

/** Prints an operation as one line of ProtoJSON. */
export async function printJson({ output }: Run, operation: Operation): Promise<void> {
  await output.line(JSON.stringify(jsonOf('holdfast.v1.Operation', Operation.encode(operation).finish())));
}

async function show(run: Run, operation: Operation | undefined, typeName: string, bytes: Uint8Array): Promise<void> {
  const { output, settings } = run;
  if (settings.form === 'json' || !operation) return output.line(JSON.stringify(jsonOf(typeName, bytes)));
  if (settings.form === 'brief') return output.line(briefLine(operation));
  const purpose = purposeOf(operation);
  const lines = purpose === '' ? [] : [purpose];
  await output.lines([...outcomeLines(operation), ...lines].map((line) => fitTo(line, output.columns)));
}

async function list({ connection, settings, output }: Run, limit: number): Promise<void> {
  const operations: Operation[] = [];
  let next = '';
  const method = OperationServiceService.listOperations;
  const request = ListOperationsRequest.fromPartial({});
  for await (const { message } of pages(connection, method, request, limit, (page) => page.operations)) {
    operations.push(...message.operations);
    next = message.nextPageToken;
  }
  if (settings.form === 'json') {
    const all = ListOperationsResponse.fromPartial({ operations, nextPageToken: next });
    const json = jsonOf('holdfast.v1.ListOperationsResponse', ListOperationsResponse.encode(all).finish());
    return output.line(JSON.stringify(json));
  }
  if (settings.form === 'brief') await output.lines(operations.map(briefLine));
  else if (operations.length === 0) output.remark('No operations.');
  else {
    const layout = ['ID', 'STATE', 'DONE', 'STARTED'].map((title) => ({ title }));
    const now = Date.now();
    const rows = operations.map((one) => [
      shortId(one.name),
      operationStateWord(one),
      progressWords(one),
      one.createTime ? relativeTime(atOf(one.createTime), now) : '',
    ]);
    const [head, ...rest] = tableLines(layout, rows, output.columns);
    await output.line(output.dim(head!));
    // The ids take half a terminal, so what an operation does stands below.
    for (const [index, line] of rest.entries()) {
      await output.lines([line, output.dim(fitTo(`    ${purposeOf(operations[index]!)}`, output.columns))]);
    }
  }
  if (next) output.remark('There are more: --limit 0 for all.');
}

function briefLine(operation: Operation): string {
  const parts = [
    shortId(operation.name),
    operationStateWord(operation),
    progressWords(operation),
    purposeOf(operation),
  ];
  return fitTo(parts.filter(Boolean).join(' '), 100);
}
