import type { Command } from 'commander';
import { Queue } from '../../gen/holdfast/v1/queue';
import { ListQueuesRequest, QueueServiceService, UpdateQueueRequest } from '../../gen/holdfast/v1/queue_service';
import { RetryPolicy, Timeouts } from '../../gen/holdfast/v1/work';
import { printAnswer, showList, tell } from '../answer';
import { collect } from '../collect';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { briefQueue, queueLines, queueTable } from '../queue-view';
import { projectName, queueName, shortId } from '../resource-name';
import { durationOf } from '../times';
import { parseCount } from '../whole-number';
import { addDeadLetters } from './dead-letters';

interface SetFlags {
  paused?: boolean;
  limit?: string;
  maxAttempts?: string;
  initialBackoff?: string;
  maxBackoff?: string;
  multiplier?: string;
  nonRetryable?: string[];
  leaseTimeout?: string;
  runTimeout?: string;
  totalTimeout?: string;
  etag?: string;
}

/** Adds `queue` with its subcommands. */
export function addQueue(program: Command, context: CliContext): void {
  const queue = program
    .command('queue')
    .description('See the lines that tasks wait in, set their rules, and take up what failed.')
    .addHelpText(
      'after',
      '\nA queue is there as soon as a task names it.\n' +
        '\nExamples:\n  holdfast queue list\n  holdfast queue set docs --paused\n  holdfast queue redrive docs --dry-run',
    );

  queue
    .command('list')
    .description('List queues that have settings, or tasks that are live or failed.')
    .option('--limit <n>', 'at most this many; 0 for all', '0')
    .addHelpText('after', '\nExample:\n  holdfast queue list')
    .action(
      action<{ limit: string }>(context, async (run, _args, { limit }) => {
        await showList(
          run,
          QueueServiceService.listQueues,
          ListQueuesRequest.fromPartial({ parent: projectName(run.settings.project) }),
          parseCount('--limit', limit),
          (page) => page.queues,
          (last, queues) => ({ ...last, queues }),
          { brief: briefQueue, table: (queues) => queueTable(queues, run.output.columns), nothing: 'No queues.' },
        );
      }),
    );

  queue
    .command('show')
    .alias('get')
    .description('Show a queue: its settings, and how many tasks it has.')
    .argument('[queue]', 'its id', 'default')
    .addHelpText('after', '\nExample:\n  holdfast queue show docs')
    .action(
      action(context, async (run, [typed = 'default']) => {
        const method = QueueServiceService.getQueue;
        const request = { name: queueName(run.settings.project, typed), atLeast: undefined };
        const answer = await run.connection.call(method, request);
        const shown = answer.message.queue;
        if (run.settings.form === 'json' || !shown) return printAnswer(run, method, answer);
        if (run.settings.form === 'brief') return run.output.line(briefQueue(shown));
        await run.output.lines(queueLines(shown, run.output));
      }),
    );

  queue
    .command('set')
    .description('Change the settings of a queue: only what is given.')
    .argument('<queue>', 'its id')
    .option('--paused', 'nothing is claimed from it; what is held goes on')
    .option('--no-paused', 'it goes on')
    .option('--limit <n>', 'so many of its tasks may be RUNNING at once; 0 for any number')
    .option('--max-attempts <n>', 'so many attempts may fail before a task has FAILED')
    .option('--initial-backoff <duration>', 'the wait after the first failure')
    .option('--max-backoff <duration>', 'the longest wait')
    .option('--multiplier <x>', 'what each wait is longer than the one before: 1 to 10')
    .option('--non-retryable <code>', 'a code of errors that are not tried again; may be repeated', collect)
    .option('--lease-timeout <duration>', 'the ttl of a claim')
    .option('--run-timeout <duration>', 'the longest that one attempt may take')
    .option('--total-timeout <duration>', 'the longest from creation to end, for tasks created from now on')
    .option('--etag <etag>', 'only if the settings still have this etag')
    .addHelpText(
      'after',
      '\nThe policies are for tasks that say nothing themselves.\n' +
        '\nExamples:\n  holdfast queue set docs --limit 4\n  holdfast queue set docs --max-attempts 3 --run-timeout 30m',
    )
    .action(
      action<SetFlags>(context, async (run, [typed], flags) => {
        const { project, requestId, validateOnly } = run.settings;
        const { queue: settings, paths } = settingsOf(queueName(project, typed!), flags);
        if (paths.length === 0) throw usage('nothing to change', 'See: holdfast queue set --help');
        const request = UpdateQueueRequest.fromPartial({
          queue: await withRest(settings, flags, (name) =>
            run.connection
              .call(QueueServiceService.getQueue, { name, atLeast: undefined })
              .then(({ message }) => message.queue),
          ),
          updateMask: paths,
          etag: flags.etag,
          requestId,
          validateOnly,
        });
        const method = QueueServiceService.updateQueue;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, (message) =>
          message.queue ? [`${shortId(message.queue.name)} is set: ${paths.join(', ')}`] : [],
        );
      }),
    );

  addDeadLetters(queue, context);
}

