import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { Refusal } from '../../domain/refusal';
import { RestorePlan } from '../../gen/holdfast/v1/backup';
import { BackupServiceService, RestoreBackupRequest } from '../../gen/holdfast/v1/backup_service';
import { DirectoryInUse } from '../../storage/state/process-lock';
import { action, localAction } from '../command-run';
import type { Run } from '../command-run';
import { confirm } from '../confirm';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { Failure, usage } from '../failure';
import { followOperation, tellOutcome } from '../follow-operation';
import type { Output } from '../output';
import { jsonOf } from '../proto-json';
import { planLines } from '../restore/plan-view';
import { backupsOf, mirrorOf } from '../stopped-dirs';
import { atOf, parseTime } from '../times';
import { backupName } from './backup';
import { printJson } from './operation';

interface RestoreFlags {
  readonly backup?: string;
  readonly toSequence?: string;
  readonly toTime?: string;
  readonly dryRun?: boolean;
  readonly validateOnly?: boolean;
  readonly yes?: boolean;
  readonly dir?: string;
  readonly backupDir?: string;
  readonly mirrorDir?: string;
}

/** Adds `restore`: into a server that runs, or with --dir into a data directory that no server uses. */
export function addRestore(program: Command, context: CliContext): void {
  program
    .command('restore')
    .description('Go back to a backup, a sequence or a time. What came after it is kept in an archive.')
    .option('--backup <id>', 'begin with this backup; without a target: go to its moment')
    .option('--to-sequence <n>', 'go to this sequence')
    .option('--to-time <time>', 'go to the last record at or before this time')
    .option('--dry-run', 'only show what would change')
    .option('--yes', 'do not ask')
    .option('--dir <dir>', 'restore the data directory of a stopped server')
    .option('--backup-dir <dir>', 'with --dir: where its backups are, if not in it (PERSISTENCE_BACKUP_DIR)')
    .option('--mirror-dir <dir>', 'with --dir: its mirror, whose numbers are not given again (PERSISTENCE_MIRROR_DIR)')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast restore --backup before-the-move --dry-run\n' +
        '  holdfast restore --to-time 2030-01-31T09:00:00Z --yes\n' +
        '  holdfast restore --dir .holdfast --backup before-the-move --yes',
    )
    .action((...given: unknown[]) => {
      const { dir, validateOnly } = (given.at(-1) as Command).optsWithGlobals<RestoreFlags>();
      return dir === undefined ? online(context)(...given) : offline(context, validateOnly === true)(...given);
    });
}

function online(context: CliContext) {
  return action<RestoreFlags>(context, async (run, _args, flags) => {
    const { backup, toSequence, toTime } = targetOf(flags);
    const { requestId } = run.settings;
    const request = RestoreBackupRequest.fromPartial({
      name: backup === undefined ? '' : backupName(backup),
      ...(toSequence === undefined
        ? {}
        : { target: { $case: 'position' as const, value: { history: '', sequence: toSequence } } }),
      ...(toTime === undefined ? {} : { target: { $case: 'time' as const, value: toTime } }),
    });
    const method = BackupServiceService.restoreBackup;
    if (isDryRun(run.settings.validateOnly, flags)) {
      const { message } = await run.connection.call(method, { ...request, validateOnly: true });
      return print(run.output, run.settings.form === 'json', message.plan!);
    }
    await mustConfirm(context, flags, 'Take the whole server back? What came after the target is archived.');
    const { message } = await run.connection.call(method, { ...request, requestId });
    await follow(run, message.operation!.name);
  });
}

/** Waits through the swap and tells what came of it. */
async function follow(run: Run, name: string): Promise<void> {
  const followed = await followOperation(run, name);
  const result = followed.kind === 'ended' ? followed.operation.result : undefined;
  if (run.settings.form === 'json' && followed.kind === 'ended') await printJson(run, followed.operation);
  if (result?.$case !== 'response' || !result.value.typeUrl.endsWith('/holdfast.v1.RestorePlan')) {
    return tellOutcome(run, name, followed);
  }
  if (run.settings.form !== 'json') await print(run.output, false, RestorePlan.decode(result.value.value));
}

function offline(context: CliContext, validateOnly: boolean) {
  return localAction<RestoreFlags>(context, async (output, json, _args, flags) => {
    const { backup, toSequence, toTime } = targetOf(flags);
    const dir = flags.dir!;
    if (!existsSync(dir)) throw usage(`there is no ${dir}`);
    const dryRun = isDryRun(validateOnly, flags);
    if (!dryRun) {
      await mustConfirm(context, flags, `Take ${dir} back? What came after the target is archived.`);
    }
    const plan = await context
      .restoreStopped({
        ...{ dir, backups: backupsOf(context, dir, flags.backupDir), mirror: mirrorOf(context, flags.mirrorDir) },
        ...{ dryRun, sequence: toSequence },
        backup: backup === undefined ? '' : backupName(backup).slice('backups/'.length),
        timeMs: toTime === undefined ? undefined : atOf(toTime),
        warn: (message) => output.remark(`holdfast: ${message}`),
      })
      .catch((error: unknown) => {
        throw failureOf(error);
      });
    await print(output, json, plan);
  });
}

function targetOf({ backup, toSequence, toTime }: RestoreFlags) {
  if (toSequence !== undefined && toTime !== undefined) throw usage('--to-sequence and --to-time say two targets');
  if (backup === undefined && toSequence === undefined && toTime === undefined) {
    throw usage('say where to: --backup, --to-sequence or --to-time');
  }
  if (toSequence !== undefined && !/^[1-9]\d{0,15}$/.test(toSequence)) throw usage('--to-sequence must be a sequence');
  return {
    backup,
    toSequence: toSequence === undefined ? undefined : Number(toSequence),
    toTime: toTime === undefined ? undefined : parseTime('--to-time', toTime, Date.now()),
  };
}

const isDryRun = (validateOnly: boolean, { dryRun }: RestoreFlags): boolean => validateOnly || dryRun === true;

async function mustConfirm(context: CliContext, { yes }: RestoreFlags, question: string): Promise<void> {
  if (yes === true || (await confirm(context, question))) return;
  throw new Failure(exitCode.refused, 'Nothing was changed.');
}

async function print(output: Output, json: boolean, plan: RestorePlan): Promise<void> {
  if (json) return output.line(JSON.stringify(jsonOf('holdfast.v1.RestorePlan', RestorePlan.encode(plan).finish())));
  await output.lines(planLines(plan, Date.now()));
}

function failureOf(error: unknown): unknown {
  if (error instanceof DirectoryInUse) {
    return new Failure(exitCode.refused, error.message, ['To restore into the server that runs, leave --dir out.']);
  }
  return error instanceof Refusal ? new Failure(exitCode.refused, error.message) : error;
}
