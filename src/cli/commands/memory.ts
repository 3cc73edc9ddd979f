import type { Command } from 'commander';
import { text as readAll } from 'node:stream/consumers';
import type { Memory } from '../../gen/holdfast/v1/memory';
import {
  DeleteMemoryRequest,
  ListMemoriesRequest,
  MemoryServiceService,
  PutMemoryRequest,
} from '../../gen/holdfast/v1/memory_service';
import { showList, tell } from '../answer';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { projectName } from '../resource-name';
import { tableLines } from '../table';
import { parseObject } from '../task-flags';
import { oneLine } from '../text-width';
import { atOf, durationOf, relativeTime } from '../times';
import { parseCount } from '../whole-number';

interface PutFlags {
  text?: boolean;
  ttl?: string;
  etag?: string;
  new?: boolean;
}

interface ListFlags {
  filter?: string;
  limit: string;
  pageToken?: string;
}

/** Adds `memory` with its subcommands. */
export function addMemory(program: Command, context: CliContext): void {
  const memory = program
    .command('memory')
    .description('Keep what agents know beyond a session: a JSON object under a namespace and a key.')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast memory put users/ada/editor \'{"name":"vim"}\'\n  holdfast memory list users/ada',
    );

  memory
    .command('put')
    .description('Put a memory, whether it is there or not.')
    .argument('<name>', 'namespace and key: users/ada/editor')
    .argument('<value>', 'a JSON object; - for standard input')
    .option('--text', 'the value is plain text: kept as {"text": …}')
    .option('--ttl <duration>', 'how long it is kept after each put; for good if not given')
    .option('--etag <etag>', 'only if it still has this etag')
    .option('--new', 'only if it is not there')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast memory put users/ada/editor \'{"name":"vim"}\'\n  holdfast memory put build/hint "Run make first" --text',
    )
    .action(
      action<PutFlags>(context, async (run, [typed, given], flags) => {
        const { project, requestId, validateOnly } = run.settings;
        if (flags.new && flags.etag !== undefined) throw usage('--new and --etag exclude each other');
        const text = given === '-' ? (await readAll(context.stdin)).trimEnd() : given!;
        const value = flags.text ? { text } : parseObject('the value', text);
        const request = PutMemoryRequest.fromPartial({
          parent: projectName(project),
          memory: { ...partsOf(project, typed!), value, ttl: durationOf('--ttl', flags.ttl) },
          etag: flags.new ? '0' : flags.etag,
          requestId,
          validateOnly,
        });
        const method = MemoryServiceService.putMemory;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ memory: put }) =>
          put ? [`${pathOf(put)} is kept, revision ${put.revision}, etag ${put.etag}`] : [],
        );
      }),
    );

  memory
    .command('get')
    .alias('show')
    .description('Print the value of a memory as JSON; --json: all of it.')
    .argument('<name>', 'namespace and key')
    .addHelpText('after', '\nExample:\n  holdfast memory get users/ada/editor')
    .action(
      action(context, async (run, [typed]) => {
        const method = MemoryServiceService.getMemory;
        const request = { name: memoryName(run.settings.project, typed!), atLeast: undefined };
        const answer = await run.connection.call(method, request);
        const found = answer.message.memory;
        if (run.settings.form === 'json') return tell(run, method, answer, () => []);
        if (found) await run.output.line(JSON.stringify(found.value ?? {}));
      }),
    );

  memory
    .command('list')
    .description('List memories by namespace and key.')
    .argument('[namespace]', 'only of this namespace and below it')
    .option('--filter <filter>', 'by value: value.color = "red" AND value.size >= 3')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText(
      'after',
      "\nExamples:\n  holdfast memory list users/ada\n  holdfast memory list --filter 'value.size >= 3'",
    )
    .action(
      action<ListFlags>(context, async (run, [namespacePrefix], { filter, limit, pageToken }) => {
        const request = ListMemoriesRequest.fromPartial({
          parent: projectName(run.settings.project),
          namespacePrefix,
          filter,
          pageToken,
        });
        await showList(
          run,
          MemoryServiceService.listMemories,
          request,
          parseCount('--limit', limit),
          (page) => page.memories,
          (last, memories) => ({ ...last, memories }),
          {
            brief: (one) => `${pathOf(one)} ${valueWords(one)}`,
            table: (all) => memoryTable(all, run.output.columns, Date.now()),
            nothing: 'No memories.',
          },
        );
      }),
    );

  memory
    .command('delete')
    .description('Take a memory away for good.')
    .argument('<name>', 'namespace and key')
    .option('--etag <etag>', 'only if it still has this etag')
    .addHelpText('after', '\nExample:\n  holdfast memory delete users/ada/editor')
    .action(
      action<{ etag?: string }>(context, async (run, [typed], { etag }) => {
        const { project, requestId, validateOnly } = run.settings;
        const name = memoryName(project, typed!);
        const request = DeleteMemoryRequest.fromPartial({ name, etag, requestId, validateOnly });
        const method = MemoryServiceService.deleteMemory;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, () => [`${typed} is gone`]);
      }),
    );
}

/** Namespace and key of what was typed: the key is the last part. */
function partsOf(project: string, typed: string): { namespace: string; key: string } {
  const path = memoryName(project, typed).split('/memories/')[1]!;
  const at = path.lastIndexOf('/');
  return { namespace: path.slice(0, at), key: path.slice(at + 1) };
}

function memoryName(project: string, typed: string): string {
  if (/^projects\/[^/]+\/memories\/.+\/./.test(typed)) return typed;
  if (!/^[^/]+(\/[^/]+)+$/.test(typed)) throw usage('a memory is named by namespace and key: users/ada/editor');
  return `${projectName(project)}/memories/${typed}`;
}

function pathOf({ namespace, key }: Memory): string {
  return oneLine(`${namespace}/${key}`);
}

function valueWords({ value }: Memory): string {
  return oneLine(JSON.stringify(value ?? {}));
}

function memoryTable(memories: readonly Memory[], columns: number, now: number): string[] {
  const layout = [{ title: 'NAME' }, { title: 'CHANGED' }, { title: 'GOES' }, { title: 'VALUE', flexible: true }];
  const rows = memories.map((one) => [
    pathOf(one).slice(0, 40),
    one.updateTime ? relativeTime(atOf(one.updateTime), now) : '',
    one.expireTime ? relativeTime(atOf(one.expireTime), now) : '',
    valueWords(one),
  ]);
  return tableLines(layout, rows, columns);
}
