import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import {
  CopyCheckpointsRequest,
  DeleteCheckpointsRequest,
  ListCheckpointsRequest,
  SaveCheckpointRequest,
  SessionServiceService,
  SetCheckpointRetentionRequest,
} from '../../gen/holdfast/v1/session_service';
import { showList, tell } from '../answer';
import { briefCheckpoint, checkpointName, checkpointTable } from '../checkpoint/checkpoint-view';
import { saveCheckpoint } from '../checkpoint/save';
import { byteWords } from '../byte-count';
import { collect } from '../collect';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { sessionName, shortId, taskName } from '../resource-name';
import type { SessionRun } from '../session/session-run';
import { sessionAction } from '../session/session-run';
import { parseObject } from '../task-flags';
import { parseCount } from '../whole-number';
import { mediaTypeOf } from '../work/artifact-file';
import { heldToken } from '../work/held-token';
import { addCheckpointGet } from './checkpoint-get';
import { named } from './session';

interface SaveFlags {
  id?: string;
  namespace?: string;
  parent?: string;
  task?: string[];
  mediaType?: string;
  metadata?: string;
}

interface ListFlags {
  namespace?: string;
  filter?: string;
  limit: string;
  pageToken?: string;
}

const ofSession = ['--of <session>', 'of this session; else of the one that acts'] as const;

/** Adds `checkpoint` with its subcommands. */
export function addCheckpoint(program: Command, context: CliContext): void {
  const checkpoint = program
    .command('checkpoint')
    .description('Save the progress of an agent, and get it back in the next life.')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast checkpoint save state.json --task t3\n  holdfast checkpoint list\n  holdfast checkpoint get --output state.json',
    );
  addSave(checkpoint, context);
  addCheckpointGet(checkpoint, context);
  addList(checkpoint, context);
  addChanges(checkpoint, context);
}

function addSave(checkpoint: Command, context: CliContext): void {
  checkpoint
    .command('save')
    .description('Save bytes, up to 1 GiB, as a checkpoint of the acting session.')
    .argument('[file]', 'the bytes; - for standard input', '-')
    .option('--id <id>', 'its id; the service gives one if not given')
    .option('--namespace <name>', 'the line of work within the session; the main one if not given')
    .option('--parent <checkpoint>', 'the checkpoint before it')
    .option('--task <task>', 'a task that it belongs to and that the session holds; may be repeated', collect)
    .option('--media-type <type>', 'what the bytes are; else by the end of the file name')
    .option('--metadata <json>', 'for programs, and for filters: a JSON object')
    .addHelpText(
      'after',
      '\nWhoever holds the task next finds it as its latest checkpoint.\n' +
        '\nExample:\n  holdfast checkpoint save state.json --task t3 --metadata \'{"step":4}\'',
    )
    .action(sessionAction<SaveFlags>(context, save));
}

async function save(run: SessionRun, [file = '-']: readonly string[], flags: SaveFlags): Promise<void> {
  const { settings, context, session } = run;
  const { project, requestId, validateOnly } = settings;
  const tasks = (flags.task ?? []).map((one) => taskName(project, one));
  const fencingTokens: number[] = [];
  for (const task of tasks) fencingTokens.push(await heldToken(run, task, undefined));
  const request = SaveCheckpointRequest.fromPartial({
    parent: session,
    checkpointId: flags.id,
    checkpoint: {
      namespace: flags.namespace,
      parent: flags.parent && checkpointName(session, flags.parent),
      mediaType: flags.mediaType ?? (file === '-' ? 'application/octet-stream' : mediaTypeOf(file)),
      metadata: flags.metadata === undefined ? undefined : parseObject('--metadata', flags.metadata),
      tasks,
    },
    fencingTokens,
    requestId,
    validateOnly,
  });
  const { method, answer } = await saveCheckpoint(run.connection, request, bytesOf(file, context));
  await tell(run, method, answer, ({ checkpoint: saved }) =>
    saved ? [`${shortId(saved.name)} saved: ${byteWords(saved.sizeBytes)}`] : [],
  );
}

async function* bytesOf(file: string, { stdin }: CliContext): AsyncGenerator<Uint8Array> {
  const source = file === '-' ? stdin : createReadStream(file, { highWaterMark: 1024 * 1024 });
  try {
    for await (const chunk of source) yield Buffer.from(chunk);
  } catch (error) {
    throw usage(`cannot read ${file}: ${(error as Error).message}`);
  }
}