const policyFlags = ['maxAttempts', 'initialBackoff', 'maxBackoff', 'multiplier', 'nonRetryable'] as const;
const timeoutFlags = ['leaseTimeout', 'runTimeout', 'totalTimeout'] as const;

/** The settings that were given, and which they are. */
function settingsOf(name: string, flags: SetFlags): { queue: Queue; paths: string[] } {
  const queue = Queue.fromPartial({ name, paused: flags.paused });
  const paths: string[] = [];
  if (flags.paused !== undefined) paths.push('paused');
  if (flags.limit !== undefined) {
    queue.concurrencyLimit = parseCount('--limit', flags.limit);
    paths.push('concurrency_limit');
  }
  if (policyFlags.some((flag) => flags[flag] !== undefined)) paths.push('retry_policy');
  if (timeoutFlags.some((flag) => flags[flag] !== undefined)) paths.push('timeouts');
  return { queue, paths };
}

/** A policy is replaced as a whole: what was not given of it is taken from the queue as it is. */
async function withRest(
  queue: Queue,
  flags: SetFlags,
  read: (name: string) => Promise<Queue | undefined>,
): Promise<Queue> {
  const policy = policyFlags.some((flag) => flags[flag] !== undefined);
  const timeouts = timeoutFlags.some((flag) => flags[flag] !== undefined);
  if (!policy && !timeouts) return queue;
  const present = await read(queue.name);
  if (policy) {
    const before = present?.retryPolicy ?? RetryPolicy.fromPartial({});
    queue.retryPolicy = {
      ...before,
      maxAttempts:
        flags.maxAttempts === undefined ? before.maxAttempts : parseCount('--max-attempts', flags.maxAttempts),
      initialBackoff: durationOf('--initial-backoff', flags.initialBackoff) ?? before.initialBackoff,
      maxBackoff: durationOf('--max-backoff', flags.maxBackoff) ?? before.maxBackoff,
      multiplier: flags.multiplier === undefined ? before.multiplier : parseMultiplier(flags.multiplier),
      nonRetryable: flags.nonRetryable ?? before.nonRetryable,
    };
  }
  if (timeouts) {
    const before = present?.timeouts ?? Timeouts.fromPartial({});
    queue.timeouts = {
      ...before,
      lease: durationOf('--lease-timeout', flags.leaseTimeout) ?? before.lease,
      run: durationOf('--run-timeout', flags.runTimeout) ?? before.run,
      total: durationOf('--total-timeout', flags.totalTimeout) ?? before.total,
    };
  }
  return queue;
}

function parseMultiplier(text: string): number {
  const value = /^\d{1,2}(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) throw usage('--multiplier must be a number from 1 to 10');
  return value;
}
