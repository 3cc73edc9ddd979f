import type { Command } from 'commander';
import { HealthCheckResponse_ServingStatus, HealthService } from '../../gen/grpc/health/v1/health';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { jsonOf } from '../proto-json';

/** Adds `health`: exit code 0 when the server serves, 69 when it does not or does not answer. */
export function addHealth(program: Command, context: CliContext): void {
  program
    .command('health')
    .description('Ask the server whether it serves. Exit code 0: yes. 69: not, or no answer.')
    .addHelpText('after', '\nExamples:\n  holdfast health\n  holdfast health --retry-for 30s   (wait for a start)')
    .action(
      action(
        context,
        async (run) => {
          const answer = await run.connection.call(HealthService.check, { service: '' });
          const { status } = answer.message;
          const serving = status === HealthCheckResponse_ServingStatus.SERVING;
          if (run.settings.form === 'json') {
            await run.output.line(JSON.stringify(jsonOf('grpc.health.v1.HealthCheckResponse', answer.bytes)));
          } else {
            await run.output.line(serving ? 'SERVING' : 'NOT_SERVING');
          }
          if (!serving) context.setExitCode(exitCode.unavailable);
          // Whoever asks wants to know how it is now.
        },
        0,
      ),
    );
}
