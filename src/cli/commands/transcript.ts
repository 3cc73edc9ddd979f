import type { Command } from 'commander';
import { text as readAll } from 'node:stream/consumers';
import { readFileSync } from 'node:fs';
import { TranscriptItem } from '../../gen/holdfast/v1/checkpoint';
import {
  AppendTranscriptRequest,
  ClearTranscriptRequest,
  PopTranscriptRequest,
  ReadTranscriptRequest,
  ReadTranscriptResponse,
  SessionServiceService,
} from '../../gen/holdfast/v1/session_service';
import { responseType, tell } from '../answer';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { jsonOf } from '../proto-json';
import { sessionAction } from '../session/session-run';
import { fitTo, oneLine, plainText } from '../text-width';
import { itemsOfLines } from '../transcript-lines';
import { parseCount } from '../whole-number';
import { named } from './session';

interface AppendFlags {
  role: string;
  text?: boolean;
  path: string;
}

interface ShowFlags {
  of?: string;
  path: string;
  last?: string;
  after: string;
}

/** The server takes so many items in one call, and gives so many. */
const itemsMax = 1000;
const readItemsMax = 10_000;

const pathFlag = ['--path <path>', 'which transcript of the session; the main one if not given', ''] as const;
const ofFlag = ['--of <session>', 'of this session; else of the one that acts'] as const;

/** Adds `transcript` with its subcommands. */
export function addTranscript(program: Command, context: CliContext): void {
  const transcript = program
    .command('transcript')
    .description('Keep what was said in a session, item by item, and read it again.')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast transcript append items.jsonl\n  holdfast transcript show --last 20',
    );

  transcript
    .command('append')
    .description('Append items: JSON lines with role and text or content; or with --text one item of plain text.')
    .argument('[file]', 'where they are; - for standard input', '-')
    .option('--text', 'the whole input is the text of one item')
    .option('--role <role>', 'the role of items that name none', 'user')
    .option(...pathFlag)
    .addHelpText(
      'after',
      '\nAn item with the uuid of one that is there is left out.\n' +
        '\nExamples:\n  holdfast transcript append items.jsonl\n  holdfast transcript append --text --role assistant answer.md',
    )
    .action(
      sessionAction<AppendFlags>(context, async (run, [file = '-'], flags) => {
        const { requestId, validateOnly } = run.settings;
        const given = await readInput(file, context);
        const items = flags.text
          ? [TranscriptItem.fromPartial({ role: flags.role, text: given.trimEnd() })]
          : itemsOfLines(given, flags.role);
        if (items.length === 0) throw usage('there is nothing to append');
        if (items.length > itemsMax) throw usage(`at most ${itemsMax} items at once`, 'Append them in parts.');
        const request = AppendTranscriptRequest.fromPartial({
          parent: run.session,
          path: flags.path,
          items,
          requestId,
          validateOnly,
        });
        const method = SessionServiceService.appendTranscript;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ appended, lastIndex }) => [`${appended} appended, up to ${lastIndex}`]);
      }),
    );

  transcript
    .command('show')
    .description('Print a transcript, oldest first.')
    .option(...ofFlag)
    .option(...pathFlag)
    .option('--last <n>', 'only the last so many')
    .option('--after <index>', 'only items after this index', '0')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast transcript show --last 20\n  holdfast transcript show --of s1 --json',
    )
    .action(action<ShowFlags>(context, show));

  transcript
    .command('pop')
    .description('Take the newest item away, and print it.')
    .option(...pathFlag)
    .addHelpText('after', '\nExample:\n  holdfast transcript pop')
    .action(
      sessionAction<{ path: string }>(context, async (run, _args, { path }) => {
        const { requestId, validateOnly } = run.settings;
        const request = PopTranscriptRequest.fromPartial({ parent: run.session, path, requestId, validateOnly });
        const method = SessionServiceService.popTranscript;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ item }) => (item ? itemLines(item) : ['it is empty']));
      }),
    );

  transcript
    .command('clear')
    .description('Take all items of a transcript away.')
    .option(...pathFlag)
    .addHelpText('after', '\nExample:\n  holdfast transcript clear --path drafts')
    .action(
      sessionAction<{ path: string }>(context, async (run, _args, { path }) => {
        const { requestId, validateOnly } = run.settings;
        const request = ClearTranscriptRequest.fromPartial({ parent: run.session, path, requestId, validateOnly });
        const method = SessionServiceService.clearTranscript;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ cleared }) => [`${cleared} items cleared`]);
      }),
    );
}

async function show(run: Run, _args: readonly string[], flags: ShowFlags): Promise<void> {
  const { settings, output, connection } = run;
  const method = SessionServiceService.readTranscript;
  const parent = named(run, flags.of);
  const last = flags.last === undefined ? 0 : parseCount('--last', flags.last);
  let afterIndex = parseCount('--after', flags.after);
  let shown = 0;
  for (let more = true; more;) {
    const request = ReadTranscriptRequest.fromPartial({
      parent,
      path: flags.path,
      afterIndex,
      last,
      maxItems: readItemsMax,
    });
    const { message } = await connection.call(method, request);
    if (settings.form === 'json') {
      const bytes = ReadTranscriptResponse.encode(message).finish();
      await output.line(JSON.stringify(jsonOf(responseType(method), bytes)));
    } else if (settings.form === 'brief') {
      await output.lines(
        message.items.map((item) => fitTo(`${item.index} ${oneLine(item.role)} ${saidIn(item)}`, 100)),
      );
    } else for (const item of message.items) await output.lines(itemLines(item));
    shown += message.items.length;
    afterIndex = message.items.at(-1)?.index ?? afterIndex;
    // The last so many come in one answer, or from its first on in several.
    more = message.more && message.items.length > 0 && (last === 0 || shown < last);
  }
  if (shown === 0 && settings.form !== 'json') output.remark('It is empty.');
}

function itemLines(item: TranscriptItem): string[] {
  const said = item.text ? plainText(item.text).split('\n') : [saidIn(item)];
  return [`#${item.index} ${oneLine(item.role)}`, ...said.map((line) => `  ${line}`.trimEnd())];
}

function saidIn({ text, content }: TranscriptItem): string {
  return oneLine(text || JSON.stringify(content ?? {}));
}

async function readInput(file: string, { stdin }: CliContext): Promise<string> {
  if (file === '-') return readAll(stdin);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`cannot read ${file}: ${(error as Error).message}`);
  }
}
