import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RecoveryReport, RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import { RecoverRequest, RecoverTaskRequest, RecoveryServiceService } from '../../gen/holdfast/v1/recovery_service';
import { JournalCorruption } from '../../storage/journal/journal';
import { DirectoryInUse } from '../../storage/state/process-lock';
import { tell } from '../answer';
import { action, localAction } from '../command-run';
import type { Run } from '../command-run';
import { confirm } from '../confirm';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { Failure, usage } from '../failure';
import { followOperation, tellOutcome } from '../follow-operation';
import type { Output } from '../output';
import { jsonOf } from '../proto-json';
import { outlookLines, reportLines, taskLines } from '../recovery/report-view';
import { taskName } from '../resource-name';
import { backupsOf, mirrorOf } from '../stopped-dirs';
import { printJson } from './operation';

interface RecoverFlags {
  readonly strategy?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly dir?: string;
  readonly backupDir?: string;
  readonly mirrorDir?: string;
}

const STRATEGIES: ReadonlyMap<string, RecoveryStrategy> = new Map([
  ...([
    ['hot', RecoveryStrategy.HOT],
    ['warm', RecoveryStrategy.WARM],
    ['cold', RecoveryStrategy.COLD],
    ['emergency', RecoveryStrategy.EMERGENCY],
    ['auto', RecoveryStrategy.AUTO],
  ] as const),
]);

/** Adds `recover`: a server that runs, or with --dir a data directory that no server uses. */
export function addRecover(program: Command, context: CliContext): void {
  const recover = program
    .command('recover')
    .description('Bring the state back from backups and journal; say what is lost.')
    .option('--strategy <name>', 'hot, warm, cold, emergency or auto')
    .option('--dry-run', 'only show what it would cost, or what is lost')
    .option('--yes', 'do not ask')
    .option('--dir <dir>', 'recover the data directory of a stopped server')
    .option('--backup-dir <dir>', 'with --dir: where its backups are, if not in it (PERSISTENCE_BACKUP_DIR)')
    .option('--mirror-dir <dir>', 'with --dir: where its mirror is (PERSISTENCE_MIRROR_DIR)')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast recover --dry-run\n  holdfast recover --strategy cold\n' +
        '  holdfast recover --dir .holdfast --dry-run\n  holdfast recover task t12\n  holdfast recover report',
    )
    .action((...given: unknown[]) => {
      const { dir } = (given.at(-1) as Command).opts<RecoverFlags>();
      return dir === undefined ? online(context)(...given) : offline(context)(...given);
    });

  recover
    .command('task')
    .description('Look a task up in every source there is, and put a damaged one right.')
    .argument('<task>', 'its id or name')
    .addHelpText('after', '\nExample:\n  holdfast recover task t12')
    .action(
      action(context, async (run, [typed]) => {
        const { requestId, validateOnly } = run.settings;
        const method = RecoveryServiceService.recoverTask;
        const name = taskName(run.settings.project, typed!);
        const answer = await run.connection.call(
          method,
          RecoverTaskRequest.fromPartial({ name, requestId, validateOnly }),
        );
        await tell(run, method, answer, taskLines);
      }),
    );

  recover
    .command('report')
    .description('Show what the last recovery did.')
    .addHelpText('after', '\nExample:\n  holdfast recover report')
    .action(
      action(context, async (run) => {
        const method = RecoveryServiceService.getRecoveryReport;
        const answer = await run.connection.call(method, {});
        await tell(run, method, answer, ({ report }) => (report ? reportLines(report, run.output.columns) : []));
      }),
    );
}

function online(context: CliContext) {
  return action<RecoverFlags>(context, async (run, _args, flags) => {
    const { requestId } = run.settings;
    const strategy = strategyOf(flags) ?? RecoveryStrategy.AUTO;
    const method = RecoveryServiceService.recover;
    if (run.settings.validateOnly || flags.dryRun) {
      const answer = await run.connection.call(method, RecoverRequest.fromPartial({ strategy, validateOnly: true }));
      return tell(run, method, answer, ({ outlook }) => outlookLines(outlook));
    }
    const { message } = await run.connection.call(method, RecoverRequest.fromPartial({ strategy, requestId }));
    await follow(run, message.operation!.name);
  });
}

/** Waits through the swap and tells what came of it. */
async function follow(run: Run, name: string): Promise<void> {
  const followed = await followOperation(run, name);
  const result = followed.kind === 'ended' ? followed.operation.result : undefined;
  if (run.settings.form === 'json' && followed.kind === 'ended') await printJson(run, followed.operation);
  if (result?.$case !== 'response' || !result.value.typeUrl.endsWith('/holdfast.v1.RecoveryReport')) {
    return tellOutcome(run, name, followed);
  }
  if (run.settings.form !== 'json')
    await run.output.lines(reportLines(RecoveryReport.decode(result.value.value), run.output.columns));
}

function offline(context: CliContext) {
  return localAction<RecoverFlags>(context, async (output, json, _args, flags) => {
    if (!existsSync(flags.dir!)) throw usage(`there is no ${flags.dir!}`);
    const dir = resolve(flags.dir!);
    const strategy = strategyOf(flags) ?? RecoveryStrategy.UNSPECIFIED;
    const asked = {
      ...{ dir, strategy, backupsDir: backupsOf(context, dir, flags.backupDir) },
      mirrorDir: mirrorOf(context, flags.mirrorDir),
      warn: (message: string): void => output.remark(`holdfast: ${message}`),
    };
    try {
      const looked = await context.recoverStopped({ ...asked, dryRun: true });
      const isLoss = looked.doubt !== undefined || looked.report?.lost.some(({ stateKept }) => !stateKept) === true;
      if (looked.report && !json) await output.lines(reportLines(looked.report, output.columns, true));
      else if (looked.report && flags.dryRun) await printReport(output, looked.report);
      else if (flags.dryRun) await output.lines(['The journal was read whole and is sound.']);
      if (flags.dryRun) {
        if (isLoss) context.setExitCode(exitCode.internal);
        return json ? undefined : await output.lines([...looked.advice]);
      }
      if (isLoss) await mustConfirm(context, flags);
      const { report } = await context.recoverStopped({ ...asked, dryRun: false });
      if (report) await (json ? printReport(output, report) : output.lines(reportLines(report, output.columns)));
    } catch (error) {
      throw failureOf(error);
    }
  });
}

function strategyOf({ strategy }: RecoverFlags): RecoveryStrategy | undefined {
  if (strategy === undefined) return undefined;
  const found = STRATEGIES.get(strategy.toLowerCase());
  if (found === undefined) throw usage(`--strategy must be one of ${[...STRATEGIES.keys()].join(', ')}`);
  return found;
}

async function mustConfirm(context: CliContext, { yes }: RecoverFlags): Promise<void> {
  const question = 'Begin a new history without what is named as lost? What is there now is kept in the archive.';
  if (yes === true || (await confirm(context, question))) return;
  throw new Failure(exitCode.refused, 'Nothing was changed.');
}

async function printReport(output: Output, report: RecoveryReport): Promise<void> {
  const encoded = RecoveryReport.encode(report).finish();
  return output.line(JSON.stringify(jsonOf('holdfast.v1.RecoveryReport', encoded)));
}

function failureOf(error: unknown): unknown {
  if (error instanceof DirectoryInUse) {
    return new Failure(exitCode.refused, error.message, ['To recover the server that runs, leave --dir out.']);
  }
  if (error instanceof JournalCorruption) return new Failure(exitCode.internal, error.message);
  return error;
}
