import type { Command } from 'commander';
import { IntegrityLevel, IntegrityReport } from '../../gen/holdfast/v1/system';
import { SystemServiceService, VerifyIntegrityRequest } from '../../gen/holdfast/v1/system_service';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import { followWork } from '../follow-work';
import { integrityLines } from '../integrity-view';

interface VerifyFlags {
  level?: string;
  reportOnly?: boolean;
  wait: boolean;
}

/** Adds `verify`: a check of the server's whole store. */
export function addVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .description('Check the whole store while it is served, and put right what can be. Exit code 70: not all is right.')
    .option('--level <level>', 'minimal, standard or comprehensive; as the server is set if absent')
    .option('--report-only', 'say what is wrong, and leave it')
    .option('--no-wait', 'start it, and do not wait for its end')
    .addHelpText(
      'after',
      '\nminimal: files and blobs are there. standard: checksums, rows, entries, too.\n' +
        'comprehensive: rows against each other, bytes of blobs and backups, too.\n' +
        '\nExamples:\n  holdfast verify\n  holdfast verify --level comprehensive --report-only',
    )
    .action(
      action<VerifyFlags>(context, async (run, _args, flags) => {
        const { requestId, validateOnly } = run.settings;
        const level = flags.level === undefined ? IntegrityLevel.UNSPECIFIED : parseLevel(flags.level);
        const { reportOnly } = flags;
        const request = VerifyIntegrityRequest.fromPartial({ level, reportOnly, requestId, validateOnly });
        const { message } = await run.connection.call(SystemServiceService.verifyIntegrity, request);
        await followWork(run, message.operation, flags.wait, IntegrityReport, (report) => {
          if (!report.sound) context.setExitCode(exitCode.internal);
          return integrityLines(report);
        });
      }),
    );
}

function parseLevel(text: string): IntegrityLevel {
  const level = LEVELS.get(text.toLowerCase());
  if (level === undefined) throw usage(`--level must be ${[...LEVELS.keys()].join(', ')}, not "${text}"`);
  return level;
}

const LEVELS: ReadonlyMap<string, IntegrityLevel> = new Map<string, IntegrityLevel>([
  ['minimal', IntegrityLevel.MINIMAL],
  ['standard', IntegrityLevel.STANDARD],
  ['comprehensive', IntegrityLevel.COMPREHENSIVE],
]);
