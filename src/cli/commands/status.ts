import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import { HealthStatus } from '../../gen/holdfast/v1/system';
import { SystemServiceService } from '../../gen/holdfast/v1/system_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { jsonOf } from '../proto-json';
import { parseDurationMs } from '../settings';
import { briefStatus, statusLines } from '../status/status-view';

interface StatusFlags {
  watch?: boolean;
  interval: string;
}

/** Shorter would be a load of its own. */
const INTERVAL_MIN_MS = 200;

/** Adds `status`. */
export function addStatus(program: Command, context: CliContext): void {
  program
    .command('status')
    .description('Show what the server is and does, what recovery would cost now, and what is not as it should be.')
    .option('--watch', 'again and again, until Ctrl-C')
    .option('--interval <duration>', 'how often with --watch', '2s')
    .addHelpText(
      'after',
      '\nExit code 0, or 1 if the server is not healthy (--watch: 0).\nWith --json: a GetStatusResponse, one a line.\n' +
        '\nExamples:\n  holdfast status\n  holdfast status --brief\n  holdfast status --watch --interval 5s',
    )
    .action(
      action<StatusFlags>(context, async (run, _args, flags) => {
        const intervalMs = Math.max(INTERVAL_MIN_MS, parseDurationMs('--interval', flags.interval, 0));
        if (!flags.watch) {
          const health = await show(run);
          if (health !== HealthStatus.HEALTHY) context.setExitCode(exitCode.refused);
          return;
        }
        const stop = new AbortController();
        const release = context.onInterrupt(() => stop.abort());
        try {
          while (!stop.signal.aborted) {
            await show(run, true);
            await delay(intervalMs, undefined, { signal: stop.signal }).catch(() => undefined);
          }
        } finally {
          release();
        }
      }),
    );
}

/** Shows the status once; gives how healthy the server is. */
async function show({ connection, settings, output, context }: Run, again = false): Promise<HealthStatus> {
  const [answer, checked] = await Promise.all([
    connection.call(SystemServiceService.getStatus, {}),
    connection.call(SystemServiceService.checkHealth, {}),
  ]);
  const { health } = checked.message;
  const { status } = answer.message;
  if (settings.form === 'json') {
    await output.line(JSON.stringify(jsonOf('holdfast.v1.GetStatusResponse', answer.bytes)));
  } else if (settings.form === 'brief') {
    await output.line(briefStatus(status!, health));
  } else {
    // On a terminal one picture takes the place of the one before.
    if (again && context.isTty) context.stdout.write('\x1b[2J\x1b[H');
    await output.lines(statusLines(settings.server, status!, health, output, Date.now()));
    if (again && !context.isTty) await output.line('');
  }
  return health?.status ?? HealthStatus.UNSPECIFIED;
}
