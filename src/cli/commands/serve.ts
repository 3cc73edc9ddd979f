import type { Command } from 'commander';
import type { CliContext, ServeFlags } from '../context';

/** Adds `serve`. What its flags mean and their defaults are the configuration's: see docs/configuration.md. */
export function addServe(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('Run the server until SIGTERM or SIGINT.')
    .option('--dir <path>', 'the data directory (PERSISTENCE_DIR; else .holdfast)')
    .option('--host <address>', 'listen here (PERSISTENCE_HOST; else 127.0.0.1)')
    .option('--port <n>', 'and on this port; 0: any free one (PERSISTENCE_PORT; else 7420)')
    .option('--socket <path>', 'listen on a Unix socket (PERSISTENCE_SOCKET)')
    .option('--allow-remote', 'let other machines in: needed for a host that is not loopback')
    .option('--config <path>', 'a configuration file in JSON (PERSISTENCE_CONFIG)')
    .option('--log-level <level>', 'how much to log (PERSISTENCE_LOG_LEVEL; else info)')
    .option('--recover <strategy>', 'emergency: serve reads from the capsule while the state is built anew')
    .option('--print-config', 'print the configuration, with the source of each value, and end')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast serve\n  holdfast serve --dir /var/lib/holdfast --port 7420\n  holdfast serve --socket ./holdfast.sock',
    )
    .action(async (flags: ServeFlags) => context.serve(flags));
}
