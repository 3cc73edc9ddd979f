import type { Command } from 'commander';
import { resolve } from 'node:path';
import { IntegrityLevel, IntegrityReport } from '../../gen/holdfast/v1/system';
import { SystemServiceService, VerifyIntegrityRequest } from '../../gen/holdfast/v1/system_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { configFindings, healthFindings, integrityFindings, statusFindings } from '../doctor/served';
import { fail, findingLines, summary, warn } from '../doctor/finding';
import type { Finding } from '../doctor/finding';
import { nodeFinding } from '../doctor/machine';
import { exitCode } from '../exit-code';
import { CallFailure } from '../failure';
import { followOperation } from '../follow-operation';
import { Progress } from '../progress';
import { backupsOf } from '../stopped-dirs';

interface DoctorFlags {
  dir?: string;
  backupDir?: string;
}

/** Adds `doctor`. `version` is that of this command line. */
export function addDoctor(program: Command, context: CliContext, version: string): void {
  program
    .command('doctor')
    .description('Look for what is wrong, and say what to do: on a running server, or with --dir on a stopped one.')
    .option('--dir <path>', 'the data directory of a stopped server, or of a copy; nothing in it is changed')
    .option('--backup-dir <path>', 'with --dir: where its backups are, if not in it (PERSISTENCE_BACKUP_DIR)')
    .addHelpText(
      'after',
      '\nEach line is ok, warn or fail. Exit code 1 if one is fail.\nWith --json: {"check","verdict","message","advice"}, one a line.\n' +
        '\nExamples:\n  holdfast doctor\n  holdfast doctor --dir .holdfast',
    )
    .action(
      action<DoctorFlags>(
        context,
        async (run, _args, flags) => {
          const found: Finding[] = [];
          for await (const finding of flags.dir === undefined ? served(run, version) : stopped(run, flags)) {
            found.push(finding);
            const lines = run.settings.form === 'json' ? [JSON.stringify(finding)] : findingLines(finding, run.output);
            await run.output.lines(lines);
          }
          if (run.settings.form !== 'json') await run.output.line(summary(found));
          if (found.some(({ verdict }) => verdict === 'fail')) context.setExitCode(exitCode.refused);
          // Whoever asks wants to know how it is now.
        },
        0,
      ),
    );
}

async function* served(run: Run, version: string): AsyncGenerator<Finding> {
  const { connection, settings } = run;
  yield nodeFinding(process.versions.node);
  try {
    const { status } = (await connection.call(SystemServiceService.getStatus, {})).message;
    yield* statusFindings(status!, version, Date.now());
    yield* healthFindings((await connection.call(SystemServiceService.checkHealth, {})).message.health!);
    yield* configFindings((await connection.call(SystemServiceService.getConfig, {})).message.settings);
    yield* await checked(run);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const advice =
      error.exitCode === exitCode.unavailable
        ? 'Read the log of the server. If it does not run, look at its store: holdfast doctor --dir DIR'
        : 'Read the log of the server.';
    yield fail('server', `${settings.server}: ${error.message}`, advice);
  }
}

/** A check of the structure, which puts nothing right. */
async function checked(run: Run): Promise<Finding[]> {
  const { requestId } = run.settings;
  try {
    const request = { level: IntegrityLevel.MINIMAL, reportOnly: true, requestId };
    const answer = await run.connection.call(
      SystemServiceService.verifyIntegrity,
      VerifyIntegrityRequest.fromPartial(request),
    );
    const followed = await followOperation(run, answer.message.operation!.name);
    if (followed.kind === 'left')
      return [warn('integrity', 'the check goes on', 'Wait for it: holdfast operation list')];
    const { result } = followed.operation;
    if (result?.$case === 'response') return integrityFindings(IntegrityReport.decode(result.value.value));
    const why = result?.$case === 'error' ? result.value.message : 'it was canceled';
    return [warn('integrity', `the check did not end well: ${why}`, 'Try again: holdfast verify')];
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const advice = error.reason === 'QUOTA' ? 'Wait for it: holdfast operation list' : 'Read the log of the server.';
    return [warn('integrity', `not checked: ${error.message}`, advice)];
  }
}

async function* stopped({ output, context }: Run, { dir, backupDir }: DoctorFlags): AsyncGenerator<Finding> {
  yield nodeFinding(process.versions.node);
  // LevelDB is loaded when it is asked for: the command line answers sooner without it.
  const { examineStore } = await import('../doctor/stopped-store.js');
  let progress: Progress | undefined;
  let reported = 0;
  const onProgress = ({ bytes, bytesTotal }: { bytes: number; bytesTotal: number }): void => {
    progress ??= new Progress(context.stderr, 'Verifying', bytesTotal, output.columns);
    progress.advance(bytes - reported);
    reported = bytes;
    if (bytes >= bytesTotal) progress.end();
  };
  yield* examineStore(resolve(dir!), onProgress, backupsOf(context, dir!, backupDir));
}
