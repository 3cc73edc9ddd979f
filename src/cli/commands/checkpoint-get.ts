import type { Command } from 'commander';
import type { DownloadCheckpointResponse } from '../../gen/holdfast/v1/session_service';
import { GetCheckpointRequest, SessionServiceService } from '../../gen/holdfast/v1/session_service';
import { printAnswer } from '../answer';
import { byteWords } from '../byte-count';
import { checkpointName } from '../checkpoint/checkpoint-view';
import { action } from '../command-run';
import type { Answer, Connection } from '../connection';
import type { CliContext } from '../context';
import { shortId } from '../resource-name';
import { writeBytes } from '../written-bytes';
import { named } from './session';

interface GetFlags {
  of?: string;
  namespace: string;
  output?: string;
}

/** Adds `get`. */
export function addCheckpointGet(checkpoint: Command, context: CliContext): void {
  checkpoint
    .command('get')
    .description('Print the bytes of a checkpoint; without an id those of the newest one. --json: what it is, too.')
    .argument('[checkpoint]', 'its id or name')
    .option('--of <session>', 'of this session; else of the one that acts')
    .option('--namespace <name>', 'without an id: of this line of work', '')
    .option('-o, --output <file>', 'write to this file')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast checkpoint get --output state.json\n  holdfast checkpoint get c4 --of s1\n  holdfast checkpoint get --json',
    )
    .action(
      action<GetFlags>(context, async (run, [typed], { of, namespace, output: path }) => {
        const whole = typed?.startsWith('projects/') ?? false;
        const parent = whole ? '' : named(run, of);
        const name = typed === undefined ? parent : checkpointName(parent, typed);
        const request = GetCheckpointRequest.fromPartial({ name, namespace });
        const method = SessionServiceService.getCheckpoint;
        const answer = await run.connection.call(method, request);
        const found = answer.message.checkpoint;
        if (run.settings.form === 'json' || !found) return printAnswer(run, method, answer);
        // The bytes of a large one come in a stream.
        const complete = found.data.length === found.sizeBytes;
        await writeBytes(context, path, complete ? [found.data] : download(run.connection, found.name));
        if (path !== undefined && path !== '-') {
          run.output.remark(`${shortId(found.name)}: ${byteWords(found.sizeBytes)} written to ${path}`);
        }
      }),
    );
}

async function* download(connection: Connection, name: string): AsyncGenerator<Uint8Array> {
  const stream = connection.stream(SessionServiceService.downloadCheckpoint, { name, atLeast: undefined });
  // The iteration has its own listener; this one stands for the time after it.
  stream.on('error', () => undefined);
  try {
    for await (const { message } of stream as AsyncIterable<Answer<DownloadCheckpointResponse>>) {
      if (message.part?.$case === 'chunk') yield message.part.value;
    }
  } catch (error) {
    throw connection.failureOf(error);
  } finally {
    stream.cancel();
  }
}