function addList(checkpoint: Command, context: CliContext): void {
  checkpoint
    .command('list')
    .description('List the checkpoints of a session, newest first.')
    .option(...ofSession)
    .option('--namespace <name>', 'of this line of work; - for all', '-')
    .option('--filter <filter>', 'by metadata: metadata.step >= 3 AND metadata.source = "loop"')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', "\nExample:\n  holdfast checkpoint list --filter 'metadata.step >= 3'")
    .action(
      action<ListFlags & { of?: string }>(context, async (run, _args, flags) => {
        const request = ListCheckpointsRequest.fromPartial({
          parent: named(run, flags.of),
          namespace: flags.namespace,
          filter: flags.filter,
          pageToken: flags.pageToken,
        });
        await showList(
          run,
          SessionServiceService.listCheckpoints,
          request,
          parseCount('--limit', flags.limit),
          (page) => page.checkpoints,
          (last, checkpoints) => ({ ...last, checkpoints }),
          {
            brief: briefCheckpoint,
            table: (all) => checkpointTable(all, run.output.columns, Date.now()),
            nothing: 'No checkpoints.',
          },
        );
      }),
    );
}

function addChanges(checkpoint: Command, context: CliContext): void {
  checkpoint
    .command('delete')
    .description('Take checkpoints away for good: those that are named, or all of a line of work.')
    .argument('[checkpoints...]', 'ids or names')
    .option(...ofSession)
    .option('--namespace <name>', 'without ids: all of this line of work; - for all')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast checkpoint delete c1 c2\n  holdfast checkpoint delete --namespace drafts',
    )
    .action(
      action<{ of?: string; namespace?: string }>(context, async (run, typed, { of, namespace }) => {
        const { requestId, validateOnly } = run.settings;
        if (typed.length > 0 === (namespace !== undefined)) {
          throw usage('which checkpoints?', 'Give their ids, or --namespace NAME (- for all).');
        }
        const parent = named(run, of);
        const names = typed.map((one) => checkpointName(parent, one));
        const request = DeleteCheckpointsRequest.fromPartial({ parent, names, namespace, requestId, validateOnly });
        const method = SessionServiceService.deleteCheckpoints;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ deleted, more }) => [
          `${deleted} deleted${more ? '; there are others: repeat the command' : ''}`,
        ]);
      }),
    );

  checkpoint
    .command('copy')
    .description('Copy the checkpoints of a line of work to another one, or to another session, with new ids.')
    .option(...ofSession)
    .option('--namespace <name>', 'the line of work to copy; the main one if not given', '')
    .option('--to <session>', 'the session to copy to; else the one that acts')
    .option('--to-namespace <name>', 'the line of work to copy to; the main one if not given', '')
    .addHelpText('after', '\nExample:\n  holdfast checkpoint copy --of s1 --namespace drafts')
    .action(
      action<{ of?: string; namespace: string; to?: string; toNamespace: string }>(
        context,
        async (run, _args, flags) => {
          const { project, requestId, validateOnly } = run.settings;
          const request = CopyCheckpointsRequest.fromPartial({
            parent: named(run, flags.of),
            namespace: flags.namespace,
            destination: flags.to === undefined ? named(run, undefined) : sessionName(project, flags.to),
            destinationNamespace: flags.toNamespace,
            requestId,
            validateOnly,
          });
          const method = SessionServiceService.copyCheckpoints;
          const answer = await run.connection.call(method, request);
          await tell(run, method, answer, ({ checkpoints }) => [
            `${checkpoints.length} copied`,
            ...checkpoints.map((one) => `  ${briefCheckpoint(one)}`),
          ]);
        },
      ),
    );

  checkpoint
    .command('retention')
    .description('Set how long the checkpoints of a line of work are kept from now on.')
    .option(...ofSession)
    .option('--namespace <name>', 'the line of work; the main one if not given', '')
    .option('--max-count <n>', 'keep so many of the newest')
    .option('--max-age-days <n>', 'keep them so many days')
    .option('--off', 'keep them while the session exists')
    .addHelpText('after', '\nExample:\n  holdfast checkpoint retention --max-count 10')
    .action(
      action<{ of?: string; namespace: string; maxCount?: string; maxAgeDays?: string; off?: boolean }>(
        context,
        async (run, _args, flags) => {
          const { requestId, validateOnly } = run.settings;
          const { maxCount, maxAgeDays, off = false } = flags;
          if (off === (maxCount !== undefined || maxAgeDays !== undefined)) {
            throw usage('how long?', 'Give --max-count, --max-age-days or both; or --off.');
          }
          const request = SetCheckpointRetentionRequest.fromPartial({
            parent: named(run, flags.of),
            namespace: flags.namespace,
            retention: off
              ? undefined
              : {
                  maxCount: parseCount('--max-count', maxCount ?? '0'),
                  maxAgeDays: parseCount('--max-age-days', maxAgeDays ?? '0'),
                },
            requestId,
            validateOnly,
          });
          const method = SessionServiceService.setCheckpointRetention;
          const answer = await run.connection.call(method, request);
          await tell(run, method, answer, ({ deleted }) => [`set; ${deleted} deleted at once`]);
        },
      ),
    );
}
